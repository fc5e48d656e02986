import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/support-ask.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as support from '#lib/server/support/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({ fields: formFields(ctx), ...(await support.askPage(ctx)) }));

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			if ('show' in answers) return answers;
			const sent = await support.ask(ctx, key, answers.send);
			if (!sent.ok) {
				typed.set('step', 'desk');
				return failed(typed, 422, [{ field: 'desk', key: 'support:ask.error.notOffered' }]);
			}
			redirect(303, `/support/${sent.value}`);
		});
	}
};
