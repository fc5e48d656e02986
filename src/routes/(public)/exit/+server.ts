import { exitDestination } from '#lib/i18n/exit-words.ts';
import { cookieName, cookieOptions } from '#lib/server/auth/cookie.ts';
import { endLater } from '#lib/server/auth/leaving.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { app } from '#lib/server/http/app.ts';
import { tokenOf } from '#lib/server/http/session.ts';
import type { RequestHandler } from './$types';

/**
 * The way out: the one GET that changes something. Its answer never waits for the database; the
 * session itself ends behind it.
 */
export const GET: RequestHandler = (event) => {
	const { config, db, force } = app();
	const token = tokenOf(event);
	if (token !== undefined) {
		void endLater(async () => sessions.end(db, (await force()).id, token));
	}
	event.cookies.delete(cookieName(config.origin), cookieOptions(config.origin));
	return new Response(null, { status: 303, headers: { location: exitDestination } });
};
