import { stayOn } from '#lib/server/http/stay.ts';
import type { LayoutServerLoad } from './$types';

// `url` is read so that this runs again on every page: the view may have changed in between.
export const load: LayoutServerLoad = ({ locals, url }) => ({
	plain: locals.actor?.view === 'plain',
	at: url.pathname,
	stay: stayOn(locals)
});
