import { expect, test } from '@playwright/test';
import { signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

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
