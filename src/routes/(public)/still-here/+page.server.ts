import { error } from '@sveltejs/kit';
import { carryOn } from '#lib/forms/still-here.ts';
import { stayOn } from '#lib/server/http/stay.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	const stay = stayOn(locals);
	if (!stay || !locals.actor) error(404, 'not found');
	return { stay, to: carryOn(url.searchParams.get('to'), locals.actor.role) };
};
