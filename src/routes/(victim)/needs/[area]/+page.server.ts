import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { isAreaId, type AreaId } from '#lib/domain/need/areas.ts';
import { ok } from '#lib/domain/result.ts';
import { parse } from '#lib/forms/need-dispute.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { failed, run, submit } from '#lib/server/http/run.ts';
import * as needs from '#lib/server/needs/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const area = areaOf(event.params.area);
		const show = event.url.searchParams.has('show');
		if (show && !isFresh(ctx)) {
			redirect(303, `/me/check?to=${encodeURIComponent(`/needs/${area}?show`)}`);
		}
		const view = await needs.area(ctx, area, show);
		return {
			...view,
			fields: formFields(ctx),
			// Each form has its own key: one that was sent must not silence another.
			cards: view.cards.map((card) => ({ ...card, fields: formFields(ctx) })),
			saved: event.url.searchParams.has('saved'),
			same: event.url.searchParams.has('same')
		};
	});

export const actions: Actions = {
	right: (event) => respond(event, event.params.area, 'still_right'),
	wrong: (event) => respond(event, event.params.area, 'not_right'),
	seen: (event) =>
		submit(
			event,
			() => ok(null),
			async ({ ctx }) => {
				const area = areaOf(event.params.area);
				await needs.markSeen(ctx, area);
				redirect(303, `/needs/${area}`);
			}
		)
};

async function respond(event: RequestEvent, parameter: string, kind: 'still_right' | 'not_right') {
	const area = areaOf(parameter);
	const typed = await event.request.clone().formData();
	return submit(event, parse, async ({ ctx, answers, key }) => {
		const done = await needs.respond(ctx, { key, area, kind, about: answers });
		if (!done.ok) {
			const stale = { field: answers.needId, key: 'needs-pages:conflict.title' };
			return failed(typed, 409, [stale], answers.needId);
		}
		redirect(303, `/needs/${area}?saved`);
	});
}

function areaOf(parameter: string): AreaId {
	if (!isAreaId(parameter)) error(404, 'not found');
	return parameter;
}
