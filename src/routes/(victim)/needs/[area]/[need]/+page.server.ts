import { error, redirect } from '@sveltejs/kit';
import { isAreaId } from '#lib/domain/need/areas.ts';
import { isNeedId } from '#lib/domain/need/catalogue.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { run } from '#lib/server/http/run.ts';
import * as needs from '#lib/server/needs/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const { area, need } = event.params;
		if (!isAreaId(area) || !isNeedId(need)) error(404, 'not found');
		const show = event.url.searchParams.has('show');
		if (show && !isFresh(ctx)) {
			redirect(303, `/me/check?to=${encodeURIComponent(`/needs/${area}/${need}?show`)}`);
		}
		return { area, ...(await needs.history(ctx, area, need, show)) };
	});
