import type { HandleServerError } from '@sveltejs/kit';
import { log } from '#lib/server/log.ts';

/** Gives the reader a reference and nothing else; the log gets the kind of error and where. */
export const failure: HandleServerError = ({ error, event, status }) => {
	const reference = (event.locals.requestId ?? '').slice(0, 8);
	// What a request got wrong is no failure of ours.
	if (status >= 500) {
		const name = error instanceof Error ? error.name : 'unknown';
		const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
		log('request.failed', { request: event.locals.requestId, name, where: where.slice(0, 200) });
	}
	return { message: status === 404 ? 'not found' : 'something went wrong', reference };
};
