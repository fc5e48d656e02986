import { redirect, type Handle, type RequestEvent } from '@sveltejs/kit';
import { isUnplaced } from '#lib/domain/access/place.ts';
import { roles } from '#lib/domain/access/role.ts';
import { keepForm } from '#lib/server/http/kept-form.ts';
import { isOpen, mayReach, pages } from '#lib/server/http/pages.ts';
import { plainPage } from '#lib/server/http/plain-pages.ts';

const plainHome: string = '/(victim)/home';
const waitingRoom: string = '/(staff)/unplaced';
/** What is a colleague's own whether or not they have a place: their account, and showing who they are. */
const ownPages = /^\/\(staff\)\/(account|check)(\/|$)/;

/** One guard for every page, action and endpoint: a route that is not named is refused. */
export const guard: Handle = async ({ event, resolve }) => {
	const { actor } = event.locals;
	const route = event.route.id;
	if (route === null || !canBeOurs(event)) return plainly(404);
	if (!actor && pages[route] !== undefined && !isOpen(route)) {
		const token = event.request.method === 'POST' ? event.locals.endedToken : undefined;
		if (token) await keepForm(event, token);
		redirect(303, '/sign-in?ended');
	}
	const role = roles.find((known) => known === actor?.role) ?? null;
	// Missing and forbidden look the same, to the byte.
	if (!mayReach(route, role)) return plainly(404);
	// In the plain view there is one page, and it says nothing.
	if (actor?.view === 'plain' && route.startsWith('/(victim)/') && route !== plainHome) {
		redirect(303, '/home');
	}
	// Without a team or desk there is no work to show, so one page says what is missing.
	const waits = route.startsWith('/(staff)/') && route !== waitingRoom && !ownPages.test(route);
	if (actor && isUnplaced(actor) && waits) {
		redirect(303, '/unplaced');
	}
	const response = await resolve(event);
	return response.status === 405 ? plainly(405) : response;
};

// PostgreSQL takes no NUL in a reference; and every object has a `constructor`, so the framework
// would take that for the name of an action.
function canBeOurs({ params, url }: RequestEvent): boolean {
	if (Object.values(params).some((parameter) => parameter?.includes('\0'))) return false;
	return ![...url.searchParams.keys()].some(
		(name) => name.startsWith('/') && name.slice(1) in Object.prototype
	);
}

function plainly(status: 404 | 405): Response {
	return new Response(plainPage(status), {
		status,
		headers: { 'content-type': 'text/html; charset=utf-8' }
	});
}
