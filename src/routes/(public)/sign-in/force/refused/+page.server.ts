import { error } from '@sveltejs/kit';
import { app } from '#lib/server/http/app.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
	if (!app().provider) error(404, 'not found');
	return { away: url.searchParams.has('away') };
};
