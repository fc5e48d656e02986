import { fail, redirect } from '@sveltejs/kit';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/second-step.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { plainly } from '#lib/server/http/run.ts';
import { labelFor, waiting } from '#lib/server/http/second-step.ts';
import { beginning, finish, passOn } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	passOn(event);
	const { holder, step } = await plainly(event, () => waiting(event));
	if (step.since !== null && !step.passed) redirect(303, '/sign-in/code');
	return { offer: step.passed ? null : await secondStep.offer(holder, labelFor(step)) };
};

export const actions: Actions = {
	confirm: async (event) => {
		const data = await event.request.formData();
		const { holder, step } = await plainly(event, () => waiting(event));
		const answers = parse(data);
		const sealed = typeof data.get('sealed') === 'string' ? String(data.get('sealed')) : '';
		if (!answers.ok) {
			const offer = await secondStep.offerAgain(holder, sealed, labelFor(step));
			return fail(422, { ...answers.error, offer });
		}
		const accepted = await plainly(event, () => secondStep.accept(holder, answers.value));
		if (accepted.ok) return { codes: accepted.value.codes };
		if (accepted.error === 'gone') redirect(303, '/sign-in/set-up');
		const problem = { field: 'code', key: 'second-step:error.refused' };
		const { error } = refuse(data, [problem], ['code', 'sealed']);
		const offer = await secondStep.offerAgain(holder, sealed, labelFor(step));
		return fail(422, { ...error, offer });
	},
	go: async (event) => {
		const mine = await plainly(event, () => waiting(event));
		redirect(303, beginning(event, await finish(event, mine)));
	}
};
