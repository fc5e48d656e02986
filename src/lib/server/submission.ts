import { requireAccount } from '#lib/server/access/require.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';

/**
 * Takes the key that a rendered form carries. Gives true the first time it is used and false ever
 * after; a second press at the same moment waits for the first, so a form acts once.
 */
export async function firstUse(ctx: Ctx, tx: Tx, key: string): Promise<boolean> {
	const stored = await tx
		.insertInto('submission')
		.values({ force_id: ctx.actor.forceId, account_id: requireAccount(ctx), key })
		.onConflict((clash) => clash.doNothing())
		.executeTakeFirst();
	return stored.numInsertedOrUpdatedRows === 1n;
}
