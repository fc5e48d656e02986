import { err, ok, type Result } from '#lib/domain/result.ts';
import type { FieldError } from '#lib/forms/form.ts';
import * as stepUp from '#lib/server/auth/step-up.ts';
import type { Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';

/** Why the secret given again did not open anything, with the status of the answer. */
export type SecretRefused = { readonly status: 422 | 429; readonly problem: FieldError };

/**
 * Checks the secret given again. Gives the token that replaces the one in the cookie and what
 * services act with from then on, or what to say at the password.
 */
export async function confirmSecret(
	ctx: Ctx,
	given: { token: string | undefined; password: string; source: string }
): Promise<Result<{ token: string; ctx: Ctx }, SecretRefused>> {
	const { token, password, source } = given;
	if (token === undefined) throw notFound();
	const place = { db: ctx.db, forceId: ctx.actor.forceId, keys: ctx.keys };
	const confirmed = await stepUp.confirm(place, { token, password, source });
	if (!confirmed.ok) return err(refusal(confirmed.error));
	const actor = { ...ctx.actor, steppedUpUntil: confirmed.value.until };
	return ok({ token: confirmed.value.token, ctx: { ...ctx, actor } });
}

function refusal(reason: { kind: 'refused' } | { kind: 'wait'; seconds: number }): SecretRefused {
	if (reason.kind === 'refused') {
		return { status: 422, problem: { field: 'password', key: 'victim:check.error.refused' } };
	}
	const values = { count: reason.seconds };
	return { status: 429, problem: { field: 'password', key: 'common:error.wait', values } };
}
