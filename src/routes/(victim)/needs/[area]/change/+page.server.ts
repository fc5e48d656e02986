import { error, fail, redirect } from '@sveltejs/kit';
import { isAreaId, type AreaId } from '#lib/domain/need/areas.ts';
import { refuse } from '#lib/forms/form.ts';
import { parse } from '#lib/forms/need-answer.ts';
import { ok } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { formFields } from '#lib/server/http/form-seal.ts';
import { run, submit } from '#lib/server/http/run.ts';
import * as needs from '#lib/server/needs/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const area = areaOf(event.params.area);
		const show = event.url.searchParams.has('show');
		// A form that comes back is shown to whoever typed it; only a fresh look asks for the secret.
		if (show && event.request.method === 'GET' && !isFresh(ctx)) {
			redirect(303, `/me/check?to=${encodeURIComponent(`/needs/${area}/change?show`)}`);
		}
		const view = await needs.area(ctx, area, show);
		if (!view.maySay) error(404, 'not found');
		return { fields: formFields(ctx), ...view };
	});

export const actions: Actions = {
	check: async (event) => {
		const area = areaOf(event.params.area);
		const typed = await event.request.clone().formData();
		return submit(event, parse(area), async ({ ctx, answers }) => {
			const compared = await needs.compare(ctx, area, answers);
			if (!compared.ok) return stale(typed, compared.error);
			return { values: valuesOf(typed), check: compared.value };
		});
	},
	edit: (event) =>
		submit(
			event,
			(data) => ok(valuesOf(data)),
			async ({ answers }) => ({ values: answers, check: null })
		),
	save: async (event) => {
		const area = areaOf(event.params.area);
		const typed = await event.request.clone().formData();
		return submit(event, parse(area), async ({ ctx, answers, key }) => {
			const done = await needs.say(ctx, { key, area, answers });
			if (!done.ok) return stale(typed, done.error);
			const nothing = done.value !== 'repeated' && done.value.said === 0;
			redirect(303, `/needs/${area}?${nothing ? 'same' : 'saved'}`);
		});
	}
};

function stale(typed: FormData, { clashes }: needs.Stale) {
	const errors = [{ field: 'content', key: 'needs-pages:conflict.title' }];
	return fail(409, { errors, values: valuesOf(typed), clashes });
}

function valuesOf(data: FormData): Readonly<Record<string, readonly string[]>> {
	return refuse(data, []).error.values;
}

function areaOf(parameter: string): AreaId {
	if (!isAreaId(parameter)) error(404, 'not found');
	return parameter;
}
