import type { RequestEvent } from '@sveltejs/kit';
import { inviteActions, invitePage, type Door } from '#lib/server/http/invite-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => invitePage(event, doorOf(event));
export const actions: Actions = inviteActions(doorOf);

function doorOf({ params }: RequestEvent): Door {
	const request = params.reference ?? '';
	return { place: { request }, path: `/requests/${request}` };
}
