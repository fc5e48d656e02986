import {
	expect,
	type Browser,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { nextCode } from './codes.ts';
import { demoPassword } from './requests.ts';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
const atWork = new Map<string, Cookies>();

/**
 * Opens a browser of one's own, as the project sets it, and signs someone in. Staff are asked for a
 * code that comes every half minute, so whoever is at work already stays signed in.
 */
export async function signIn(
	browser: Browser,
	name: string,
	more: BrowserContextOptions = {}
): Promise<Page> {
	const context = await browser.newContext(more);
	const page = await context.newPage();
	const known = atWork.get(name);
	if (known) await context.addCookies(known);
	await page.goto('/sign-in');
	if (new URL(page.url()).pathname !== '/sign-in') return page;
	await giveSecrets(page, name);
	const isStaff = !new URL(page.url()).pathname.startsWith('/home');
	if (isStaff) atWork.set(name, await context.cookies());
	return page;
}

async function giveSecrets(page: Page, name: string): Promise<void> {
	await page.getByLabel('Sign-in name').fill(name);
	await page.getByLabel('Password', { exact: true }).fill(demoPassword);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	if (new URL(page.url()).pathname === '/sign-in/code') await giveCode(page, name);
}

/** Gives the page that asks for one the next code of someone at work. */
export async function giveCode(page: Page, name: string): Promise<void> {
	const { pathname } = new URL(page.url());
	// A journey before this one may have spent the first code; then the next one is right.
	for (const last of [false, true]) {
		await page.getByLabel('Code', { exact: true }).fill(await nextCode(name));
		await page.getByRole('button', { name: 'Continue' }).click();
		const on = page.waitForURL((url) => url.pathname !== pathname, {
			timeout: last ? 30_000 : 3_000
		});
		if (last) await on;
		else if (await on.then(() => true).catch(() => false)) return;
	}
}

/** Gives a code where the page asks for one first; whoever gave one of late is not asked. */
export async function showItIsYou(page: Page, name: string): Promise<void> {
	const ask = page.getByRole('button', { name: 'Enter a code' }).first();
	if (!(await ask.isVisible())) return;
	const { pathname } = new URL(page.url());
	await ask.click();
	await page.waitForURL(/\/check\?/);
	await giveCode(page, name);
	await page.waitForURL((url) => url.pathname === pathname);
	// Whoever gave a code goes on under a new session, and the next journey with it.
	if (atWork.has(name)) atWork.set(name, await page.context().cookies());
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

/** Says on a form that nobody in the case works for the police, the courts or this service. */
export async function nobodyInside(page: Page): Promise<void> {
	for (const question of [/^Does the person, or anyone close/, /^Does the person who did it/]) {
		await page.getByRole('group', { name: question }).getByLabel('No', { exact: true }).check();
	}
}
