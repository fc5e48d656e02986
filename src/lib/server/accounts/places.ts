import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { firstUse } from '#lib/server/submission.ts';

/** In how many places the person who asks is signed in now, this one among them. */
export async function signedInPlaces(ctx: Ctx): Promise<number> {
	const accountId = requireAccount(ctx);
	return sessions.count(ctx.db, ctx.actor.forceId, accountId);
}

/**
 * Ends every session of the person who asks but that of `token`; refused without a fresh secret,
 * so that whoever holds an open phone cannot shut its owner out. `key` makes one form act once.
 */
export async function endElsewhere(
	ctx: Ctx,
	{ token, key }: { token: string; key: string }
): Promise<Result<void, 'step_up'>> {
	const accountId = requireAccount(ctx);
	if (!isFresh(ctx)) return err('step_up');
	return within(ctx, async (tx) => {
		if (!(await firstUse(ctx, tx, key))) return ok(undefined);
		await sessions.endAll(tx, ctx.actor.forceId, accountId, { but: token });
		await record(ctx, tx, 'session.ended_everywhere', { subjectId: accountId });
		return ok(undefined);
	});
}
