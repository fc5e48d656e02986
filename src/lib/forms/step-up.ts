import { startPage } from '#lib/domain/access/role.ts';
import { ok } from '#lib/domain/result.ts';
import { refuse, type Parse } from '#lib/forms/form.ts';

/** Reads the secret given again; it is never played back. */
export const parse: Parse<{ password: string }> = (data) => {
	const password = data.get('password');
	if (typeof password === 'string' && password !== '') return ok({ password });
	return refuse(data, [{ field: 'password', key: 'victim:check.error.missing' }], ['password']);
};

/**
 * Gives where to go after the secret was given: one of a person's own pages, or the page about
 * themselves for anything else (another host, another page, or the question itself again).
 */
export function wayOn(to: string | null): string {
	const isOwn = to !== null && ownPage.test(to) && !to.startsWith('/me/check');
	return isOwn ? to : '/me';
}

/** Gives where a colleague goes on to after a code: a page of their work, or where they begin. */
export function staffWayOn(to: string | null, role: string): string {
	if (to !== null && workPage.test(to)) return to;
	return Object.entries(startPage).find(([known]) => known === role)?.[1] ?? '/';
}

const rest = String.raw`(\/[a-z0-9_-]+)*(\?[a-z]+(=[a-z0-9]*)?)?(#[a-z0-9_-]+)?$`;
const ownPage = new RegExp(String.raw`^\/(needs|support|me)${rest}`, 'i');
const workPage = new RegExp(
	String.raw`^\/(account|work|cases|requests|board|staff|search)${rest}`,
	'i'
);
