import { redirect } from '@sveltejs/kit';
import { parseAdd, parseRemove, parseResolve } from '#lib/forms/linked-person.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as linked from '#lib/server/linked/page.ts';
import type { Actions, PageServerLoad } from './$types';

/** What was just done, as the address that follows a form says it. */
const doings = ['added', 'met', 'removed', 'resolved'] as const;

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		reference: event.params.reference,
		linked: await linked.read(ctx, event.params.reference),
		done: doings.find((one) => event.url.searchParams.has(one)) ?? null
	}));

export const actions: Actions = {
	add: (event) =>
		submit(event, parseAdd, async ({ ctx, answers, key }) => {
			const { reference } = event.params;
			const met = await linked.add(ctx, reference, answers, key);
			redirect(303, `/cases/${reference}/linked?${met > 0 ? 'met' : 'added'}`);
		}),
	remove: async (event) => {
		const { reference } = event.params;
		const typed = await event.request.clone().formData();
		return submit(event, parseRemove, async ({ ctx, answers, key }) => {
			const removed = await linked.remove(ctx, reference, answers, key);
			if (removed.ok) redirect(303, `/cases/${reference}/linked?removed`);
			return failed(typed, 409, [{ field: 'linked', key: 'staff-linked:error.gone' }]);
		});
	},
	resolve: async (event) => {
		const { reference } = event.params;
		const typed = await event.request.clone().formData();
		return submit(event, parseResolve, async ({ ctx, answers, key }) => {
			const resolved = await linked.resolve(ctx, reference, answers, key);
			if (resolved.ok) redirect(303, `/cases/${reference}/linked?resolved`);
			return failed(typed, 409, [{ field: 'outcome', key: 'staff-linked:error.gone' }]);
		});
	}
};
