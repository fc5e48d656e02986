import { fail, redirect } from '@sveltejs/kit';
import { parse as parsePasskey } from '#lib/forms/passkey.ts';
import { parse } from '#lib/forms/second-step.ts';
import * as passkey from '#lib/server/auth/passkey.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { plainly } from '#lib/server/http/run.ts';
import { passkeySite, waiting } from '#lib/server/http/second-step.ts';
import { beginning, finish, passOn, refusal } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	passOn(event);
	const { holder, step } = await plainly(event, () => waiting(event));
	if (step.since === null) redirect(303, '/sign-in/set-up');
	const passkeys = await passkey.list(await passkeySite(), holder.token);
	return { staff: step.role !== 'victim', passkeys: passkeys.length > 0 };
};

export const actions: Actions = {
	code: async (event) => {
		const data = await event.request.formData();
		const mine = await plainly(event, () => waiting(event));
		const answers = parse(data);
		if (!answers.ok) return fail(422, answers.error);
		const given = { typed: answers.value.typed, source: event.getClientAddress() };
		const right = await plainly(event, () => secondStep.answer(mine.holder, given));
		if (right.ok) redirect(303, beginning(event, await finish(event, mine)));
		return refusal(data, right.error, { field: 'code', key: 'second-step:error.refused' });
	},
	ask: async (event) => {
		const { holder } = await plainly(event, () => waiting(event));
		const site = await plainly(event, passkeySite);
		return { options: await passkey.askForSecondStep(site, holder.token) };
	},
	passkey: async (event) => {
		const data = await event.request.formData();
		const mine = await plainly(event, () => waiting(event));
		const answers = parsePasskey(data);
		if (!answers.ok) return fail(422, answers.error);
		const { response } = answers.value;
		const passed = await plainly(event, async () =>
			passkey.passedBy(await passkeySite(), mine.holder.token, response)
		);
		if (passed) redirect(303, beginning(event, await finish(event, mine)));
		const wrong = { field: 'passkey', key: 'passkeys:error.refused' };
		return refusal(data, { kind: 'refused' }, wrong);
	}
};
