import { redirect } from '@sveltejs/kit';
import { parse, parseWhich } from '#lib/forms/contact-change.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import { remember, tokenOf } from '#lib/server/http/session.ts';
import { confirmSecret } from '#lib/server/me/secret.ts';
import * as reach from '#lib/server/reach/service.ts';
import type { Actions, PageServerLoad } from './$types';

const again = { field: 'password', key: 'victim:check.error.again' };

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		// Home asks which case is meant.
		if (ctx.actor.participationId === null) redirect(303, '/home');
		const done = event.url.searchParams.get('done');
		return {
			fields: formFields(ctx),
			done: done === 'asked' || done === 'withdrawn' ? done : null,
			...(await reach.read(ctx))
		};
	});

export const actions: Actions = {
	ask: async (event) => {
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
			const { channel, value, safe } = answers;
			const asked = await reach.ask(acting, { channel, value, safe }, key);
			if (!asked.ok) return failed(typed, 422, [again]);
			redirect(303, '/me/reach?done=asked');
		});
	},
	withdraw: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(event, parseWhich, async ({ ctx, answers, key }) => {
			const done = await reach.withdraw(ctx, answers.change, key);
			if (done.ok) redirect(303, '/me/reach?done=withdrawn');
			if (done.error === 'step_up') redirect(303, '/me/check?to=/me/reach');
			return failed(typed, 409, [{ field: 'ways', key: 'reach:stale' }]);
		});
	}
};
