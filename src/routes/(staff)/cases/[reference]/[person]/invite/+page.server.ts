import type { RequestEvent } from '@sveltejs/kit';
import { inviteActions, invitePage, type Door } from '#lib/server/http/invite-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => invitePage(event, doorOf(event));
export const actions: Actions = inviteActions(doorOf);

function doorOf({ params }: RequestEvent): Door {
	const place = { reference: params.reference ?? '', person: params.person ?? '' };
	return { place, path: `/cases/${place.reference}/${place.person}` };
}
