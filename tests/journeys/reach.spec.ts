import { expect, test, type Page } from '@playwright/test';
import { mailTo, signIn, signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

type Wanted = { way: string; value: string };

async function showMine(page: Page): Promise<void> {
	await page.goto('/me');
	await page.getByRole('link', { name: 'How we reach you' }).click();
	await expect(page.getByRole('heading', { name: 'How we reach you' })).toBeVisible();
	const show = page.getByRole('button', { name: 'Show them' });
	if ((await show.count()) === 0) return;
	await show.click();
	await page.getByLabel('Password', { exact: true }).fill(demoPassword);
	await page.getByRole('button', { name: 'Continue' }).click();
	await page.waitForURL('**/me/reach');
}

async function fill(page: Page, { way, value }: Wanted): Promise<void> {
	const kind = page.getByRole('group', { name: 'What is it for?' });
	await kind.getByLabel(way, { exact: true }).check();
	await page.getByLabel('The new number or address').fill(value);
	await page.getByLabel('Yes, only I see it').check();
	await page.getByRole('button', { name: 'Ask for this change' }).click();
}

async function askFor(page: Page, wanted: Wanted): Promise<void> {
	await fill(page, wanted);
	await expect(page.getByText('Nothing changes until your officer has checked it')).toBeVisible();
	await expect(page.getByText(`You asked for: ${wanted.value}`)).toBeVisible();
}

async function openHeld(officer: Page): Promise<void> {
	await officer.goto('/work');
	await officer.getByRole('link', { name: 'change of how to reach them to check' }).click();
	await expect(officer.getByRole('heading', { name: 'Check this change with them' })).toBeVisible();
}

const count = async (address: string): Promise<number> => (await mailTo(address)).length;

test('a change is held until an officer has checked it, and mail goes there only after', async ({
	browser
}, info) => {
	const wanted = `grace.${info.project.name}@example.com`;
	const victim = await signInVictim(browser, 'grace');
	const officer = await signIn(browser, 'officer3');

	await test.step('numbers and addresses are hidden until the secret is given again', async () => {
		await victim.goto('/me/reach');
		await expect(victim.getByText('We keep one for this.')).toBeVisible();
		await expect(victim.getByText('@example.com')).toHaveCount(0);
		await expect(victim.getByLabel('The new number or address')).toHaveCount(0);
	});
	await showMine(victim);
	const old = (await victim.locator('strong bdi').first().textContent()) ?? '';
	expect(old).toContain('@example.com');
	const before = { old: await count(old), wanted: await count(wanted) };

	await test.step('what is no address is refused, and stays as typed', async () => {
		await fill(victim, { way: 'Email', value: 'grace at home' });
		await expect(victim.locator('.govuk-error-summary')).toContainText('Enter an email address');
		await expect(victim.getByLabel('The new number or address')).toHaveValue('grace at home');
		await expect(victim).toHaveTitle('Error: About you – Waymark');
	});

	await test.step('asked for, it is held, and the old address hears that something waits', async () => {
		await askFor(victim, { way: 'Email', value: wanted });
		await expect(victim.getByText('Held until your officer has checked it with you')).toBeVisible();
		await expect.poll(() => count(old), { timeout: 20_000 }).toBe(before.old + 1);
		expect(await count(wanted)).toBe(before.wanted);
	});

	await test.step('the officer says how it was checked, and puts it in use', async () => {
		await openHeld(officer);
		await expect(officer.getByText(wanted)).toBeVisible();
		await expect(officer.getByText(old).first()).toBeVisible();
		await officer.getByRole('button', { name: 'Put it in use' }).click();
		const summary = officer.locator('.govuk-error-summary');
		await expect(summary).toContainText('Say how you checked it');
		await officer.getByLabel('Face to face').check();
		await officer.getByLabel('How you know it was them').fill('Met her at the station');
		await officer.getByRole('button', { name: 'Put it in use' }).click();
		await expect(officer.getByText('It is in use. Nobody was told automatically.')).toBeVisible();
		await expect(officer.getByText('No change is waiting to be checked.')).toBeVisible();
	});

	await test.step('the victim sees that it was checked', async () => {
		await showMine(victim);
		await expect(victim.locator('strong bdi').first()).toHaveText(wanted);
		await expect(victim.getByText('Checked with you')).toBeVisible();
		await expect(victim.getByText('Met her at the station')).toHaveCount(0);
		expect(await count(wanted)).toBe(before.wanted);
	});

	await test.step('a refusal is read here, and its mail goes to the address now in use', async () => {
		await askFor(victim, { way: 'Text message', value: '07700 900 451' });
		await openHeld(officer);
		await officer.getByText('It is not to be changed').click();
		await officer.getByLabel('What they will read').fill('We could not reach you to check this.');
		await officer.getByRole('button', { name: 'Refuse this change' }).click();
		await expect(officer.getByText('It is refused. They can read why.')).toBeVisible();
		await expect.poll(() => count(wanted), { timeout: 20_000 }).toBe(before.wanted + 1);
		expect(await count(old)).toBe(before.old + 1);
		await showMine(victim);
		await expect(victim.getByText('We could not reach you to check this.')).toBeVisible();
	});

	await test.step('a change that is still held can be taken back', async () => {
		await askFor(victim, { way: 'Phone call', value: '0121 496 0452' });
		await victim.getByRole('button', { name: 'Take this back' }).click();
		await expect(victim.getByText('It is taken back. Nothing has changed.')).toBeVisible();
		await officer.goto('/work');
		await expect(officer.getByRole('link', { name: 'how to reach them' })).toHaveCount(0);
	});
});
