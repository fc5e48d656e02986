import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { demoPassword } from './requests.ts';

/** Opens a browser of one's own, as the project sets it, and signs someone in. */
export async function signIn(browser: Browser, name: string): Promise<Page> {
	const context: BrowserContext = await browser.newContext();
	const page = await context.newPage();
	await page.goto('/sign-in');
	await page.getByLabel('Sign-in name').fill(name);
	await page.getByLabel('Password', { exact: true }).fill(demoPassword);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}

/** Signs a victim in and asks to be shown more than the plain view. */
export async function signInVictim(browser: Browser, name: string): Promise<Page> {
	const page = await signIn(browser, name);
	await page.getByRole('button', { name: 'Show more' }).click();
	await expect(page.getByRole('heading', { name: 'What is happening now' })).toBeVisible();
	return page;
}

/** Gives the mails that arrived for one address. */
export async function mailTo(address: string): Promise<{ subject: string; text: string }[]> {
	const at = `${process.env.MAILBOX_URL ?? ''}/messages.json?to=${encodeURIComponent(address)}`;
	return (await (await fetch(at)).json()) as { subject: string; text: string }[];
}
