import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test, type Page } from '@playwright/test';

const worldEnv = JSON.parse(process.env.WORLD_ENV ?? '{}') as Record<string, string>;

/** Runs the operator's command on the world of the journeys; gives what it prints. */
async function operator(...words: string[]): Promise<string> {
	const env = { ...process.env, ...worldEnv };
	const { stdout } = await promisify(execFile)('node', ['scripts/staff.ts', ...words], { env });
	return stdout;
}

async function signIn(page: Page, subject: string): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'Staff: sign in with your force account' }).click();
	await page.getByLabel('Staff number').fill(subject);
	await page.getByRole('button', { name: 'Go on' }).click();
}

test('an officer comes in with a force account, once somebody has said where they work', async ({
	browser
}, info) => {
	const subject = `new-${info.project.name}`;
	const page = await (await browser.newContext()).newPage();

	await test.step('the first sign-in makes an account that shows no work', async () => {
		await signIn(page, subject);
		const heading = page.getByRole('heading', { name: 'Your account is ready, your place is not' });
		await expect(heading).toBeVisible();
		await page.goto('/cases');
		await expect(heading).toBeVisible();
		await expect(page.getByRole('link', { name: 'Cases' })).toHaveCount(0);
		// Their own account is theirs, place or not.
		await page.goto('/account');
		await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
	});

	await test.step('signing out here offers to sign out there', async () => {
		await page.getByRole('button', { name: 'Sign out' }).click();
		await expect(
			page.getByRole('heading', { name: 'You are signed out of this site' })
		).toBeVisible();
		await page.getByRole('link', { name: 'Sign out of your force account too' }).click();
		await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\//);
	});

	await test.step('a place is given, and the next sign-in opens it', async () => {
		const line = (await operator()).split('\n').find((one) => /no place.*PC 4777/.test(one)) ?? '';
		await operator('place', line.split(' ')[0] ?? '', 'team', 'Northgate');
		const fresh = await (await browser.newContext()).newPage();
		await signIn(fresh, subject);
		await expect(fresh).toHaveURL(/\/work$/);
		await expect(fresh.getByRole('link', { name: 'Cases', exact: true })).toBeVisible();
		await fresh.goto('/check?to=/cases');
		await expect(fresh.getByLabel('Code', { exact: false })).toHaveCount(0);
		await fresh.getByRole('link', { name: 'Confirm with your force account' }).click();
		await fresh.getByLabel('Staff number').fill(subject);
		await fresh.getByRole('button', { name: 'Go on' }).click();
		await expect(fresh).toHaveURL(/\/cases$/);
	});
});

test('whoever has no role here is refused, and can try again', async ({ browser }) => {
	const page = await (await browser.newContext()).newPage();
	await signIn(page, 'cook');
	await expect(page.getByRole('heading', { name: 'You are not signed in' })).toBeVisible();
	await expect(page).toHaveURL(/\/sign-in\/force\/refused$/);
	await expect(page).toHaveTitle(/Sign in/);
	await expect(page.getByRole('link', { name: 'Try again with your force account' })).toBeVisible();
	await page.goto('/work');
	await expect(page).toHaveURL(/\/sign-in\?ended$/);
});
