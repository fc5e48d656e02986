import * as ownSecret from '#lib/server/accounts/own-secret.ts';
import { elsewhereAction, placesPage } from '#lib/server/http/places-page.ts';
import { run } from '#lib/server/http/run.ts';
import { ownToken } from '#lib/server/http/secret-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
	...(await placesPage(event)),
	hasPassword: await run(event, (ctx) => ownSecret.hasOne(ctx, ownToken(event))),
	changed: event.url.searchParams.has('changed')
});
export const actions = { elsewhere: elsewhereAction('/account', '/check') };
