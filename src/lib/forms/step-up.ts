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
	const own = /^\/(needs|support|me)(\/[a-z0-9_-]+)*(\?[a-z]+(=[a-z0-9]*)?)?(#[a-z0-9_-]+)?$/i;
	return to !== null && own.test(to) && !to.startsWith('/me/check') ? to : '/me';
}
