import { redirect, type RequestEvent } from '@sveltejs/kit';
import { cookieOptions, halfCookieName } from '#lib/server/auth/cookie.ts';
import type { Site } from '#lib/server/auth/passkey.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { app } from '#lib/server/http/app.ts';
import { tokenOf } from '#lib/server/http/session.ts';

/** A sign-in that waits for its second step, and what is known of that. */
export type Waiting = { readonly holder: secondStep.Holder; readonly step: secondStep.SecondStep };

/** Gives the sign-in that waits in this browser; sends whoever has none back to the start. */
export async function waiting(event: RequestEvent): Promise<Waiting> {
	const token = event.cookies.get(halfCookieName(app().config.origin)) ?? '';
	const holder = await holderOf(event, token);
	const step = token === '' ? null : await secondStep.find(holder);
	if (step) return { holder, step };
	forgetHalf(event);
	redirect(303, '/sign-in?late');
}

/** Gives who holds the session of this request, for changing their own second step. */
export function ownHolder(event: RequestEvent): Promise<secondStep.Holder> {
	return holderOf(event, tokenOf(event) ?? '');
}

/** Gives the browser the token of a half sign-in; it goes when the browser closes. */
export function rememberHalf(event: RequestEvent, token: string): void {
	const { origin } = app().config;
	event.cookies.set(halfCookieName(origin), token, cookieOptions(origin));
}

/** Takes the half sign-in from the browser. */
export function forgetHalf(event: RequestEvent): void {
	const { origin } = app().config;
	event.cookies.delete(halfCookieName(origin), cookieOptions(origin));
}

async function holderOf(event: RequestEvent, token: string): Promise<secondStep.Holder> {
	const { db, keys, clock, force } = app();
	const { requestId } = event.locals;
	return { db, keys, clock, forceId: (await force()).id, requestId, token };
}

/** What an app lists an authenticator as: for a victim a word that says nothing. */
export function labelFor({ label }: Pick<secondStep.SecondStep, 'label'>): string {
	return label === null ? 'Account' : `Waymark ${label}`;
}

/** Gives where passkeys of this site belong. */
export async function passkeySite(): Promise<Site> {
	const { db, config, force } = app();
	return { db, forceId: (await force()).id, origin: config.origin };
}
