import { sql } from 'kysely';
import type { Tx } from '#lib/server/context.ts';

export type NoticeKey = { readonly force: string; readonly notice: string };

/** Gives the notice with its account and, for a victim, the key that opens what is sealed. */
export async function load(tx: Tx, { force, notice }: NoticeKey) {
	return tx
		.selectFrom('notice')
		.innerJoin('account', (join) =>
			join
				.onRef('account.force_id', '=', 'notice.force_id')
				.onRef('account.id', '=', 'notice.account_id')
		)
		.leftJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'notice.force_id')
				.onRef('participation.id', '=', 'notice.participation_id')
		)
		.leftJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select(['notice.kind', 'notice.state', 'notice.account_id', 'notice.participation_id'])
		.select(['account.role', 'account.state as account_state', 'account.language'])
		.select(['account.contact_sealed', 'victim_key.wrapped', 'participation.victim_id'])
		.select(['participation.account_id as owner_id', 'participation.ended_at'])
		.select(
			sql<boolean>`is_shut_out(notice.force_id, notice.participation_id, notice.account_id)`.as(
				'shut_out'
			)
		)
		.select(sql<boolean>`check_open(notice.force_id, notice.participation_id)`.as('check_open'))
		.where('notice.force_id', '=', force)
		.where('notice.id', '=', notice)
		.executeTakeFirst();
}

/**
 * Gives whether a person has a confirmed mail address and called it safe; and the address, sealed,
 * only when they did: PostgreSQL gives no other to the role that sends.
 */
export async function mailOf(tx: Tx, force: string, victimId: string) {
	return tx
		.selectFrom('contact_detail')
		.select(['safe', 'confirmed_at'])
		.select(sql<string | null>`mailable_address(force_id, victim_id)`.as('value_sealed'))
		.where('force_id', '=', force)
		.where('victim_id', '=', victimId)
		.where('channel', '=', 'mail')
		.where('state', '=', 'confirmed')
		.executeTakeFirst();
}

/** Gives the safety plan of a participation, sealed. */
export async function planOf(tx: Tx, force: string, participationId: string) {
	return tx
		.selectFrom('safety_plan')
		.select(['rules_sealed', 'confirmed_at as plan_confirmed_at', 'ask_again_at'])
		.where('force_id', '=', force)
		.where('participation_id', '=', participationId)
		.executeTakeFirst();
}

/** Settles a notice that still waits; gives whether it did. */
export async function settle(
	tx: Tx,
	{ force, notice }: NoticeKey,
	end: { state: 'sent' | 'withheld' | 'dead'; reason: string | null; at: Date; tried: boolean }
): Promise<boolean> {
	const settled = await tx
		.updateTable('notice')
		.set({ state: end.state, reason: end.reason, settled_at: end.at })
		.$if(end.tried, (query) => query.set((eb) => ({ attempts: eb('attempts', '+', 1) })))
		.where('force_id', '=', force)
		.where('id', '=', notice)
		.where('state', '=', 'waiting')
		.executeTakeFirst();
	return settled.numUpdatedRows === 1n;
}

/** Counts an attempt that failed; the notice goes on waiting. */
export async function countFailure(tx: Tx, { force, notice }: NoticeKey): Promise<void> {
	await tx
		.updateTable('notice')
		.set((eb) => ({ attempts: eb('attempts', '+', 1) }))
		.where('force_id', '=', force)
		.where('id', '=', notice)
		.where('state', '=', 'waiting')
		.execute();
}
