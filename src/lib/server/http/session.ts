import type { Handle, RequestEvent } from '@sveltejs/kit';
import { stayOf } from '#lib/domain/session/limits.ts';
import { languageOf } from '#lib/i18n/languages.ts';
import { cookieName, cookieOptions } from '#lib/server/auth/cookie.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Actor } from '#lib/server/context.ts';
import { AppError, isUnavailable } from '#lib/server/errors.ts';
import { app } from '#lib/server/http/app.ts';
import { plainPage } from '#lib/server/http/plain-pages.ts';
import { isOpen } from '#lib/server/http/pages.ts';

/** Header of requests that a page makes by itself: they leave the idle time running. */
const background = 'x-waymark-background';

// So do the page that comes by itself before the end, and asking when that is.
function isBackground({ request, route }: RequestEvent): boolean {
	if (request.headers.has(background) || route.id === '/(public)/still-here') return true;
	return route.id === '/(public)/stay' && request.method !== 'POST';
}

/** Finds who is asking. With the database away, signed-in pages become a plain 503 page. */
export const session: Handle = async ({ event, resolve }) => {
	event.locals.actor = null;
	const token = tokenOf(event);
	// The way out answers without the database.
	if (token && event.route.id !== '/(public)/exit') {
		try {
			event.locals.actor = await findActor(event, token);
		} catch (error) {
			if (!isUnavailable(error) && !(error instanceof AppError)) throw error;
			if (!isOpen(event.route.id)) return plainResponse();
		}
		if (!event.locals.actor) {
			event.locals.endedToken = token;
			if (!(await hasMoved(token))) forget(event);
		}
	}
	return resolve(event);
};

async function findActor(event: RequestEvent, token: string): Promise<Actor | null> {
	const { db, force } = app();
	const { id: forceId } = await force();
	const found = await sessions.find(db, forceId, token, { background: isBackground(event) });
	if (!found) return null;
	const { session: mine, account } = found;
	const { seenAt, idleSeconds, expiresAt } = mine;
	if (seenAt && idleSeconds !== null) {
		event.locals.stay = stayOf({ seenAt, idleSeconds, expiresAt });
	}
	return {
		forceId,
		accountId: account.id,
		role: account.role,
		deskId: account.deskId,
		teamId: account.teamId,
		controllerId: account.controllerId,
		sessionId: mine.id,
		participationId: mine.participationId,
		view: mine.view,
		label: account.staffLabel,
		language: languageOf(account.language),
		steppedUpUntil: mine.steppedUpUntil
	};
}

// Of two presses at once the second still brings the token that the first replaced: it is signed out,
// but its answer must not take the cookie that the first was given.
async function hasMoved(token: string): Promise<boolean> {
	const { db, force } = app();
	try {
		return await sessions.hasMoved(db, (await force()).id, token);
	} catch (error) {
		if (!isUnavailable(error) && !(error instanceof AppError)) throw error;
		return false;
	}
}

/** Gives the token that the browser brought along, if any. */
export function tokenOf(event: RequestEvent): string | undefined {
	return event.cookies.get(cookieName(app().config.origin));
}

/** Gives the browser the token of a session; it goes when the browser closes. */
export function remember(event: RequestEvent, token: string): void {
	const { origin } = app().config;
	event.cookies.set(cookieName(origin), token, cookieOptions(origin));
}

/** Gives the browser the token that its session goes on under; null when it was given it already. */
export function follow(event: RequestEvent, moved: { token: string } | null): void {
	if (moved) remember(event, moved.token);
}

/** Takes the session's cookie from the browser. */
export function forget(event: RequestEvent): void {
	const { origin } = app().config;
	event.cookies.delete(cookieName(origin), cookieOptions(origin));
}

function plainResponse(): Response {
	return new Response(plainPage(503), {
		status: 503,
		headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '30' }
	});
}
