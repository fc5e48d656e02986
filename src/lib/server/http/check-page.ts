import { redirect, type Actions, type RequestEvent } from '@sveltejs/kit';
import { parse } from '#lib/forms/step-up.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { remember, tokenOf } from '#lib/server/http/session.ts';
import { confirmSecret } from '#lib/server/me/secret.ts';

/** Gives the page that asks for the secret again, for a victim and for staff alike. */
export const checkPage = (event: RequestEvent) =>
	run(event, (ctx) => Promise.resolve({ fields: formFields(ctx) }));

/** Takes the secret and goes on to where `wayOn` leads: never out of this site. */
export function checkActions(wayOn: (to: string | null) => string): Actions {
	return {
		default: async (event) => {
			const typed = await event.request.clone().formData();
			// What is played back must not hold the secret.
			typed.delete('password');
			return submit(event, parse, async ({ ctx, answers }) => {
				const given = { token: tokenOf(event), source: event.getClientAddress(), ...answers };
				const confirmed = await confirmSecret(ctx, given);
				if (!confirmed.ok) return failed(typed, confirmed.error.status, [confirmed.error.problem]);
				remember(event, confirmed.value.token);
				redirect(303, wayOn(event.url.searchParams.get('to')));
			});
		}
	};
}
