import { redirect } from '@sveltejs/kit';
import { parse } from '#lib/forms/safety-plan.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { remember, tokenOf } from '#lib/server/http/session.ts';
import { confirmSecret } from '#lib/server/me/secret.ts';
import * as safety from '#lib/server/safety/service.ts';
import type { Actions, PageServerLoad } from './$types';

const again = { field: 'password', key: 'victim:check.error.again' };

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		// Home asks which case is meant.
		if (ctx.actor.participationId === null) redirect(303, '/home');
		const plan = await safety.read(ctx);
		// What was typed is not lost when the secret no longer counts: the page asks for it there.
		if (!plan.ok && event.request.method === 'GET') redirect(303, '/me/check?to=/me/safety');
		return {
			fields: formFields(ctx),
			plan: plan.ok ? plan.value : null,
			saved: event.url.searchParams.has('saved')
		};
	});

export const actions: Actions = {
	default: async (event) => {
		const typed = await event.request.clone().formData();
		// What is played back must not hold the secret.
		typed.delete('password');
		return submit(event, parse, async ({ ctx, answers, key }) => {
			let acting = ctx;
			if (!isFresh(ctx)) {
				if (answers.password === '') return failed(typed, 422, [again]);
				const source = event.getClientAddress();
				const given = { token: tokenOf(event), password: answers.password, source };
				const confirmed = await confirmSecret(ctx, given);
				if (!confirmed.ok) return failed(typed, confirmed.error.status, [confirmed.error.problem]);
				remember(event, confirmed.value.token);
				acting = confirmed.value.ctx;
				// The page that answers this request is loaded by the same person, a moment later.
				event.locals.actor = acting.actor;
			}
			const saved = await safety.save(acting, answers.rules, answers.version, key);
			if (saved.ok) redirect(303, '/me/safety?saved');
			if (saved.error === 'step_up') return failed(typed, 422, [again]);
			if (saved.error === 'contradiction') {
				return failed(typed, 422, [{ field: 'unsafe', key: 'victim:safety.error.both' }]);
			}
			const current = await safety.read(acting);
			const stale = [{ field: 'content', key: 'common:error.stale' }];
			return failed(typed, 409, stale, current.ok ? current.value : undefined);
		});
	}
};
