import { expect, test, type Browser, type Page } from '@playwright/test';
import { demoPassword } from '../journeys/support/requests.ts';

const folder = 'docs/pictures';
const phone = { width: 360, height: 780 };
const desktop = { width: 1280, height: 860 };

async function signIn(browser: Browser, name: string, viewport: typeof phone): Promise<Page> {
	const page = await browser.newPage({ viewport });
	await page.goto('/sign-in');
	await page.getByLabel('Sign-in name').fill(name);
	await page.getByLabel('Password', { exact: true }).fill(demoPassword);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}

test('the four main screens', async ({ browser }) => {
	const victim = await signIn(browser, 'sam', phone);
	await victim.getByRole('button', { name: 'Show more' }).click();
	await expect(victim.getByRole('heading', { name: 'What is happening now' })).toBeVisible();
	await victim.screenshot({ path: `${folder}/home.png` });
	await victim.goto('/needs/court');
	const card = victim.getByRole('heading', { name: /Which of these would you like to talk about/ });
	await card.evaluate((heading) => heading.scrollIntoView({ block: 'start' }));
	await victim.screenshot({ path: `${folder}/needs.png` });

	const officer = await signIn(browser, 'officer', desktop);
	await officer.goto('/work');
	await expect(officer.getByRole('heading', { name: 'My work' })).toBeVisible();
	await officer.screenshot({ path: `${folder}/work.png` });

	const caseworker = await signIn(browser, 'caseworker', desktop);
	await caseworker.goto('/requests');
	await expect(caseworker.getByRole('heading', { name: 'Requests' })).toBeVisible();
	await caseworker.screenshot({ path: `${folder}/requests.png` });
});
