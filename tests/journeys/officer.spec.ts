import { expect, test, type Page, type Response } from '@playwright/test';
import { nobodyInside, signIn, signInVictim } from './support/people.ts';

/** Presses a button and gives the answer to the form that it sends. */
async function sent(page: Page, button: string): Promise<Response> {
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('button', { name: button, exact: true }).click();
	const response = await answer;
	await page.waitForLoadState();
	return response;
}

/** Fills the day on which a crime was reported. */
async function reportedOn(page: Page, at: Date): Promise<void> {
	const day = page.getByRole('group', { name: 'When was it reported?' });
	await day.getByLabel('Day').fill(String(at.getDate()));
	await day.getByLabel('Month').fill(String(at.getMonth() + 1));
	await day.getByLabel('Year').fill(String(at.getFullYear()));
}

test('an officer opens a case, adds a victim and finds both again', async ({ browser }, info) => {
	const scripted = info.project.use.javaScriptEnabled !== false;
	const crime = `20/${String(Date.now()).slice(-6)}/26`;
	const day = 24 * 60 * 60 * 1000;
	const page = await signIn(browser, 'officer');
	const summary = page.locator('.govuk-error-summary');

	await test.step('a form with errors keeps all that was typed, and says what is wrong', async () => {
		await page.getByRole('link', { name: 'Cases', exact: true }).click();
		await page.getByRole('button', { name: 'Open a case' }).click();
		await page.getByLabel('Name', { exact: true }).fill('Ines Example');
		await page.getByLabel('Time of the report').fill('25:99');
		await page.getByLabel('Enhanced rights').check();
		expect((await sent(page, 'Open the case')).status()).toBe(422);
		await expect(page).toHaveTitle(/^Error/);
		await expect(summary.getByRole('link', { name: 'Enter the crime reference' })).toBeVisible();
		if (scripted) await expect(summary).toBeFocused();
		await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ines Example');
		await expect(page.getByLabel('Time of the report')).toHaveValue('25:99');
		await expect(page.getByLabel('Enhanced rights')).toBeChecked();
	});

	await test.step('a report in the future is refused', async () => {
		await page.getByLabel('Crime reference').fill(crime);
		await page.getByLabel('Category').selectOption({ label: 'Burglary' });
		await page.getByLabel('Time of the report').fill('09:30');
		await page.getByLabel('Persistently targeted').check();
		await nobodyInside(page);
		await reportedOn(page, new Date(Date.now() + 3 * day));
		expect((await sent(page, 'Open the case')).status()).toBe(422);
		await expect(summary).toContainText('It cannot have been reported in the future');
		await expect(page.getByLabel('Category')).toHaveValue('burglary');
		await expect(page.getByLabel('Persistently targeted')).toBeChecked();
	});

	await test.step('the case opens once it is right', async () => {
		await reportedOn(page, new Date(Date.now() - day));
		expect((await sent(page, 'Open the case')).status()).toBe(303);
		await expect(page.getByRole('heading', { name: /^Case C/ })).toBeVisible();
		await expect(page.getByText(crime)).toBeVisible();
		await expect(page.getByRole('link', { name: 'Ines Example' })).toBeVisible();
	});

	await test.step('a second victim is added', async () => {
		await page.getByRole('button', { name: 'Add a victim' }).click();
		expect((await sent(page, 'Add this victim')).status()).toBe(422);
		await expect(summary).toContainText('Enter the name');
		await page.getByLabel('Name', { exact: true }).fill('Noor Example');
		await page.getByLabel('Standard rights').check();
		await nobodyInside(page);
		await sent(page, 'Add this victim');
		await expect(page.getByText('They have been added.')).toBeVisible();
		await expect(page.getByRole('link', { name: 'Noor Example' })).toBeVisible();
	});

	await test.step('the case stands in the list, without a name', async () => {
		await page.getByRole('link', { name: 'Cases', exact: true }).click();
		const row = page.getByRole('row').filter({ hasText: crime });
		await expect(row.getByRole('cell').filter({ hasText: /^2$/ })).toBeVisible();
		await expect(page.getByText('Example')).toHaveCount(0);
	});

	await test.step('the same crime is not opened twice, and is found by its reference', async () => {
		await page.getByRole('button', { name: 'Open a case' }).click();
		await page.getByLabel('Crime reference').fill(crime);
		await page.getByLabel('Category').selectOption({ label: 'Burglary' });
		await page.getByLabel('Time of the report').fill('09:30');
		await page.getByLabel('Name', { exact: true }).fill('Ines Example');
		await page.getByLabel('Standard rights').check();
		await nobodyInside(page);
		await reportedOn(page, new Date(Date.now() - day));
		expect((await sent(page, 'Open the case')).status()).toBe(422);
		await expect(summary).toContainText('This crime reference already has a case');
		await page.getByRole('link', { name: 'Search', exact: true }).click();
		await page.getByLabel('Reference', { exact: true }).fill(crime.toLowerCase());
		await sent(page, 'Find');
		await expect(page.getByRole('heading', { name: /^Case C/ })).toBeVisible();
	});
	await page.context().close();
});

test('of two who answer one statement the second sees both answers', async ({ browser }, info) => {
	const mark = `${info.project.name} ${String(Date.now())}`;

	await test.step('the victim says something', async () => {
		const victim = await signInVictim(browser, 'sam');
		await victim.goto('/needs/practical/change');
		await victim.getByLabel('New locks or repairs').check();
		await victim.getByLabel('What else would help').fill(`The back door. ${mark}`);
		await victim.getByRole('button', { name: 'Check what you said' }).click();
		await victim.getByRole('button', { name: 'Save' }).click();
		await expect(victim.getByText('We have it.')).toBeVisible();
		await victim.context().close();
	});

	const [first, second] = await Promise.all([
		signIn(browser, 'officer'),
		signIn(browser, 'supervisor')
	]);
	await test.step('the officer finds it in the list of work', async () => {
		const lines = first.getByRole('link', { name: /Everyday things, \d+ statement/ });
		const places = await lines.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
		for (const place of places) {
			await first.goto(place ?? '');
			if ((await first.getByText(mark).count()) > 0) break;
		}
		await expect(first.getByText(mark).first()).toBeVisible();
		await expect(first.getByText('Safe:')).toBeVisible();
		await second.goto(first.url());
	});

	const answer = (page: Page) =>
		page.locator('article').filter({ hasText: mark }).locator('form').first();
	await test.step('an answer without words of one’s own is refused, and what was chosen stays', async () => {
		await expect(answer(first).getByLabel('Words for the victim')).toHaveValue(/^Thank you/);
		await answer(first).getByLabel('Not agreed').check();
		const refused = first.waitForResponse((response) => response.request().method() === 'POST');
		await answer(first).getByRole('button', { name: 'Send this answer' }).click();
		expect((await refused).status()).toBe(422);
		await expect(first.locator('.govuk-error-summary')).toContainText('Say in your own words');
		await expect(answer(first).getByLabel('Not agreed')).toBeChecked();
		await expect(answer(first).getByLabel('Words for the victim')).toHaveValue(/^Thank you/);
	});

	await test.step('the supervisor answers meanwhile', async () => {
		await answer(second).getByLabel('Agreed', { exact: true }).check();
		await answer(second).getByLabel('Words for the victim').fill(`We will pay for it. ${mark}`);
		await answer(second).getByRole('button', { name: 'Send this answer' }).click();
		await expect(second.getByText('Your answer is sent.')).toBeVisible();
	});

	await test.step('the officer sees both, and nothing is overwritten', async () => {
		await answer(first).getByLabel('Words for the victim').fill(`The landlord must. ${mark}`);
		const stale = first.waitForResponse((response) => response.request().method() === 'POST');
		await answer(first).getByRole('button', { name: 'Send this answer' }).click();
		expect((await stale).status()).toBe(409);
		const both = first.getByRole('alert').filter({ hasText: 'Here are both' });
		await expect(both).toContainText(`We will pay for it. ${mark}`);
		await expect(both).toContainText(`The landlord must. ${mark}`);
		await second.reload();
		await expect(second.getByText(`We will pay for it. ${mark}`).first()).toBeVisible();
		await expect(second.getByText(`The landlord must. ${mark}`)).toHaveCount(0);
	});
	await first.context().close();
	await second.context().close();
});
