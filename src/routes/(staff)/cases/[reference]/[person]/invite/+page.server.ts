import { redirect, type RequestEvent } from '@sveltejs/kit';
import { inGroups } from '#lib/domain/invitation/code.ts';
import { ok } from '#lib/domain/result.ts';
import type { Parse } from '#lib/forms/form.ts';
import { parse as parseSaid } from '#lib/forms/safety-conversation.ts';
import { app } from '#lib/server/http/app.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import type { Actions, PageServerLoad } from './$types';

const nothing: Parse<null> = () => ok(null);

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		path: pathOf(event),
		done: event.url.searchParams.get('done') === 'said' ? 'said' : null,
		...(await invitations.read(ctx, placeOf(event)))
	}));

export const actions: Actions = {
	said: (event) =>
		submit(event, parseSaid, async ({ ctx, answers, key }) => {
			await invitations.recordConversation(ctx, placeOf(event), answers, key);
			redirect(303, `${pathOf(event)}/invite?done=said`);
		}),
	invite: (event) =>
		submit(event, nothing, async ({ ctx, key }) => {
			const made = await invitations.invite(ctx, placeOf(event), key);
			if (!made.ok) {
				const problem = { field: 'invite', key: `staff-invite:error.${made.error}` };
				return failed(new FormData(), 422, [problem]);
			}
			// Shown in this answer and never again, so there is no redirect to a page of its own.
			const { code, second, expiresAt } = made.value;
			const address = new URL(app().config.origin).host;
			return {
				issued: { code: inGroups(code, 4), second: inGroups(second, 3), expiresAt, address }
			};
		}),
	revoke: (event) =>
		submit(event, nothing, async ({ ctx, key }) => {
			await invitations.revoke(ctx, placeOf(event), key);
			redirect(303, `${pathOf(event)}/invite`);
		})
};

function placeOf({ params }: RequestEvent): invitations.Place {
	return { reference: params.reference ?? '', person: params.person ?? '' };
}

function pathOf({ params }: RequestEvent): string {
	return `/cases/${params.reference ?? ''}/${params.person ?? ''}`;
}
