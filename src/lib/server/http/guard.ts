import { error, redirect, type Handle } from '@sveltejs/kit';
import { roles } from '#lib/domain/access/role.ts';
import { isOpen, mayReach, pages } from '#lib/server/http/pages.ts';

/** One guard for every page, action and endpoint: a route that is not named is refused. */
export const guard: Handle = async ({ event, resolve }) => {
	const { actor } = event.locals;
	const route = event.route.id;
	if (route === null) return resolve(event);
	if (!actor && pages[route] !== undefined && !isOpen(route)) {
		redirect(303, '/sign-in?ended');
	}
	const role =
		actor && actor.role !== 'agency_system' && actor.role !== 'worker' ? actor.role : null;
	// Missing and forbidden look the same.
	if (!mayReach(route, role)) error(404, 'not found');
	// In the plain view there is one page, and it says nothing.
	if (actor?.view === 'plain' && route.startsWith('/(victim)/') && route !== '/(victim)/home') {
		redirect(303, '/home');
	}
	return resolve(event);
};
