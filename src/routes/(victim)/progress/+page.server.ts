import { redirect } from '@sveltejs/kit';
import * as home from '#lib/server/home/service.ts';
import { run } from '#lib/server/http/run.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const progress = await home.progress(ctx);
		// Home asks which case is meant.
		if (progress === null) redirect(303, '/home');
		return { at: ctx.clock(), progress };
	});
