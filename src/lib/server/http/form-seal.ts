import { createHmac, randomUUID } from 'node:crypto';
import type { Ctx } from '#lib/server/context.ts';

/** The two fields every signed-in form carries: for whom it was rendered, and its own key. */
export type FormFields = { readonly place: string; readonly key: string };

/** Gives the hidden fields for a form about to be rendered. */
export function formFields(ctx: Ctx): FormFields {
	return { place: sealedPlace(ctx), key: randomUUID() };
}

/**
 * Seals account and participation together: a form rendered for one case cannot be posted after
 * the person has chosen another, nor by anybody else.
 */
export function sealedPlace(ctx: Ctx): string {
	return createHmac('sha256', ctx.keys.formKey)
		.update(`${ctx.actor.accountId ?? ''}\0${ctx.actor.participationId ?? ''}`)
		.digest('base64url');
}
