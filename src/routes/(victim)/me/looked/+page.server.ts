import { redirect } from '@sveltejs/kit';
import { run } from '#lib/server/http/run.ts';
import * as me from '#lib/server/me/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		// Home asks which case is meant.
		if (ctx.actor.participationId === null) redirect(303, '/home');
		const [days, changed] = await Promise.all([me.looked(ctx), me.recoveries(ctx)]);
		return { at: ctx.clock(), days, changed };
	});
