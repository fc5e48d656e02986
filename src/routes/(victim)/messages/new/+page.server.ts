import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/message.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';
import * as messages from '#lib/server/messages/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({ fields: formFields(ctx), ...(await messages.newPage(ctx)) }));

export const actions: Actions = {
	default: (event) =>
		submit(event, parse, async ({ ctx, answers, key }) => {
			const number = await messages.start(ctx, key, answers);
			redirect(303, `/messages/${number}`);
		})
};
