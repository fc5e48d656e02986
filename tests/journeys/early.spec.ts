import { expect, test } from '@playwright/test';
import { signInVictim } from './support/people.ts';

test('what is typed before a slow page comes alive stays', async ({ browser }, info) => {
	test.skip(info.project.use.javaScriptEnabled === false, 'nothing comes alive without JavaScript');
	const page = await signInVictim(browser, 'tomasz');
	let held: (() => void)[] = [];
	await page.route('**/_app/**/*.js', async (route) => {
		await new Promise<void>((resolve) => held.push(resolve));
		await route.continue();
	});
	await page.goto('/needs/court/change', { waitUntil: 'commit' });
	const feeling = page.getByRole('radio', { name: 'I am very worried' });
	const measure = page.getByRole('checkbox').first();
	const words = page.getByRole('textbox').first();
	await feeling.check();
	await measure.check();
	await words.fill('typed early');
	// The scripts arrive, each as slowly as the one before.
	await page.unroute('**/_app/**/*.js');
	held.forEach((release) => release());
	held = [];
	await expect(page.locator('.govuk-radios').first()).toHaveClass(/govuk-frontend-supported/);
	await expect(feeling).toBeChecked();
	await expect(measure).toBeChecked();
	await expect(words).toHaveValue('typed early');
	await page.context().close();
});
