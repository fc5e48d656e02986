import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { newDataKey, unwrapDataKey, type DataKey } from '#lib/server/sealing/seal.ts';

/** Gives the data key of the victim behind a participation that the actor may see. */
export async function keyOfParticipation(
	ctx: Ctx,
	tx: Tx,
	participationId: string
): Promise<DataKey> {
	const row = await tx
		.selectFrom('participation')
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select('victim_key.wrapped')
		.where('participation.force_id', '=', ctx.actor.forceId)
		.where('participation.id', '=', participationId)
		.executeTakeFirst();
	if (!row?.wrapped) throw notFound();
	return unwrapDataKey(ctx.keys, row.wrapped);
}

/** Makes and stores the data key of a new victim; gives the key. */
export async function makeKey(ctx: Ctx, tx: Tx, victimId: string): Promise<DataKey> {
	const { key, wrapped } = await newDataKey(ctx.keys);
	await tx
		.insertInto('victim_key')
		.values({ force_id: ctx.actor.forceId, victim_id: victimId, wrapped, destroyed_at: null })
		.execute();
	return key;
}
