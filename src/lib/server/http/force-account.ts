import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { roles, startPage } from '#lib/domain/access/role.ts';
import { staffWayOn } from '#lib/forms/step-up.ts';
import { cookieOptions, tripCookieName } from '#lib/server/auth/cookie.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { rememberHalf } from '#lib/server/http/second-step.ts';
import { forget, remember, tokenOf } from '#lib/server/http/session.ts';
import { cameByProvider, comeBack, setOut, type Outside } from '#lib/server/provider/service.ts';
import { tripSeconds } from '#lib/server/provider/trip.ts';

const returnPath = '/sign-in/force/return';

/**
 * Sends the browser to the force's sign-in service. With `again` in the address, somebody signed in
 * shows there once more who they are, and comes back to the page it names.
 */
export async function toProvider(event: RequestEvent): Promise<never> {
	const again = asksAgain(event);
	const set = await plainly(event, async () => setOut(await outside(event), again));
	if (!set.ok) redirect(303, refusalPage(set.error.kind));
	const { origin } = app().config;
	const options = { ...cookieOptions(origin), maxAge: tripSeconds };
	event.cookies.set(tripCookieName(origin), set.value.cookie, options);
	redirect(303, set.value.address);
}

/** Without a session there is nothing to confirm: then it is a sign-in like any other. */
function asksAgain(event: RequestEvent): { session: string; to: string } | null {
	const to = event.url.searchParams.get('again');
	const token = tokenOf(event);
	const role = roles.find((known) => known === event.locals.actor?.role);
	if (to === null || token === undefined || role === undefined) return null;
	return { session: sessions.hashOf(token), to: staffWayOn(to, role) };
}

/** Takes the browser back from there: to where the person works, or to the one page of refusal. */
export async function fromProvider(event: RequestEvent): Promise<never> {
	const { origin } = app().config;
	const cookie = event.cookies.get(tripCookieName(origin));
	event.cookies.delete(tripCookieName(origin), cookieOptions(origin));
	const back = { search: event.url.search, cookie, token: tokenOf(event) };
	const arrived = await plainly(event, async () => comeBack(await outside(event), back));
	if (!arrived.ok) redirect(303, refusalPage(arrived.error.kind));
	if (arrived.value.kind === 'half') {
		forget(event);
		rememberHalf(event, arrived.value.token);
		redirect(303, '/sign-in/code');
	}
	remember(event, arrived.value.token);
	redirect(303, arrived.value.kind === 'again' ? arrived.value.to : startPage[arrived.value.role]);
}

/** Whether the force's sign-in service can confirm, with a second step, whose session this is. */
export async function confirmsByForce(event: RequestEvent): Promise<boolean> {
	const { provider, db, force } = app();
	const token = tokenOf(event);
	if (!provider || provider.settings.secondStep.length === 0 || token === undefined) return false;
	return cameByProvider(db, (await force()).id, token);
}

/** Whether whoever has this session should be offered to sign out at the provider as well. */
export async function signsOutThere(token: string): Promise<boolean> {
	const { provider, db, force } = app();
	if (!provider?.settings.signsOut) return false;
	return cameByProvider(db, (await force()).id, token);
}

/** Sends the browser to where it signs out of the force's own account; else to our sign-in page. */
export async function leaveProvider(): Promise<never> {
	const { provider, config } = app();
	if (!provider) error(404, 'not found');
	const address = provider.settings.signsOut
		? await provider.leaving(`${config.origin}/sign-in?ended`)
		: null;
	redirect(303, address ?? '/sign-in?ended');
}

async function outside(event: RequestEvent): Promise<Outside> {
	const { db, keys, force, clock, provider, config } = app();
	if (!provider) error(404, 'not found');
	const { id: forceId } = await force();
	const returnTo = `${config.origin}${returnPath}`;
	return { db, keys, forceId, clock, requestId: event.locals.requestId, provider, returnTo };
}

function refusalPage(kind: 'away' | 'refused'): string {
	return kind === 'away' ? '/sign-in/force/refused?away' : '/sign-in/force/refused';
}
