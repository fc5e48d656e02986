import { error, redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/supporter-ask.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import * as people from '#lib/server/acting/own.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { remember, tokenOf } from '#lib/server/http/session.ts';
import { confirmSecret } from '#lib/server/me/secret.ts';
import type { Actions, PageServerLoad } from './$types';

const again = { field: 'password', key: 'victim:check.error.again' };

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		if (ctx.actor.participationId === null) redirect(303, '/home');
		// Who acts for somebody lets nobody else in.
		if ((await people.read(ctx)).myPart) error(404, 'not found');
		const asks = !isFresh(ctx);
		// What was typed is not lost when the secret no longer counts: the page asks for it there.
		if (asks && event.request.method === 'GET') redirect(303, '/me/check?to=/me/people/ask');
		return { fields: formFields(ctx), asks };
	});

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		// What is played back must not hold the secret.
		typed.delete('password');
		return submit(event, parse, async ({ ctx, answers, key }) => {
			const { password, ...asked } = answers;
			let acting = ctx;
			if (!isFresh(ctx)) {
				if (password === '') return failed(typed, 422, [again]);
				const given = { token: tokenOf(event), password, source: event.getClientAddress() };
				const confirmed = await confirmSecret(ctx, given);
				if (!confirmed.ok) return failed(typed, confirmed.error.status, [confirmed.error.problem]);
				remember(event, confirmed.value.token);
				acting = confirmed.value.ctx;
				// The page that answers this request is loaded by the same person, a moment later.
				event.locals.actor = acting.actor;
			}
			const done = await people.ask(acting, asked, key);
			if (done.ok) redirect(303, '/me/people?done=asked');
			if (done.error === 'step_up') return failed(typed, 422, [again]);
			const problem = { field: 'until-day', key: `people:error.${done.error}` };
			return failed(typed, 422, [problem]);
		});
	}
};
