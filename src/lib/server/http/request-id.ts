import { randomUUID } from 'node:crypto';
import type { Handle } from '@sveltejs/kit';
import { log } from '#lib/server/log.ts';

/** Gives each request an id of its own and one log line: route, status, duration; never an address. */
export const requestId: Handle = async ({ event, resolve }) => {
	event.locals.requestId = randomUUID();
	const began = performance.now();
	const response = await resolve(event);
	log('request', {
		request: event.locals.requestId,
		account: event.locals.actor?.accountId ?? null,
		route: event.route.id,
		method: event.request.method,
		status: response.status,
		ms: Math.round(performance.now() - began)
	});
	return response;
};
