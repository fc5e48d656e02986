import { queueFilter } from '#lib/domain/support/queue.ts';
import { run } from '#lib/server/http/run.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const { searchParams } = event.url;
		const filter = queueFilter({
			show: searchParams.get('show'),
			urgency: searchParams.get('urgency')
		});
		return { filter, now: ctx.clock(), ...(await desk.queue(ctx, filter)) };
	});
