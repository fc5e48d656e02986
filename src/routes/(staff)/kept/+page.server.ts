import { keptActions, keptPage } from '#lib/server/http/kept-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = keptPage;
export const actions = keptActions('/kept');
