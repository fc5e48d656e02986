import { elsewhereAction, placesPage } from '#lib/server/http/places-page.ts';

export const load = placesPage;
export const actions = { elsewhere: elsewhereAction('/me/sessions', '/me/check') };
