import type { Insertable } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Gives a person that the actor may see, with their confirmed mail address, sealed, if any. */
export function personMail(tx: Tx, actor: Actor, person: string) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.leftJoin('contact_detail', (join) =>
			join
				.onRef('contact_detail.force_id', '=', 'participation.force_id')
				.onRef('contact_detail.victim_id', '=', 'participation.victim_id')
				.on('contact_detail.channel', '=', 'mail')
				.on('contact_detail.state', '=', 'confirmed')
		)
		.select(['participation.id', 'participation.victim_id', 'participation.case_id'])
		.select('victim_key.wrapped')
		.select('contact_detail.id as detail_id')
		.select(['contact_detail.value_sealed', 'contact_detail.safe', 'contact_detail.confirmed_at'])
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.reference', '=', person)
		.where(visibleTo(actor))
		.executeTakeFirst();
}

/** Puts a checked detail in the place of the one in use, which is kept as replaced. */
export async function putDetail(
	tx: Tx,
	actor: Actor,
	row: Insertable<Database['contact_detail']>
): Promise<void> {
	await tx
		.updateTable('contact_detail')
		.set({ state: 'replaced' })
		.where('force_id', '=', actor.forceId)
		.where('victim_id', '=', row.victim_id)
		.where('channel', '=', row.channel)
		.where('state', '=', 'confirmed')
		.execute();
	await tx.insertInto('contact_detail').values(row).execute();
}

export type MailRow = NonNullable<Awaited<ReturnType<typeof personMail>>>;
