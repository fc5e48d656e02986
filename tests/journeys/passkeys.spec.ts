import { expect, test, type Page } from '@playwright/test';
import { signInVictim } from './support/people.ts';
import { demoPassword } from './support/requests.ts';

/** Gives the browser a device that makes passkeys and says yes for its owner. */
async function plugIn(page: Page): Promise<(own: boolean) => Promise<void>> {
	const session = await page.context().newCDPSession(page);
	await session.send('WebAuthn.enable');
	const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	return async (isUserVerified) => {
		await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
	};
}

async function openPasskeys(page: Page): Promise<void> {
	await page.goto('/me');
	await expect(page.getByRole('link', { name: 'Passkeys' })).toBeVisible();
	await page.goto('/me/passkeys');
	const secret = page.getByLabel('Password');
	if (await secret.isVisible()) {
		await secret.fill(demoPassword);
		await page.getByRole('button', { name: 'Continue' }).click();
	}
	await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeVisible();
}

async function withoutScript(page: Page): Promise<void> {
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'Use a passkey' }).click();
	await expect(page.getByText('A passkey needs JavaScript')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Use a passkey' })).toHaveCount(0);
	await page.getByRole('link', { name: 'Other ways to sign in' }).click();
	await expect(page.getByLabel('Sign-in name')).toBeVisible();
}

async function usePasskey(page: Page): Promise<void> {
	await page.context().clearCookies();
	await page.goto('/sign-in');
	await page.getByRole('link', { name: 'Use a passkey' }).click();
	await page.getByRole('button', { name: 'Use a passkey' }).click();
}

async function withScript(page: Page): Promise<void> {
	const refuse = await plugIn(page);
	await openPasskeys(page);
	await expect(page.getByText('safe only on a phone that nobody else uses')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Make a passkey' })).toHaveCount(0);
	await page.goto('/me');
	await page.getByRole('button', { name: 'Nobody else sees this phone' }).click();
	await openPasskeys(page);
	await page.getByRole('button', { name: 'Make a passkey on this device' }).click();
	await expect(page.getByText(/^Passkey 1, made on/)).toBeVisible();

	await usePasskey(page);
	await expect(page.getByRole('heading', { name: 'What is happening now' })).toBeVisible();

	// Somebody else's finger opens nothing.
	await refuse(false);
	await usePasskey(page);
	await expect(page.getByText('The passkey did not work.')).toBeVisible();
	await refuse(true);
	await usePasskey(page);
	await expect(page.getByRole('heading', { name: 'What is happening now' })).toBeVisible();

	// Nor does one's own, from when the phone is said to be seen by others.
	await page.goto('/me');
	await page.getByRole('button', { name: 'Show less from now on' }).click();
	await expect(page.getByRole('button', { name: 'Show more' })).toBeVisible();
	await usePasskey(page);
	await expect(page.getByText('That passkey does not open anything here').first()).toBeVisible();
}

test('a passkey is made and used where scripts run, and elsewhere the page says so', async ({
	browser,
	javaScriptEnabled
}) => {
	if (javaScriptEnabled) await withScript(await signInVictim(browser, 'tomasz'));
	else await withoutScript(await (await browser.newContext()).newPage());
});
