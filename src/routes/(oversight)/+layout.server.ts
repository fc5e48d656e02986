import { stayOn } from '#lib/server/http/stay.ts';
import type { LayoutServerLoad } from './$types';

// `url` is read so that every page says until when its person stays signed in.
export const load: LayoutServerLoad = ({ locals, url }) => ({
	label: locals.actor?.label ?? '',
	at: url.pathname,
	stay: stayOn(locals)
});
