import { redirect } from '@sveltejs/kit';
import { isUnplaced, placeOf } from '#lib/domain/access/place.ts';
import { roles, startPage } from '#lib/domain/access/role.ts';
import { contextOf } from '#lib/server/http/run.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { actor } = contextOf(event);
	const role = roles.find((known) => known === actor.role) ?? 'operator';
	// Whoever has been given a place in the meantime goes to work.
	if (!isUnplaced(actor)) redirect(303, startPage[role]);
	return { place: role === 'supervisor' ? 'ownTeam' : (placeOf[role] ?? 'team') };
};
