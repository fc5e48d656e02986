import { expect, test, type Page } from '@playwright/test';
import { nobodyInside, signIn, signInVictim } from './support/people.ts';

/** Fills the form that opens a case, but for who may see it. */
async function fillCase(page: Page, name: string): Promise<void> {
	const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
	await page.goto('/cases/new');
	await page.getByLabel('Crime reference').fill(`20/${String(Date.now()).slice(-7)}/26`);
	await page.getByLabel('Category').selectOption({ label: 'Burglary' });
	const day = page.getByRole('group', { name: 'When was it reported?' });
	await day.getByLabel('Day').fill(String(yesterday.getDate()));
	await day.getByLabel('Month').fill(String(yesterday.getMonth() + 1));
	await day.getByLabel('Year').fill(String(yesterday.getFullYear()));
	await page.getByLabel('Time of the report').fill('09:30');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Standard rights').check();
}

/** Opens a case in which the person who did it works for the police; gives its address. */
async function openRestricted(page: Page, name: string): Promise<string> {
	await fillCase(page, name);
	await page.getByRole('button', { name: 'Open the case' }).click();
	const summary = page.locator('.govuk-error-summary');
	await expect(summary.getByRole('link', { name: /^Say whether they/ })).toBeVisible();

	const inside = /^Does the person, or anyone close/;
	await page.getByRole('group', { name: inside }).getByLabel('No', { exact: true }).check();
	const didIt = page.getByRole('group', { name: /^Does the person who did it/ });
	await didIt.getByLabel('Yes', { exact: true }).check();
	await page.getByText('People to name or to shut out').click();
	await page.getByLabel('Shut out by name').fill('PC 0000');
	await page.getByRole('button', { name: 'Open the case' }).click();
	await expect(summary).toContainText('Nobody here is known as PC 0000');
	await page.getByLabel('Shut out by name').fill('Sgt 1108');
	await page.getByRole('button', { name: 'Open the case' }).click();
	await expect(page.getByText('Restricted', { exact: true })).toBeVisible();
	return new URL(page.url()).pathname;
}

test('an officer keeps a case to named people, and nobody else finds it', async ({ browser }) => {
	const officer = await signIn(browser, 'officer');
	const address = await openRestricted(officer, 'Wren Example');
	const reference = address.split('/').at(-1) ?? '';
	const [supervisor, colleague] = [
		await signIn(browser, 'supervisor'),
		await signIn(browser, 'officer3')
	];

	await test.step('not the supervisor, in the list, on the board or by search', async () => {
		await supervisor.goto('/cases');
		await expect(supervisor.getByText(reference)).toHaveCount(0);
		await supervisor.goto('/search');
		await supervisor.getByLabel('Reference').fill(reference);
		await supervisor.getByRole('button', { name: 'Find' }).click();
		const summary = supervisor.locator('.govuk-error-summary');
		await expect(summary).toContainText('There is nothing with this reference');
		expect((await supervisor.goto(address))?.status()).toBe(404);
		expect((await supervisor.goto(`${address}/access`))?.status()).toBe(404);
	});

	await test.step('a colleague does once they are named, with a reason', async () => {
		expect((await colleague.goto(address))?.status()).toBe(404);
		await officer.getByRole('link', { name: 'Who may see the case' }).click();
		await officer.getByRole('button', { name: 'Add to the list' }).click();
		await expect(officer.locator('.govuk-error-summary')).toContainText('Say why');
		await officer.getByLabel('Named: sees the case').check();
		await officer.getByLabel('Their label').fill('PC 3356');
		await officer.getByLabel('Why').first().fill('covers my rest days');
		await officer.getByRole('button', { name: 'Add to the list' }).click();
		await expect(officer.getByText('PC 3356, officer')).toBeVisible();
		await expect(officer.getByText('covers my rest days')).toBeVisible();
		expect((await colleague.goto(address))?.status()).toBe(200);
	});

	await test.step('and no more once they are taken off', async () => {
		await officer.getByText('Take somebody off a list').click();
		await officer.getByLabel('Who', { exact: true }).selectOption({ label: 'PC 3356, named' });
		await officer.locator('#removeReason').fill('moved to another team');
		await officer.getByRole('button', { name: 'Take off the list' }).click();
		await expect(officer.getByText('The list was changed.')).toBeVisible();
		expect((await colleague.goto(address))?.status()).toBe(404);
	});

	await test.step('the last officer stays', async () => {
		await officer.getByText('Take somebody off a list').click();
		await officer.getByLabel('Who', { exact: true }).selectOption({ label: 'PC 4021, named' });
		await officer.locator('#removeReason').fill('leave');
		await officer.getByRole('button', { name: 'Take off the list' }).click();
		const summary = officer.locator('.govuk-error-summary');
		await expect(summary).toContainText('They are the last officer who is named');
		await expect(officer.locator('#removeReason')).toHaveValue('leave');
	});

	await test.step('professional standards see what is late, and agree to lift it', async () => {
		await officer.goto(`${address}/access`);
		await officer.locator('#reason').fill('he has left the force');
		await officer.getByRole('button', { name: 'Ask for it to be lifted' }).click();
		await expect(officer.getByText('You asked for the restriction to be lifted')).toBeVisible();
		const standards = await signIn(browser, 'standards');
		await expect(standards.getByRole('link', { name: `Case ${reference}` })).toBeVisible();
		await standards.getByRole('link', { name: `Case ${reference}` }).click();
		await expect(standards.getByText('You do not see the case.')).toBeVisible();
		await expect(standards.getByText('Wren Example')).toHaveCount(0);
		expect((await standards.goto(address))?.status()).toBe(404);
		await standards.goto(`${address}/access`);
		await standards.getByLabel('Agree: open the case').check();
		await standards.locator('#reason').fill('confirmed with personnel');
		await standards.getByRole('button', { name: 'Answer', exact: true }).click();
		await standards.waitForURL('**/work');
		await expect(standards.getByText(reference)).toHaveCount(0);
		// Lifted for the team; whoever was shut out by name is shut out still.
		expect((await supervisor.goto(address))?.status()).toBe(404);
		await officer.goto(address);
		await expect(officer.getByText('Restricted', { exact: true })).toHaveCount(0);
	});
});

test('its victim reads that it is kept to named people, and its requests go to them', async ({
	browser
}) => {
	const victim = await signInVictim(browser, 'ruth');
	await victim.goto('/me');
	await expect(victim.getByText('Only people who were named for your case')).toBeVisible();

	const named = await signIn(browser, 'caseworker');
	const other = await signIn(browser, 'caseworker2');
	await named.goto('/requests');
	const rows = named.getByRole('row');
	const [mine, theirs] = [await rows.count(), await other.getByRole('row').count()];
	expect(mine).toBe(theirs + 1);
	const standards = await signIn(browser, 'standards');
	await expect(
		standards.getByText('a request at Advocates that nobody there may see')
	).toBeVisible();
});

test('somebody who may be linked to the case is not added before a person has looked', async ({
	browser
}) => {
	const officer = await signIn(browser, 'officer');
	await fillCase(officer, 'Ines Example');
	await nobodyInside(officer);
	await officer.getByRole('button', { name: 'Open the case' }).click();
	await expect(officer.getByRole('heading', { name: /^Case C/ })).toBeVisible();
	const address = new URL(officer.url()).pathname;
	const summary = officer.locator('.govuk-error-summary');

	await test.step('a suspect is linked, and never shown as they were typed', async () => {
		await officer.getByRole('link', { name: 'People who must not meet' }).click();
		await officer.getByLabel('Suspect').check();
		await officer.getByRole('button', { name: 'Link them' }).click();
		await expect(summary).toContainText('Enter at least one thing that is known');
		await officer.getByLabel('Telephone number').fill('07700 900871');
		await officer.getByLabel('First initial').fill('D');
		await officer.getByLabel('Surname').fill('Linkedname');
		await officer.getByRole('button', { name: 'Link them' }).click();
		const known = officer.getByRole('listitem').filter({ hasText: 'with a number and a name' });
		await expect(known).toBeVisible();
		await expect(officer.getByText(/Linkedname|900871/)).toHaveCount(0);
	});

	const add = async (): Promise<void> => {
		await officer.goto(`${address}/add`);
		await officer.getByLabel('Name', { exact: true }).fill('Dora LINKEDNAME');
		await officer.getByLabel('Standard rights').check();
		await nobodyInside(officer);
		await officer.getByRole('button', { name: 'Add this victim' }).click();
	};

	await test.step('a victim with that initial and surname is stopped, with what was typed', async () => {
		await add();
		await expect(summary).toContainText('A person has to check this before it is saved');
		await expect(officer.getByLabel('Name', { exact: true })).toHaveValue('Dora LINKEDNAME');
	});

	await test.step('the check is on the list of work, and ends with what was found', async () => {
		await officer.goto('/work');
		const reference = address.split('/').at(-1) ?? '';
		const line = `${reference}: a check before somebody is added`;
		await officer.getByRole('link', { name: line }).click();
		await officer.getByRole('button', { name: 'Record what I found' }).click();
		await expect(summary).toContainText('Say what you found');
		await officer.getByLabel(/^They belong together/).check();
		await officer.getByLabel('How you found out').fill('met her, another family');
		await officer.getByRole('button', { name: 'Record what I found' }).click();
		await expect(officer.getByText('What you found was recorded.')).toBeVisible();
		await expect(officer.getByText('No check is open.')).toBeVisible();
	});

	await test.step('then she is added', async () => {
		await add();
		await expect(officer.getByText('They have been added.')).toBeVisible();
	});
});
