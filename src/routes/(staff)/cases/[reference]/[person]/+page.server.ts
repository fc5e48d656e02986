import { redirect } from '@sveltejs/kit';
import { ok } from '#lib/domain/result.ts';
import { versionOf } from '#lib/forms/need-answer.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({
		fields: formFields(ctx),
		done: ['confirmed', 'mail'].find((one) => one === event.url.searchParams.get('done')) ?? null,
		...(await viewing.person(ctx, event.params))
	}));

export const actions: Actions = {
	confirm: async (event) => {
		const typed = await event.request.clone().formData();
		return submit(
			event,
			(data) => ok(versionOf(data, 'version')),
			async ({ ctx, answers: version, key }) => {
				const place = event.params;
				const done = await recording.confirm(ctx, { key, place, version });
				if (!done.ok) {
					return failed(typed, 409, [{ field: 'confirm', key: 'staff-needs:stale.assessment' }]);
				}
				redirect(303, `/cases/${place.reference}/${place.person}?done=confirmed`);
			}
		);
	}
};
