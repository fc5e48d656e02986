import { expect, test } from '@playwright/test';
import { mailTo, signIn, signInVictim } from './support/people.ts';

// Each way of playing changes another answer of the same person, so that each has news of its own.
const worries: Record<string, string> = {
	phone: 'I lost pay',
	'phone-no-js': 'My benefits',
	desktop: 'Paying for food or heating',
	'desktop-no-js': 'Paying for a new phone'
};
const officersMail = 'officer@midshire.example.com';

test('a need is said, answered and seen; support is asked for, given and seen', async ({
	browser
}, info) => {
	const mark = `${info.project.name} ${String(Date.now())}`;
	const worry = worries[info.project.name] ?? '';
	const mailsBefore = (await mailTo(officersMail)).length;

	const victim =
		await test.step('the victim signs in and sees nothing until she asks', async () => {
			const page = await signIn(browser, 'joel');
			await expect(page).toHaveTitle('Home – Waymark');
			await expect(page.getByText('Nothing is shown here until you ask')).toBeVisible();
			await expect(page.getByText('Police')).toHaveCount(0);
			await page.getByRole('button', { name: 'Show more' }).click();
			await expect(page.getByRole('heading', { name: 'What is happening now' })).toBeVisible();
			return page;
		});

	await test.step('she changes a need, checks it and sends it', async () => {
		await victim.getByRole('link', { name: 'Needs', exact: true }).click();
		await victim.getByRole('link', { name: 'Everyday things' }).click();
		await victim.getByRole('button', { name: 'Change this part' }).first().click();
		const question = victim.getByRole('group', { name: /Is any of this a worry/ });
		for (const other of Object.values(worries)) {
			await question.getByLabel(other, { exact: true }).setChecked(other === worry);
		}
		await victim.getByRole('button', { name: 'Check what you said' }).click();
		await expect(victim.getByRole('heading', { name: 'Check what you said' })).toBeVisible();
		await expect(victim.getByText(worry, { exact: true })).toBeVisible();
		await victim.getByRole('button', { name: 'Save' }).click();
		await expect(victim.getByText('We have it.')).toBeVisible();
		await expect(victim.getByText(/PC 4021 must answer by/).first()).toBeVisible();
	});

	await test.step('she asks for support and is told by when', async () => {
		await victim.getByRole('link', { name: 'Support', exact: true }).click();
		await victim.getByRole('button', { name: 'Ask for support' }).click();
		const next = () => victim.getByRole('button', { name: 'Continue' }).click();
		await victim.getByLabel('Money', { exact: true }).check();
		await next();
		await victim.getByRole('radio').nth(1).check();
		await next();
		await victim.getByRole('checkbox').first().check();
		await next();
		await victim.getByLabel(/Victim care/).check();
		await next();
		await victim.getByRole('textbox').fill(`I need help with a form. ${mark}`);
		await next();
		await expect(victim.getByText(mark)).toBeVisible();
		await victim.getByRole('button', { name: 'Send it' }).click();
		await expect(victim.getByText('We have it.')).toBeVisible();
	});

	await test.step('the officer hears of it in a mail that says nothing', async () => {
		await expect
			.poll(async () => (await mailTo(officersMail)).length, { timeout: 15_000 })
			.toBeGreaterThan(mailsBefore);
		const [mail] = await mailTo(officersMail);
		expect(`${mail?.subject ?? ''} ${mail?.text ?? ''}`).not.toMatch(
			/victim|crime|case|police|court|http|VR-/i
		);
	});

	await test.step('the officer answers beside the assessment', async () => {
		const officer = await signIn(browser, 'officer');
		await officer
			.getByRole('link', { name: /Everyday things, \d+ statement/ })
			.first()
			.click();
		const need = officer
			.getByRole('form')
			.or(officer.locator('form'))
			.filter({ hasText: 'Your answer' });
		await need.first().getByLabel('Agreed', { exact: true }).check();
		await need.first().getByLabel('Words for the victim').fill(`We will help with that. ${mark}`);
		await need.first().getByRole('button', { name: 'Send this answer' }).click();
		await expect(officer.getByText('Your answer is sent.')).toBeVisible();
		await officer.context().close();
	});

	await test.step('the caseworker takes the request, replies and closes it', async () => {
		const caseworker = await signIn(browser, 'caseworker');
		await caseworker
			.getByRole('row')
			.filter({ hasText: 'Money' })
			.filter({ hasText: 'Nobody' })
			.getByRole('link')
			.first()
			.click();
		await expect(caseworker.getByText(mark)).toHaveCount(0);
		await caseworker.getByRole('button', { name: 'Take this request' }).click();
		await expect(caseworker.getByText(mark)).toBeVisible();
		await expect(caseworker.getByText('Safe contact').first()).toBeVisible();
		await caseworker.getByLabel('Your reply').fill(`The form is on its way. ${mark}`);
		await caseworker
			.getByRole('button', { name: /^(Send|Reply)/ })
			.first()
			.click();
		await expect(caseworker.getByText(`The form is on its way. ${mark}`)).toBeVisible();
		await caseworker.context().close();
	});

	await test.step('the victim sees both answers', async () => {
		await victim.getByRole('link', { name: 'Home', exact: true }).click();
		await expect(
			victim.getByRole('link', {
				name: /Your officer (answered|gave \d+ answers): Everyday things/
			})
		).toBeVisible();
		await victim.getByRole('link', { name: 'Needs', exact: true }).click();
		await victim.getByRole('link', { name: 'Everyday things' }).click();
		await expect(victim.getByText(`We will help with that. ${mark}`)).toBeVisible();
		await victim.getByRole('button', { name: 'I have read this' }).click();
		await victim.getByRole('link', { name: 'Support', exact: true }).click();
		await victim.getByRole('link', { name: /Money/ }).first().click();
		await expect(victim.getByText(`The form is on its way. ${mark}`)).toBeVisible();
	});

	await test.step('she leaves, and the way back is closed', async () => {
		await victim.route('https://www.bbc.co.uk/**', (route) =>
			route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
		);
		await victim.getByRole('button', { name: /Leave this site now/ }).click();
		await victim.waitForURL('https://www.bbc.co.uk/weather');
		await victim.goto('/home');
		await expect(victim.getByRole('heading', { name: 'Sign in' })).toBeVisible();
		await victim.context().close();
	});
});

test('a victim who is watched can leave from every page', async ({ browser }) => {
	const page = await signInVictim(browser, 'grace');
	for (const path of [
		'/home',
		'/needs',
		'/needs/safety',
		'/progress',
		'/support',
		'/messages',
		'/me'
	]) {
		await page.goto(path);
		const leave = page.getByRole('button', { name: /Leave this site now/ });
		await page
			.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
			.catch(() => undefined);
		await expect(leave).toBeInViewport();
		await page.keyboard.press('Tab');
		await expect(leave).toBeFocused();
	}
	await page.context().close();
});
