import { error, redirect, type Action, type RequestEvent } from '@sveltejs/kit';
import { parseButton } from '#lib/forms/settings.ts';
import * as places from '#lib/server/accounts/places.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';
import { tokenOf } from '#lib/server/http/session.ts';

/** Gives the page that counts where a person is signed in, for a victim and for staff alike. */
export const placesPage = (event: RequestEvent) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		places: await places.signedInPlaces(ctx),
		done: event.url.searchParams.has('done'),
		confirmed: event.url.searchParams.has('confirmed')
	}));

/** Signs out everywhere but here; asks for the secret at `check` when it was not given lately. */
export function elsewhereAction(page: string, check: string): Action {
	return (event) =>
		submit(event, parseButton, async ({ ctx, key }) => {
			const token = tokenOf(event) ?? error(404, 'not found');
			const ended = await places.endElsewhere(ctx, { token, key });
			redirect(303, ended.ok ? `${page}?done` : `${check}?to=${page}?confirmed`);
		});
}
