import { wayOn } from '#lib/forms/step-up.ts';
import { checkActions, checkPage } from '#lib/server/http/check-page.ts';

export const load = checkPage;
export const actions = checkActions(wayOn);
