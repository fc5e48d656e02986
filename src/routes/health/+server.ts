import { canServe } from '#lib/server/http/health.ts';
import type { RequestHandler } from './$types';

/** Answers whether we can serve: 200 with the database in reach, 503 without. No versions, no counts. */
export const GET: RequestHandler = async () => {
	const ok = await canServe();
	return new Response(ok ? 'ok\n' : 'unavailable\n', {
		status: ok ? 200 : 503,
		headers: { 'content-type': 'text/plain' }
	});
};
