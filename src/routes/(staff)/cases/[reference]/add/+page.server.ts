import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/victim-add.ts';
import { languageOf } from '#lib/i18n/languages.ts';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { labelProblem } from '#lib/server/http/label-problem.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		await views.requireCase(ctx, event.params.reference);
		return { fields: formFields(ctx), reference: event.params.reference };
	});

export const actions: Actions = {
	default: async (event) => {
		const { reference } = event.params;
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const person = { ...answers.person, language: languageOf(answers.person.language) };
			const added = await cases.addVictim(ctx, reference, person, key, answers.insider);
			if (added.ok || added.error === 'repeated') redirect(303, `/cases/${reference}?added`);
			const { error } = added;
			const grounds = { field: 'grounds', key: 'staff:error.groundsMissing' };
			if (error === 'check') {
				return failed(typed, 409, [{ field: 'name', key: 'staff-linked:error.stopped' }]);
			}
			return failed(typed, 422, [error === 'tier' ? grounds : labelProblem(error)]);
		});
	}
};
