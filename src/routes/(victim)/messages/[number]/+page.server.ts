import { error, redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/support-reply.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as messages from '#lib/server/messages/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const thread = await messages.read(ctx, numberOf(event.params.number));
		// What is about a request is read beside the request's state.
		if (thread.requestNumber !== null) redirect(303, `/support/${thread.requestNumber}`);
		return { fields: formFields(ctx), thread };
	});

export const actions: Actions = {
	default: async (event) => {
		const number = numberOf(event.params.number);
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const done = await messages.write(ctx, number, { ...answers, key });
			if (done.ok) redirect(303, `/messages/${number}`);
			return failed(typed, 409, [], { what: 'reply', latest: done.error.latest });
		});
	}
};

function numberOf(parameter: string): number {
	if (!/^[1-9]\d{0,5}$/.test(parameter)) error(404, 'not found');
	return Number(parameter);
}
