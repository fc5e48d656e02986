import { redirect, type Handle } from '@sveltejs/kit';
import { roles } from '#lib/domain/access/role.ts';
import { keepForm } from '#lib/server/http/kept-form.ts';
import { isOpen, mayReach, pages } from '#lib/server/http/pages.ts';
import { plainPage } from '#lib/server/http/plain-pages.ts';

const plainHome: string = '/(victim)/home';

/** One guard for every page, action and endpoint: a route that is not named is refused. */
export const guard: Handle = async ({ event, resolve }) => {
	const { actor } = event.locals;
	const route = event.route.id;
	if (route === null) return plainly404();
	if (!actor && pages[route] !== undefined && !isOpen(route)) {
		const token = event.request.method === 'POST' ? event.locals.endedToken : undefined;
		if (token) await keepForm(event, token);
		redirect(303, '/sign-in?ended');
	}
	const role = roles.find((known) => known === actor?.role) ?? null;
	// Missing and forbidden look the same, to the byte.
	if (!mayReach(route, role)) return plainly404();
	// In the plain view there is one page, and it says nothing.
	if (actor?.view === 'plain' && route.startsWith('/(victim)/') && route !== plainHome) {
		redirect(303, '/home');
	}
	return resolve(event);
};

function plainly404(): Response {
	return new Response(plainPage(404), {
		status: 404,
		headers: { 'content-type': 'text/html; charset=utf-8' }
	});
}
