import { error, redirect } from '@sveltejs/kit';
import { parse, parseVersion } from '#lib/forms/support-reply.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as support from '#lib/server/support/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const number = numberOf(event.params.number);
		const show = event.url.searchParams.has('show');
		if (show && !isFresh(ctx)) {
			redirect(303, `/me/check?to=${encodeURIComponent(`/support/${number}?show`)}`);
		}
		return {
			// A key for each form: what one of them did must not swallow the other.
			fields: { reply: formFields(ctx), withdraw: formFields(ctx) },
			request: await support.read(ctx, number, show)
		};
	});

export const actions: Actions = {
	reply: async (event) => {
		const number = numberOf(event.params.number);
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const done = await support.write(ctx, number, { ...answers, key });
			if (done.ok) redirect(303, `/support/${number}`);
			return failed(typed, 409, [], { what: 'reply', latest: done.error.latest });
		});
	},
	// Pressed first without `sure`: the page asks once more, and nothing has happened yet.
	withdraw: async (event) => {
		const number = numberOf(event.params.number);
		const typed = await event.request.clone().formData();
		return submit(event, parseVersion, async ({ ctx, answers, key }) => {
			if (typed.get('sure') !== 'yes') return { asking: true };
			const done = await support.withdraw(ctx, number, { ...answers, key });
			if (done.ok) redirect(303, `/support/${number}`);
			return failed(typed, 409, [], { what: 'withdraw', latest: done.error.latest });
		});
	}
};

function numberOf(parameter: string): number {
	if (!/^[1-9]\d{0,5}$/.test(parameter)) error(404, 'not found');
	return Number(parameter);
}
