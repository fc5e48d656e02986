import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/case-open.ts';
import { languageOf } from '#lib/i18n/languages.ts';
import * as cases from '#lib/server/cases/service.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { labelProblem } from '#lib/server/http/label-problem.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import type { Actions, PageServerLoad } from './$types';

const problems: Readonly<
	Record<Extract<cases.OpenRefusal, string>, { field: string; key: string }>
> = {
	duplicate: { field: 'crimeReference', key: 'staff:error.duplicate' },
	in_future: { field: 'reported-day', key: 'staff:error.reportedFuture' },
	no_team: { field: 'crimeReference', key: 'staff:error.noTeam' },
	tier: { field: 'grounds', key: 'staff:error.groundsMissing' }
};

export const load: PageServerLoad = (event) =>
	run(event, (ctx) => Promise.resolve({ fields: formFields(ctx) }));

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const person = { ...answers.person, language: languageOf(answers.person.language) };
			const opened = await cases.open(ctx, { ...answers, person }, key);
			if (opened.ok) redirect(303, `/cases/${opened.value.reference}?opened`);
			const { error } = opened;
			const problem = typeof error === 'string' ? problems[error] : labelProblem(error);
			return failed(typed, 422, [problem]);
		});
	}
};
