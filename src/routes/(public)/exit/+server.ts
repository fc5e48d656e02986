import { exitDestination } from '#lib/i18n/exit-words.ts';
import { cookieName, cookieOptions } from '#lib/server/auth/cookie.ts';
import { app } from '#lib/server/http/app.ts';
import type { RequestHandler } from './$types';

/** The way out: the one GET that changes something. It never asks the database. */
export const GET: RequestHandler = ({ cookies }) => {
	const { origin } = app().config;
	cookies.delete(cookieName(origin), cookieOptions(origin));
	return new Response(null, { status: 303, headers: { location: exitDestination } });
};
