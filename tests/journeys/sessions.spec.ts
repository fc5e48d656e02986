import { createHash } from 'node:crypto';
import { expect, test, type Browser, type Page } from '@playwright/test';
import pg from 'pg';
import { signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

/** Lets the person of a page have done nothing for so many seconds. */
async function idle(page: Page, seconds: number): Promise<void> {
	const id = await idOf(page);
	await asOwner((owner) =>
		owner.query(
			'update session set last_seen = now() - make_interval(secs => $2::int) where id = $1',
			[id, seconds]
		)
	);
}

/** For how many seconds the person of a page has done nothing. */
async function idleFor(page: Page): Promise<number> {
	const id = await idOf(page);
	const { rows } = await asOwner((owner) =>
		owner.query<{ seconds: number }>(
			'select extract(epoch from now() - last_seen)::int as seconds from session where id = $1',
			[id]
		)
	);
	return rows[0]?.seconds ?? NaN;
}

async function idOf(page: Page): Promise<string> {
	const cookies = await page.context().cookies();
	const token = cookies.find(({ name }) => name === 'session')?.value ?? '';
	return createHash('sha256').update(token).digest('hex');
}

/** Does something in the database that no page does. */
async function asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
	const env = JSON.parse(process.env.WORLD_ENV ?? '{}') as Record<string, string>;
	const owner = new pg.Client({ connectionString: env.DATABASE_OWNER_URL ?? '' });
	await owner.connect();
	try {
		return await work(owner);
	} finally {
		await owner.end();
	}
}

test('a victim sees in how many places they are signed in, and signs out of all others', async ({
	browser
}) => {
	const [page, left] = [
		await signInVictim(browser, 'margaret'),
		await signInVictim(browser, 'margaret')
	];
	await page.goto('/me/sessions');
	await expect(page.getByText(/signed in in \d+ places/)).toBeVisible();
	// Whoever holds an open phone must not be able to shut its owner out.
	await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await page.getByLabel('Password').fill(demoPassword);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await expect(page.getByText('You are signed in here, and nowhere else.')).toBeVisible();
	await left.goto('/needs');
	await expect(left).toHaveURL(/\/sign-in\?ended$/);
	await page.goto('/needs');
	await expect(page).toHaveURL(/\/needs$/);
});

test('a victim whose phone others use gets new words, and only they open the account', async ({
	browser
}) => {
	const secrets = await asOwner((owner) =>
		owner.query<{ id: string; password_hash: string }>('select id, password_hash from account')
	);
	try {
		await changesWords(browser);
	} finally {
		await asOwner(async (owner) => {
			for (const { id, password_hash: was } of secrets.rows) {
				await owner.query(
					`update account set password_hash = $2
					where id = $1 and password_hash is distinct from $2`,
					[id, was]
				);
			}
		});
	}
});

async function changesWords(browser: Browser): Promise<void> {
	const [page, left] = [
		await signInVictim(browser, 'margaret'),
		await signInVictim(browser, 'margaret')
	];
	await page.goto('/me');
	await page.getByRole('link', { name: 'Change how you sign in' }).click();
	await page.getByLabel('Password').fill(demoPassword);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByRole('button', { name: 'Show me the words' }).click();
	await expect(page.locator('.wm-words li')).toHaveCount(6);
	const words = (await page.locator('.wm-words li').allTextContents()).join(' ');
	await page.getByLabel('Now type the six words').fill('not these');
	await page.getByRole('button', { name: 'Change it' }).click();
	await expect(page.getByText('Those are not the words.').first()).toBeVisible();
	await expect(page.locator('.wm-words')).toHaveCount(0);
	await page.getByLabel('Now type the six words').fill(words);
	await page.getByRole('button', { name: 'Change it' }).click();
	await expect(page.getByText('It is changed.')).toBeVisible();
	await expect(page).toHaveTitle(/^About you/);
	await left.goto('/needs');
	await expect(left).toHaveURL(/\/sign-in\?ended$/);

	for (const [path, label, secret] of [
		['/sign-in', 'Password', demoPassword],
		['/sign-in/words', 'Your six words', words]
	] as const) {
		await left.goto(path);
		await left.getByLabel('Sign-in name').fill('margaret');
		await left.getByLabel(label, { exact: true }).fill(secret);
		await left.getByRole('button', { name: 'Sign in' }).click();
		const opens = secret === words;
		if (opens) await expect(left).toHaveURL(/\/home$/);
		else await expect(left.getByText('There is a problem')).toBeVisible();
	}
}

test('a person is told before the end, stays with one press, and loses no words', async ({
	browser,
	javaScriptEnabled
}) => {
	const page = await signInVictim(browser, 'margaret');
	await (javaScriptEnabled === false ? aPageAsks(page) : thePageItselfAsks(page));
});

async function thePageItselfAsks(page: Page): Promise<void> {
	await page.clock.install();
	await page.goto('/messages/new');
	await page.getByLabel('Your message').fill('Half a sentence');
	const warning = page.getByText(/^You will be signed out at/);
	// Somebody who went on elsewhere is not warned.
	await page.clock.fastForward('08:05');
	await expect(warning).toHaveCount(0);
	await idle(page, 500);
	await page.clock.fastForward('08:05');
	await expect(warning).toBeVisible();
	expect(await idleFor(page)).toBeGreaterThanOrEqual(500);
	await page.getByRole('button', { name: 'Stay signed in' }).click();
	await expect(warning).toHaveCount(0);
	expect(await idleFor(page)).toBeLessThan(500);

	await idle(page, 700);
	await page.clock.fastForward('10:10');
	await expect(page.getByText(/^You are signed out\./)).toBeVisible();
	await expect(page.getByLabel('Your message')).toHaveValue('Half a sentence');
	await page.goto('/needs');
	await expect(page).toHaveURL(/\/sign-in\?ended$/);
}

// Without JavaScript a page asks in time, and coming there is no press.
async function aPageAsks(page: Page): Promise<void> {
	await page.goto('/messages/new');
	await expect(page.getByText(/^You stay signed in until \d\d:\d\d/)).toBeVisible();
	expect(await page.content()).not.toContain('http-equiv="refresh"');
	await page.goto('/needs');
	const next = /content="\d+;url=(\/still-here\?to=%2Fneeds)"/.exec(await page.content())?.[1];
	await idle(page, 500);
	await page.goto(next ?? 'none');
	await expect(page.getByRole('heading', { name: 'Are you still there?' })).toBeVisible();
	await expect(page).toHaveTitle(/^Home/);
	expect(await idleFor(page)).toBeGreaterThanOrEqual(500);
	await page.getByRole('button', { name: 'Carry on' }).click();
	await expect(page).toHaveURL(/\/needs$/);
	expect(await idleFor(page)).toBeLessThan(500);
}
