import { redirect, type Action, type RequestEvent } from '@sveltejs/kit';
import { inGroups } from '#lib/domain/invitation/code.ts';
import { ok } from '#lib/domain/result.ts';
import type { Parse } from '#lib/forms/form.ts';
import { parse as parseSaid } from '#lib/forms/safety-conversation.ts';
import { app } from '#lib/server/http/app.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as invitations from '#lib/server/invitations/service.ts';

/** By which way somebody came to invite a person, and the page that they go back to. */
export type Door = { readonly place: invitations.Invitee; readonly path: string };

const nothing: Parse<null> = () => ok(null);
const byMail: Parse<boolean> = (data) => ok(data.get('mail') === 'yes');

/** Gives the page on which a person is invited, for an officer and for a caseworker alike. */
export const invitePage = (event: RequestEvent, { place, path }: Door) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		path,
		done: event.url.searchParams.get('done') === 'said' ? ('said' as const) : null,
		...(await invitations.read(ctx, place))
	}));

/** What can be done there: record what is safe, make the two codes, end the open one. */
export function inviteActions(doorOf: (event: RequestEvent) => Door) {
	return {
		said: (event) =>
			submit(event, parseSaid, async ({ ctx, answers, key }) => {
				const { place, path } = doorOf(event);
				await invitations.recordConversation(ctx, place, answers, key);
				redirect(303, `${path}/invite?done=said`);
			}),
		invite: (event) =>
			submit(event, byMail, async ({ ctx, answers: mailed, key }) => {
				const made = await invitations.invite(ctx, doorOf(event).place, key, mailed);
				if (!made.ok) {
					const problem = { field: 'invite', key: `staff-invite:error.${made.error}` };
					return failed(new FormData(), 422, [problem]);
				}
				// Shown in this answer and never again, so there is no redirect to a page of its own.
				const { code, second, expiresAt } = made.value;
				const address = new URL(app().config.origin).host;
				return {
					issued: {
						code: inGroups(code, 4),
						second: inGroups(second, 3),
						expiresAt,
						address,
						mailed
					}
				};
			}),
		revoke: (event) =>
			submit(event, nothing, async ({ ctx, key }) => {
				const { place, path } = doorOf(event);
				await invitations.revoke(ctx, place, key);
				redirect(303, `${path}/invite`);
			})
	} satisfies Record<string, Action>;
}
