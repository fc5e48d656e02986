import { passwordAction, secretPage } from '#lib/server/http/secret-page.ts';
import type { Actions, PageServerLoad } from './$types';

const ways = { page: '/account/secret', check: '/check', done: '/account?changed' };

export const load: PageServerLoad = (event) => secretPage(event, ways);
export const actions: Actions = { default: passwordAction(ways) };
