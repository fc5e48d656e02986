import { fail, redirect } from '@sveltejs/kit';
import { startPage } from '#lib/domain/access/role.ts';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/sign-in.ts';
import { chooseFirst } from '#lib/server/accounts/service.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { app } from '#lib/server/http/app.ts';
import { plainly } from '#lib/server/http/run.ts';
import { forget, remember, tokenOf } from '#lib/server/http/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (locals.actor) {
		const role = locals.actor.role;
		if (role !== 'agency_system' && role !== 'worker' && role !== 'operator') {
			redirect(303, startPage[role]);
		}
	}
	return { ended: url.searchParams.has('ended'), kept: url.searchParams.has('kept') };
};

export const actions: Actions = {
	default: async (event) => {
		const data = await event.request.formData();
		const answers = parse(data);
		if (!answers.ok) return fail(422, answers.error);
		const { db, keys, force, clock } = app();
		const { forceId, found } = await plainly(event, async () => {
			const { id: forceId } = await force();
			const source = event.getClientAddress();
			const replaces = tokenOf(event);
			const found = await signIn({ db, forceId, keys }, { ...answers.value, source, replaces });
			return { forceId, found };
		});
		if (!found.ok) {
			forget(event);
			const { error } = found;
			const waits = error.kind === 'wait';
			const problem = waits
				? { field: 'name', key: 'common:error.wait', values: { count: error.seconds } }
				: { field: 'name', key: 'public:signIn.error.refused' };
			return fail(waits ? 429 : 422, refuse(data, [problem], ['password']).error);
		}
		const { token, accountId, role, view } = found.value;
		remember(event, token);
		if (role === 'victim') {
			const { requestId } = event.locals;
			const begun = { db, keys, clock, forceId, accountId, token, requestId };
			await plainly(event, () => chooseFirst(begun));
		}
		// What was kept is shown at once, but never in the plain view: home leads there later.
		const kept = event.url.searchParams.has('kept') && view === 'full';
		redirect(303, kept ? (role === 'victim' ? '/me/kept' : '/kept') : startPage[role]);
	}
};
