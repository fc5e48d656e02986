import { run } from '#lib/server/http/run.ts';
import * as support from '#lib/server/support/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => run(event, (ctx) => support.overview(ctx));
