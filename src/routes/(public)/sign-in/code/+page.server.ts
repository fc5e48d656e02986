import { fail, redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/second-step.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { plainly } from '#lib/server/http/run.ts';
import { waiting } from '#lib/server/http/second-step.ts';
import { beginning, finish, passOn, refusal } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	passOn(event);
	const { step } = await plainly(event, () => waiting(event));
	if (step.since === null) redirect(303, '/sign-in/set-up');
	return { staff: step.role !== 'victim' };
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const mine = await plainly(event, () => waiting(event));
		const answers = parse(data);
		if (!answers.ok) return fail(422, answers.error);
		const given = { typed: answers.value.typed, source: event.getClientAddress() };
		const right = await plainly(event, () => secondStep.answer(mine.holder, given));
		if (right.ok) redirect(303, beginning(event, await finish(event, mine)));
		return refusal(data, right.error, { field: 'code', key: 'second-step:error.refused' });
	}
};
