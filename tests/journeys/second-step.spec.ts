import { expect, test, type Browser, type Page } from '@playwright/test';
import pg from 'pg';
import { nextCode } from './support/codes.ts';
import { signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

/** Gives name and password in a browser that knows nobody. */
async function begin(browser: Browser, name: string): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto('/sign-in');
	await page.getByLabel('Sign-in name').fill(name);
	await page.getByLabel('Password', { exact: true }).fill(demoPassword);
	await page.getByRole('button', { name: 'Sign in' }).click();
	return page;
}

const code = (page: Page) => page.getByLabel('Code', { exact: true });

/** Reads the key that stands beside the picture. */
async function keyOn(page: Page): Promise<string> {
	await expect(page.locator('.wm-squares')).toBeVisible();
	await page.getByText('I cannot scan the picture').click();
	return (await page.locator('.wm-key').innerText()).replaceAll(' ', '');
}

/** Lets the newcomer be new again, and victims have no code, whatever a journey before this did. */
async function startOver(): Promise<void> {
	const env = JSON.parse(process.env.WORLD_ENV ?? '{}') as Record<string, string>;
	const owner = new pg.Client({ connectionString: env.DATABASE_OWNER_URL ?? '' });
	await owner.connect();
	await owner.query(`delete from authenticator u using account a
		where a.id = u.account_id and (a.role = 'victim' or a.staff_label = 'PC 4187')`);
	await owner.end();
}

test.beforeEach(startOver);

test('a colleague sets up an authenticator once, and is asked for its code from then on', async ({
	browser
}) => {
	const page = await begin(browser, 'newcomer');
	await expect(page.getByRole('heading', { name: 'Set up your authenticator' })).toBeVisible();
	const key = await keyOn(page);
	await page.getByLabel('Code from the app').fill('123');
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Enter 6 digits').first()).toBeVisible();
	expect(await keyOn(page)).toBe(key);
	await page.getByLabel('Code from the app').fill(await nextCode('set-up', key));
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.locator('.wm-kept-codes li')).toHaveCount(10);
	const [kept = ''] = await page.locator('.wm-kept-codes code').allTextContents();
	await page.getByRole('button', { name: 'I have kept them' }).click();
	await expect(page.getByRole('heading', { name: 'My work' })).toBeVisible();

	const again = await begin(browser, 'newcomer');
	await again.goto('/work');
	await expect(again).toHaveURL(/\/sign-in\?ended$/);
	const third = await begin(browser, 'newcomer');
	await code(third).fill(kept);
	await third.getByRole('button', { name: 'Continue' }).click();
	await expect(third.getByRole('heading', { name: 'My work' })).toBeVisible();
	const fourth = await begin(browser, 'newcomer');
	await code(fourth).fill(kept);
	await fourth.getByRole('button', { name: 'Continue' }).click();
	await expect(fourth.getByText('That code is not right, or was used.').first()).toBeVisible();
});

test('a victim asks for a code, is asked for it, and turns it off again', async ({ browser }) => {
	const page = await signInVictim(browser, 'grace');
	await page.goto('/me');
	await page.getByRole('link', { name: 'A code when you sign in' }).click();
	await page.getByLabel('Password').fill(demoPassword);
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('Do this only if nobody else can open your phone.')).toBeVisible();
	const key = await keyOn(page);
	await page.getByLabel('Code from the app').fill('000 000');
	await page.getByRole('button', { name: 'Turn it on' }).click();
	await expect(page.getByText('That code is not right').first()).toBeVisible();
	expect(await keyOn(page)).toBe(key);
	await page.getByLabel('Code from the app').fill(await nextCode('grace', key));
	await page.getByRole('button', { name: 'Turn it on' }).click();
	await expect(page.locator('.wm-kept-codes li')).toHaveCount(10);
	await page.getByRole('button', { name: 'I have kept them' }).click();

	const other = await begin(browser, 'grace');
	await expect(other.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
	await expect(other).toHaveTitle('Sign in – Waymark');
	await code(other).fill(await nextCode('grace', key));
	await other.getByRole('button', { name: 'Continue' }).click();
	await expect(other).toHaveURL(/\/home$/);

	await page.goto('/me/second-step');
	await expect(page.getByText('You have 10 kept codes left.')).toBeVisible();
	await page.getByRole('button', { name: 'Turn it off' }).click();
	await expect(page.getByRole('button', { name: 'Turn it on' })).toBeVisible();
	const last = await begin(browser, 'grace');
	await expect(last).toHaveURL(/\/home$/);
});

test('a right password alone is no way past the code', async ({ browser }) => {
	const page = await begin(browser, 'officer2');
	await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible();
	await page.goto('/sign-in/set-up');
	await expect(page).toHaveURL(/\/sign-in\/code$/);
	await page.context().clearCookies();
	await page.goto('/sign-in/code');
	await expect(page.getByText('That took too long. Sign in again.')).toBeVisible();
});
