import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { parseButton, parseChoice } from '#lib/forms/settings.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { follow, forget, tokenOf } from '#lib/server/http/session.ts';
import * as me from '#lib/server/me/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		me: await me.read(ctx),
		changed: event.url.searchParams.has('changed')
	}));

export const actions: Actions = {
	less: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			await me.showLess(ctx, token(event));
			redirect(303, '/home');
		}),
	private: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			follow(event, await me.trustDevice(ctx, token(event)));
			redirect(303, '/me');
		}),
	choose: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseChoice, async ({ ctx, answers }) => {
			const chosen = await me.choose(ctx, token(event), answers.participationId);
			if (chosen.ok) {
				follow(event, chosen.value);
				redirect(303, '/home');
			}
			return failed(typed, 422, [{ field: 'case', key: 'victim:choose.error.missing' }]);
		});
	},
	everywhere: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			await me.signOutEverywhere(ctx);
			forget(event);
			redirect(303, '/sign-in?ended');
		})
};

function token(event: RequestEvent): string {
	return tokenOf(event) ?? error(404, 'not found');
}
