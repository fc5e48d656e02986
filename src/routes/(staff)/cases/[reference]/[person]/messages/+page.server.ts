import { error, redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/support-reply.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as messages from '#lib/server/messages/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const { reference, person } = event.params;
		const number = numberOf(event.url.searchParams.get('thread'));
		return {
			fields: formFields(ctx),
			path: `/cases/${reference}/${person}`,
			...(await messages.threadsFor(ctx, { reference, person }, number))
		};
	});

export const actions: Actions = {
	reply: async (event) => {
		const { reference, person } = event.params;
		const number = numberOf(event.url.searchParams.get('thread'));
		if (number === null) error(404, 'not found');
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const about = { reference, person };
			const done = await messages.reply(ctx, about, number, { ...answers, key });
			if (done.ok) redirect(303, `/cases/${reference}/${person}/messages?thread=${number}`);
			return failed(typed, 409, [], { what: 'reply', latest: done.error.latest });
		});
	}
};

function numberOf(parameter: string | null): number | null {
	return parameter !== null && /^[1-9]\d{0,5}$/.test(parameter) ? Number(parameter) : null;
}
