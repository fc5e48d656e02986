import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/search.ts';
import * as views from '#lib/server/cases/views.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, (ctx) =>
		Promise.resolve({ fields: formFields(ctx), desk: ctx.actor.role === 'caseworker' })
	);

// Posted, so that no crime reference is left in an address.
export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers }) => {
			const place = await views.find(ctx, answers.reference);
			if (place !== null) redirect(303, place);
			return failed(typed, 422, [{ field: 'reference', key: 'staff:search.none' }]);
		});
	}
};
