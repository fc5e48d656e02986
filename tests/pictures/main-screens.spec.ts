import { expect, test } from '@playwright/test';
import { signIn } from '../journeys/support/people.ts';

const folder = 'docs/pictures';
const phone = { width: 360, height: 780 };
const desktop = { width: 1280, height: 860 };

test('the four main screens', async ({ browser }) => {
	const victim = await signIn(browser, 'sam', { viewport: phone });
	await victim.getByRole('button', { name: 'Show more' }).click();
	await expect(victim.getByRole('heading', { name: 'What is happening now' })).toBeVisible();
	await victim.screenshot({ path: `${folder}/home.png` });
	await victim.goto('/needs/court');
	const card = victim.getByRole('heading', { name: /Which of these would you like to talk about/ });
	await card.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
	await victim.screenshot({ path: `${folder}/needs.png` });

	const officer = await signIn(browser, 'officer', { viewport: desktop });
	await officer.goto('/work');
	await expect(officer.getByRole('heading', { name: 'My work' })).toBeVisible();
	await officer.screenshot({ path: `${folder}/work.png` });

	const caseworker = await signIn(browser, 'caseworker', { viewport: desktop });
	await caseworker.goto('/requests');
	await expect(caseworker.getByRole('heading', { name: 'Requests' })).toBeVisible();
	await caseworker.screenshot({ path: `${folder}/requests.png` });
});
