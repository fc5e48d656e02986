import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/second-step.ts';
import { parseButton } from '#lib/forms/settings.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import type { Ctx } from '#lib/server/context.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { contextOf, plainly, run, submit } from '#lib/server/http/run.ts';
import { labelFor, ownHolder } from '#lib/server/http/second-step.ts';
import * as mine from '#lib/server/me/second-step.ts';
import type { Actions, PageServerLoad } from './$types';

const check = '/me/check?to=/me/second-step';

export const load: PageServerLoad = async (event) => {
	const holder = await freshHolder(event, contextOf(event));
	return run(event, async (ctx) => {
		const step = await mine.read(ctx, holder);
		const offer = step.since === null ? await secondStep.offer(holder, labelFor(step)) : null;
		return { fields: formFields(ctx), since: step.since, codesLeft: step.codesLeft, offer };
	});
};

export const actions: Actions = {
	begin: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseButton, async ({ ctx }) => {
			const holder = await freshHolder(event, ctx);
			const step = await mine.read(ctx, holder);
			const answers = parse(typed);
			const sealed = typeof typed.get('sealed') === 'string' ? String(typed.get('sealed')) : '';
			const accepted = answers.ok ? await mine.accept(ctx, holder, answers.value) : null;
			if (accepted?.ok) return { codes: accepted.value.codes };
			if (accepted?.error === 'gone') redirect(303, check);
			const problem = { field: 'code', key: 'second-step:error.refused' };
			const refusal = answers.ok ? refuse(typed, [problem], ['code', 'sealed']) : answers;
			const offer = await secondStep.offerAgain(holder, sealed, labelFor(step));
			return fail(422, { ...refusal.error, offer });
		});
	},
	codes: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			const codes = await mine.newCodes(ctx, await freshHolder(event, ctx));
			if (codes === null) redirect(303, check);
			return { codes };
		}),
	off: (event) =>
		submit(event, parseButton, async ({ ctx }) => {
			const gone = await mine.turnOff(ctx, await freshHolder(event, ctx));
			redirect(303, gone ? '/me/second-step' : check);
		})
};

/** Whoever holds the session and gave the secret lately; others are asked for it first. */
async function freshHolder(event: RequestEvent, ctx: Ctx): Promise<secondStep.Holder> {
	if (!isFresh(ctx)) redirect(303, check);
	return plainly(event, () => ownHolder(event));
}
