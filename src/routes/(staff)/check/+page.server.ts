import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/second-step.ts';
import { staffWayOn } from '#lib/forms/step-up.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import * as stepUp from '#lib/server/auth/step-up.ts';
import { confirmsByForce } from '#lib/server/http/force-account.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { plainly, run, submit } from '#lib/server/http/run.ts';
import { ownHolder } from '#lib/server/http/second-step.ts';
import { remember } from '#lib/server/http/session.ts';
import { refusal } from '#lib/server/http/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const [byForce, step] = await Promise.all([
			confirmsByForce(event),
			ownHolder(event).then(secondStep.find)
		]);
		return {
			fields: formFields(ctx),
			back: staffWayOn(event.url.searchParams.get('to'), ctx.actor.role),
			byForce,
			// Whoever confirms with the force's account may have no authenticator here.
			byCode: !byForce || (step?.since ?? null) !== null
		};
	});

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.clone().formData();
		return submit(event, parse, async ({ ctx, answers }) => {
			const holder = await plainly(event, () => ownHolder(event));
			const source = event.getClientAddress();
			const raised = await stepUp.confirmWithCode(holder, { typed: answers.typed, source });
			const wrong = { field: 'code', key: 'second-step:error.refused' };
			if (!raised.ok) return refusal(data, raised.error, wrong);
			remember(event, raised.value.token);
			redirect(303, staffWayOn(event.url.searchParams.get('to'), ctx.actor.role));
		});
	}
};
