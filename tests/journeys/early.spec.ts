import { expect, test } from '@playwright/test';
import { signInVictim } from './support/people.ts';

test('what is typed before a slow page comes alive stays', async ({ browser }) => {
	const page = await signInVictim(browser, 'tomasz');
	let release: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await arrived;
		await route.continue();
	});
	await page.goto('/needs/court/change', { waitUntil: 'commit' });
	const feeling = page.getByRole('radio', { name: 'I am very worried' });
	const measure = page.getByRole('checkbox').first();
	const words = page.getByRole('textbox').first();
	await feeling.check();
	await measure.check();
	await words.fill('typed early');
	// Only now do the scripts arrive.
	release();
	await expect(page.locator('.govuk-radios').first()).toHaveClass(/govuk-frontend-supported/);
	await expect(feeling).toBeChecked();
	await expect(measure).toBeChecked();
	await expect(words).toHaveValue('typed early');
	await page.context().close();
});
