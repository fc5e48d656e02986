import { expect, test, type Browser, type Page } from '@playwright/test';
import { nobodyInside, showItIsYou, signIn } from './support/people.ts';

type Codes = { code: string; second: string };

/** An officer opens a case of domestic abuse; gives the page of its one victim. */
async function openCase(page: Page, name: string): Promise<void> {
	const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);
	await page.goto('/cases/new');
	await page.getByLabel('Crime reference').fill(`20/${String(Date.now()).slice(-7)}/26`);
	await page.getByLabel('Category').selectOption({ label: 'Domestic abuse' });
	const day = page.getByRole('group', { name: 'When was it reported?' });
	await day.getByLabel('Day').fill(String(yesterday.getDate()));
	await day.getByLabel('Month').fill(String(yesterday.getMonth() + 1));
	await day.getByLabel('Year').fill(String(yesterday.getFullYear()));
	await page.getByLabel('Time of the report').fill('09:30');
	await page.getByLabel('Name', { exact: true }).fill(name);
	await page.getByLabel('Standard rights').check();
	await nobodyInside(page);
	await page.getByRole('button', { name: 'Open the case' }).click();
	await page.getByRole('link', { name }).click();
	await page.getByRole('link', { name: 'A way in for this person' }).click();
}

async function makeCode(page: Page, button: string): Promise<Codes> {
	await showItIsYou(page, 'officer');
	await page.getByRole('button', { name: button }).click();
	await expect(page.getByText('They are shown once')).toBeVisible();
	const [code = '', second = ''] = await page.locator('.wm-code').allTextContents();
	return { code, second };
}

async function giveCodes(page: Page, { code, second }: Codes): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'I have a code' }).click();
	await page.getByLabel('Code', { exact: true }).fill(code);
	await page.getByLabel('Second number').fill(second);
	await page.getByRole('button', { name: 'Continue' }).click();
}

async function answerDevice(page: Page, answer: string): Promise<void> {
	await page.getByLabel(answer, { exact: true }).check();
	await page.getByRole('button', { name: 'Continue' }).click();
}

async function fresh(browser: Browser): Promise<Page> {
	return (await browser.newContext()).newPage();
}

test('nobody is invited in a high-risk case before they were asked what is safe', async ({
	browser
}, info) => {
	const name = `Wren ${info.project.name === 'phone' ? 'Example' : 'Sample'}`;
	const officer = await signIn(browser, 'officer');
	await openCase(officer, name);
	await expect(officer.getByText('Ask what is safe first')).toBeVisible();
	await expect(officer.getByRole('button', { name: 'Make a code' })).toHaveCount(0);

	await officer.getByLabel('Anything else they said').fill('ring her sister, never her');
	await officer.getByRole('button', { name: 'Record what they said' }).click();
	await expect(officer.getByRole('link', { name: 'Say which ways are safe' })).toBeVisible();
	await expect(officer.getByLabel('Anything else they said')).toHaveValue(
		'ring her sister, never her'
	);
	await officer.getByLabel('Using this site').check();
	await officer.getByRole('button', { name: 'Record what they said' }).click();
	await expect(officer.getByText('What they said is recorded.')).toBeVisible();
	await expect(officer.getByText('ring her sister, never her')).toBeVisible();
	await showItIsYou(officer, 'officer');
	await expect(officer.getByRole('button', { name: 'Make a code' })).toBeVisible();
});

test('a code and a second number lead to a password, on a phone of one’s own', async ({
	browser
}, info) => {
	const signInName = `blue kettle ${info.project.name}`;
	const officer = await signIn(browser, 'officer');
	await openCase(officer, `Robin ${info.project.name === 'phone' ? 'Example' : 'Sample'}`);
	await officer.getByLabel('Using this site').check();
	await officer.getByRole('button', { name: 'Record what they said' }).click();
	const codes = await makeCode(officer, 'Make a code');

	const victim = await fresh(browser);
	await giveCodes(victim, { ...codes, second: '000 000' });
	await expect(victim.locator('.govuk-error-summary')).toContainText('These do not open anything');
	// The server plays no secret back; where JavaScript runs the page has not gone away.
	const typed = info.project.use.javaScriptEnabled === false ? '' : codes.code;
	await expect(victim.getByLabel('Code', { exact: true })).toHaveValue(typed);
	await giveCodes(victim, codes);
	await expect(victim).toHaveTitle('Sign in – Waymark');
	await answerDevice(victim, 'No, only me');

	await victim.getByLabel('Sign-in name').fill(signInName);
	await victim.getByLabel('Password', { exact: true }).fill('password1234');
	await victim.getByRole('button', { name: 'Finish and sign in' }).click();
	const summary = victim.locator('.govuk-error-summary');
	await expect(summary).toContainText('Many people use that password');
	await expect(victim.getByLabel('Sign-in name')).toHaveValue(signInName);
	await victim.getByLabel('Password', { exact: true }).fill('lantern orchard nine');
	await victim.getByRole('button', { name: 'Finish and sign in' }).click();
	await victim.waitForURL('**/home');
	await expect(victim.getByRole('button', { name: 'Show more' })).toBeVisible();

	await test.step('the code is spent, and the officer sees that it was used', async () => {
		const other = await fresh(browser);
		await giveCodes(other, codes);
		await expect(other.locator('.govuk-error-summary')).toContainText('do not open anything');
		await officer.goto(officer.url().replace(/\?.*/, ''));
		await expect(officer.getByText(/^Used on/)).toBeVisible();
		await expect(officer.getByText(codes.code)).toHaveCount(0);
	});
});

test('on a shared phone words are shown once, typed back, and sign in', async ({
	browser
}, info) => {
	const signInName = `grey heron ${info.project.name}`;
	const officer = await signIn(browser, 'officer');
	await openCase(officer, `Merle ${info.project.name === 'phone' ? 'Example' : 'Sample'}`);
	await officer.getByLabel('Using this site').check();
	await officer.getByRole('button', { name: 'Record what they said' }).click();
	const codes = await makeCode(officer, 'Make a code');

	const victim = await fresh(browser);
	await giveCodes(victim, codes);
	await answerDevice(victim, 'I am not sure');
	await victim.getByLabel('Sign-in name').fill(signInName);
	await victim.getByRole('button', { name: 'Show me the words' }).click();
	const words = (await victim.locator('.wm-words li').allTextContents()).join(' ');
	expect(words.split(' ')).toHaveLength(6);
	await expect(victim.locator('input[type=password]')).toHaveCount(0);
	await victim.getByLabel('Now type the six words').fill('some other words');
	await victim.getByRole('button', { name: 'Finish and sign in' }).click();
	await expect(victim.locator('.govuk-error-summary')).toContainText('Those are not the words');
	await expect(victim.locator('.wm-words')).toHaveCount(0);
	await victim.getByLabel('Now type the six words').fill(words);
	await victim.getByRole('button', { name: 'Finish and sign in' }).click();
	await victim.waitForURL('**/home');

	const later = await fresh(browser);
	await later.goto('/sign-in');
	await later.getByRole('link', { name: 'I sign in with six words' }).click();
	await expect(later.locator('input[type=password]')).toHaveCount(0);
	await later.getByLabel('Sign-in name').fill(signInName);
	await later.getByLabel('Your six words').fill(words.toUpperCase());
	await later.getByRole('button', { name: 'Sign in' }).click();
	await later.waitForURL('**/home');
});
