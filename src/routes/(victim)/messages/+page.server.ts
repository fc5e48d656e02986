import { run } from '#lib/server/http/run.ts';
import * as messages from '#lib/server/messages/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => run(event, (ctx) => messages.threads(ctx));
