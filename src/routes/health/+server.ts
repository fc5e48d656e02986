import { sql } from 'kysely';
import { app } from '#lib/server/http/app.ts';
import type { RequestHandler } from './$types';

/** Answers whether we can serve: 200 with the database in reach, 503 without. No versions, no counts. */
export const GET: RequestHandler = async () => {
	try {
		await sql`select 1`.execute(app().db);
		return new Response('ok\n', { headers: { 'content-type': 'text/plain' } });
	} catch {
		return new Response('unavailable\n', {
			status: 503,
			headers: { 'content-type': 'text/plain' }
		});
	}
};
