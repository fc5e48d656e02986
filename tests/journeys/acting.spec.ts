import { expect, test, type Browser, type Page } from '@playwright/test';
import { nobodyInside, showItIsYou, signIn, signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

type Codes = { code: string; second: string };

/** An officer opens a burglary case with one victim; gives the address of the person's page. */
async function openCase(page: Page, name: string): Promise<string> {
	const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
	await page.goto('/cases/new');
	await page.getByLabel('Crime reference').fill(`20/${String(Date.now()).slice(-7)}/26`);
	await page.getByLabel('Category').selectOption({ label: 'Burglary' });
	const day = page.getByRole('group', { name: 'When was it reported?' });
	await fillDay(day, yesterday);
	await page.getByLabel('Time of the report').fill('09:30');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Standard rights').check();
	await nobodyInside(page);
	await page.getByRole('button', { name: 'Open the case' }).click();
	await page.getByRole('link', { name }).click();
	await expect(page.getByRole('link', { name: 'People who act for them' })).toBeVisible();
	return new URL(page.url()).pathname;
}

async function fillDay(group: ReturnType<Page['getByRole']>, at: Date): Promise<void> {
	await group.getByLabel('Day').fill(String(at.getDate()));
	await group.getByLabel('Month').fill(String(at.getMonth() + 1));
	await group.getByLabel('Year').fill(String(at.getFullYear()));
}

const inMonths = (months: number) => new Date(Date.now() + months * 30 * 86_400_000);

async function makeCode(page: Page): Promise<Codes> {
	await showItIsYou(page, 'officer');
	await page.getByRole('button', { name: 'Make a code' }).click();
	await expect(page.getByText('They are shown once')).toBeVisible();
	const [code = '', second = ''] = await page.locator('.wm-code').allTextContents();
	return { code, second };
}

async function enter(browser: Browser, codes: Codes, name: string): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto('/begin');
	await page.getByLabel('Code', { exact: true }).fill(codes.code);
	await page.getByLabel('Second number').fill(codes.second);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByLabel('No, only me', { exact: true }).check();
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.getByLabel('Sign-in name').fill(name);
	await page.getByLabel('Password', { exact: true }).fill('lantern orchard nine');
	await page.getByRole('button', { name: 'Finish and sign in' }).click();
	await page.waitForURL('**/home');
	const more = page.getByRole('button', { name: 'Show more' });
	if (await more.isVisible()) await more.click();
	await expect(page.getByRole('heading', { name: 'What is happening now' })).toBeVisible();
	return page;
}

test('a parent is named, approved, let in, and ended', async ({ browser }, info) => {
	const officer = await signIn(browser, 'officer');
	const person = await openCase(officer, `Ash ${info.project.name}`);
	await officer.getByRole('link', { name: 'People who act for them' }).click();
	await expect(officer.getByText('Nobody acts for this person.')).toBeVisible();
	await officer.getByRole('button', { name: 'Name someone' }).click();

	await test.step('what is missing is said, and what was typed stays', async () => {
		await officer.getByLabel('Parent or guardian').check();
		await officer.getByLabel('First name').fill('Lee');
		await officer.getByRole('button', { name: 'Name them' }).click();
		const summary = officer.locator('.govuk-error-summary');
		await expect(summary).toContainText('Enter when the child was born');
		await expect(summary).toContainText('Enter a family name');
		await expect(officer.getByLabel('First name')).toHaveValue('Lee');
	});
	await fillDay(officer.getByRole('group', { name: 'When was the child born?' }), inMonths(-120));
	await officer.getByLabel('Family name').fill('Ashford');
	await officer.getByRole('button', { name: 'Name them' }).click();
	await expect(officer.getByRole('heading', { name: 'Lee Ashford' })).toBeVisible();
	await expect(officer.getByText('when the child is 18')).toBeVisible();
	await expect(officer.getByRole('button', { name: 'Make a code' })).toHaveCount(0);

	await showItIsYou(officer, 'officer');
	await officer.getByRole('button', { name: 'Approve' }).click();
	await expect(officer.getByText('Acts now')).toBeVisible();
	const parent = await enter(browser, await makeCode(officer), `parent ${info.project.name}`);
	await parent.goto('/me/people');
	await expect(parent.getByText('You act here as a parent or guardian.')).toBeVisible();

	await test.step('an end needs a reason, and is at once', async () => {
		await officer.goto(`${person}/acting`);
		await expect(officer.getByText('They have a way in.')).toBeVisible();
		await officer.getByText('End their part in this').click();
		await officer.getByRole('button', { name: 'End their part' }).click();
		await expect(officer.locator('.govuk-error-summary')).toContainText('Write why it ends');
		await officer.getByLabel('Why does it end?').fill('The aunt has custody now');
		await officer.getByRole('button', { name: 'End their part' }).click();
		await expect(officer.getByText('The aunt has custody now')).toBeVisible();
		await parent.goto('/home');
		await expect(parent).toHaveURL(/\/sign-in/);
	});
});

test('what a child says is hers, until her officer opens it with a reason', async ({
	browser
}, info) => {
	const reason = `Mia asked for it ${info.project.name}`;
	const child = await signInVictim(browser, 'mia');
	const parent = await signInVictim(browser, 'lena');
	await child.goto('/needs');
	await expect(child.getByText('What you say here yourself is yours.')).toBeVisible();
	await parent.goto('/needs/health');
	const answer = parent.getByText('It is hard, and I would like help');
	await expect(parent.getByText('You have said nothing about this yet.').first()).toBeVisible();
	await expect(answer).toHaveCount(0);

	const officer = await signIn(browser, 'officer2');
	await officer.goto('/search');
	await officer.getByLabel('Reference').fill('20/117740/26');
	await officer.getByRole('button', { name: 'Find' }).click();
	await officer.getByRole('link', { name: 'Mia Carter' }).click();
	await officer.getByRole('link', { name: 'People who act for them' }).click();
	await expect(officer.getByRole('heading', { name: 'Lena Carter' })).toBeVisible();
	await showItIsYou(officer, 'officer2');
	await officer.getByText('Open a part of it to them').click();
	await officer.getByRole('button', { name: 'Open it to them' }).click();
	await expect(officer.locator('.govuk-error-summary')).toContainText('Write why it is opened');
	await officer.getByLabel('What is opened?').selectOption({ label: 'Health' });
	await officer.getByLabel('Why is it opened?').fill(reason);
	await officer.getByRole('button', { name: 'Open it to them' }).click();
	await expect(officer.getByText(reason)).toBeVisible();

	await parent.reload();
	await expect(answer.first()).toBeVisible();
	await child.goto('/me/people');
	await expect(child.getByText(reason)).toBeVisible();
	await officer.getByRole('button', { name: 'Close it again' }).click();
	await parent.reload();
	await expect(answer).toHaveCount(0);
});

test('a victim lets a supporter read, and stops it', async ({ browser }, info) => {
	const family = `Reed${info.project.name.replaceAll('-', '')}`;
	const victim = await signInVictim(browser, 'margaret');
	const secretFirst = async (): Promise<void> => {
		await victim.getByLabel('Password').fill(demoPassword);
		await victim.getByRole('button', { name: 'Continue' }).click();
	};
	await victim.goto('/me');
	await victim.getByRole('link', { name: 'People who act for you' }).click();
	await victim.getByRole('button', { name: 'Let someone read your case' }).click();
	await secretFirst();
	await victim.getByLabel('Their first name').fill('Joy');
	await victim.getByLabel('Their family name').fill(family);
	await fillDay(victim.getByRole('group', { name: 'Until which day?' }), inMonths(24));
	await victim.getByRole('button', { name: 'Ask for this' }).click();
	await expect(victim.locator('.govuk-error-summary')).toContainText('within a year');
	await fillDay(victim.getByRole('group', { name: 'Until which day?' }), inMonths(2));
	await victim.getByRole('button', { name: 'Ask for this' }).click();
	await expect(victim.getByText('Your officer looks at this first')).toBeVisible();

	const officer = await signIn(browser, 'officer');
	await officer.goto('/search');
	await officer.getByLabel('Reference').fill('20/061302/26');
	await officer.getByRole('button', { name: 'Find' }).click();
	await officer.getByRole('link', { name: 'Margaret Lowe' }).click();
	await officer.getByRole('link', { name: 'People who act for them' }).click();
	const card = officer.locator('.wm-card', { hasText: family });
	await expect(card.getByText('Waiting for you')).toBeVisible();
	await showItIsYou(officer, 'officer');
	await card.getByRole('button', { name: 'Approve' }).click();
	await expect(card.getByText('Acts now')).toBeVisible();

	await test.step('she stops it herself', async () => {
		await victim.goto('/me/people');
		const mine = victim.locator('.wm-card', { hasText: family });
		await expect(mine.getByText('Can see your case')).toBeVisible();
		if ((await mine.getByRole('button', { name: 'Stop this now' }).count()) === 0) {
			await victim.getByRole('link', { name: 'Change this' }).click();
			await secretFirst();
		}
		await mine.getByRole('button', { name: 'Stop this now' }).click();
		await expect(victim.getByText('It has ended.')).toBeVisible();
		await officer.reload();
		await expect(card.getByText('Ended by the person themselves')).toBeVisible();
	});
});
