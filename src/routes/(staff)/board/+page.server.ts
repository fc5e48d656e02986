import * as work from '#lib/server/cases/work.ts';
import { run } from '#lib/server/http/run.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => ({ board: await work.board(ctx) }));
