import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { parseButton, parseChoice } from '#lib/forms/settings.ts';
import * as home from '#lib/server/home/service.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { follow, tokenOf } from '#lib/server/http/session.ts';
import * as me from '#lib/server/me/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		at: ctx.clock(),
		home: await home.read(ctx)
	}));

export const actions: Actions = {
	more: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			follow(event, await me.showMore(ctx, token(event)));
			redirect(303, '/home');
		}),
	private: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			follow(event, await me.trustDevice(ctx, token(event)));
			redirect(303, '/home');
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
	}
};

function token(event: RequestEvent): string {
	return tokenOf(event) ?? error(404, 'not found');
}
