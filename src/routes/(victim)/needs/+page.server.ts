import { run } from '#lib/server/http/run.ts';
import * as needs from '#lib/server/needs/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => run(event, (ctx) => needs.overview(ctx));
