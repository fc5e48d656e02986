import { expect, test, type Browser, type Page, type Response } from '@playwright/test';
import { signIn, signInVictim } from './support/people.ts';

/** Asks the police's own desk for everyday help, as a victim who then stays signed in. */
async function askedForHelp(browser: Browser, words: string): Promise<Page> {
	const page = await signInVictim(browser, 'margaret');
	const next = () => page.getByRole('button', { name: 'Continue' }).click();
	await page.goto('/support/ask');
	await page.getByLabel('Everyday help', { exact: true }).check();
	await next();
	await page.getByRole('radio').nth(1).check();
	await next();
	await page.getByRole('checkbox').first().check();
	await next();
	await page.getByLabel(/Victim care/).check();
	await next();
	await page.getByRole('textbox').fill(words);
	await next();
	await page.getByRole('button', { name: 'Send it' }).click();
	await expect(page.getByText('We have it.')).toBeVisible();
	return page;
}

/** Presses a button of the page; gives the answer to the form that it sends. */
async function sent(page: Page, button: string): Promise<Response> {
	const answer = page.waitForResponse((response) => response.request().method() === 'POST');
	await page.getByRole('button', { name: button, exact: true }).click();
	const response = await answer;
	await page.waitForLoadState();
	return response;
}

test('two want one request: one has it, works on it, closes it and opens it again', async ({
	browser
}, info) => {
	const mark = `${info.project.name} ${String(Date.now())}`;
	const victim = await askedForHelp(browser, `The post goes to the old house. ${mark}`);
	const theirs = new URL(victim.url()).pathname;
	const winner = await signIn(browser, 'caseworker');
	const other = await signIn(browser, 'caseworker2');

	await test.step('the queue says when and how urgent, and nothing of who or what', async () => {
		const row = winner.getByRole('row').filter({ hasText: 'Everyday help' });
		await expect(winner.getByText('Margaret')).toHaveCount(0);
		await expect(winner.getByText(mark)).toHaveCount(0);
		await row.filter({ hasText: 'Nobody' }).getByRole('link').first().click();
		await expect(winner.getByRole('button', { name: 'Take this request' })).toBeVisible();
		await expect(winner.getByText(mark)).toHaveCount(0);
		await other.goto(winner.url());
	});

	await test.step('one takes it, and the other is told who', async () => {
		expect((await sent(winner, 'Take this request')).status()).toBe(303);
		await expect(winner.getByText('This request is yours.')).toBeVisible();
		await expect(winner.getByText(mark)).toBeVisible();
		expect((await sent(other, 'Take this request')).status()).toBe(409);
		await expect(other.getByText('Amira, Victim care took this before you.')).toBeVisible();
		await expect(other.getByText(mark)).toHaveCount(0);
		await expect(other.getByRole('button', { name: 'Take this request' })).toHaveCount(0);
	});

	await test.step('an attempt is half told: refused, and the note stays', async () => {
		await winner.getByText('Internal note, or log an attempt').click();
		await winner.getByLabel('If you tried to reach them: how').selectOption('call');
		await winner.getByLabel('Note', { exact: true }).fill(`Rang twice. ${mark}`);
		expect((await sent(winner, 'Save the note')).status()).toBe(422);
		await expect(winner.locator('.govuk-error-summary')).toContainText('Choose what came of it');
		await expect(winner.getByLabel('Note', { exact: true })).toHaveValue(`Rang twice. ${mark}`);
		await winner.getByLabel('What came of it').selectOption('no_answer');
		await sent(winner, 'Save the note');
		await expect(winner.getByText('The victim does not see it.')).toBeVisible();
		const note = winner
			.getByText(`Rang twice. ${mark}`)
			.locator('xpath=ancestor::*[contains(., "INTERNAL")][1]');
		await expect(note).toContainText('Phone call: No answer');
	});

	await test.step('closing says how it ended', async () => {
		await winner.getByText('Record the outcome and close').click();
		expect((await sent(winner, 'Close')).status()).toBe(422);
		await expect(winner.locator('.govuk-error-summary')).toContainText('Choose how it ended');
		await winner.getByLabel('Support was given').check();
		await winner
			.getByLabel('What was done, in plain words')
			.fill(`The post is sent on now. ${mark}`);
		await sent(winner, 'Close');
		await expect(winner.getByText('It is closed. The victim reads the outcome.')).toBeVisible();
	});

	await test.step('the victim reads the outcome and never the note', async () => {
		await victim.goto(theirs);
		await expect(victim.getByText(`The post is sent on now. ${mark}`).first()).toBeVisible();
		await expect(victim.getByText('Rang twice')).toHaveCount(0);
	});

	await test.step('it is opened again, and both sides see why', async () => {
		await winner.getByText('Open it again', { exact: true }).click();
		await winner.getByLabel('Why it is open again').fill(`It went wrong once more. ${mark}`);
		expect((await sent(winner, 'Reopen')).status()).toBe(303);
		await expect(winner.getByText('It is open again, and the clock runs.')).toBeVisible();
		await expect(winner.getByRole('button', { name: 'Send', exact: true })).toBeVisible();
		await victim.reload();
		await expect(victim.getByText(`It went wrong once more. ${mark}`).first()).toBeVisible();
		await winner.getByRole('link', { name: 'Requests', exact: true }).click();
		await winner.getByRole('link', { name: 'Mine', exact: true }).click();
		await expect(
			winner.getByRole('row').filter({ hasText: 'Everyday help' }).first()
		).toBeVisible();
	});
	for (const page of [victim, winner, other]) await page.context().close();
});
