import { expect, test, type Browser } from '@playwright/test';
import pg from 'pg';
import { signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

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
