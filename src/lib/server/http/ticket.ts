import type { RequestEvent } from '@sveltejs/kit';
import type { Outside } from '#lib/server/accounts/activation.ts';
import { cookieOptions, ticketCookieName } from '#lib/server/auth/cookie.ts';
import { app } from '#lib/server/http/app.ts';

/** Gives what somebody acts with who is not signed in. */
export async function outside(event: RequestEvent): Promise<Outside> {
	const { db, keys, force } = app();
	return { db, keys, forceId: (await force()).id, requestId: event.locals.requestId };
}

/** Gives the ticket that the browser brought along; empty when it brought none. */
export function ticketOf(event: RequestEvent): string {
	return event.cookies.get(ticketCookieName(app().config.origin)) ?? '';
}

/** Gives the browser a ticket; it goes when the browser closes. */
export function rememberTicket(event: RequestEvent, ticket: string): void {
	const { origin } = app().config;
	event.cookies.set(ticketCookieName(origin), ticket, cookieOptions(origin));
}

/** Takes the ticket from the browser. */
export function forgetTicket(event: RequestEvent): void {
	const { origin } = app().config;
	event.cookies.delete(ticketCookieName(origin), cookieOptions(origin));
}
