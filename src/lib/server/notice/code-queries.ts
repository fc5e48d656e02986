import { sql } from 'kysely';
import type { Tx } from '#lib/server/context.ts';

export type CodeKey = { readonly force: string; readonly invitation: string };

/** Gives a code that waits to be mailed, whether it still opens something, and whose it is. */
export function load(tx: Tx, { force, invitation }: CodeKey) {
	return tx
		.selectFrom('mailed_code')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'mailed_code.force_id')
				.onRef('participation.id', '=', 'mailed_code.participation_id')
		)
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select(['mailed_code.code_sealed', 'mailed_code.language', 'mailed_code.participation_id'])
		.select(['participation.victim_id', 'victim_key.wrapped'])
		.select(sql<boolean>`code_is_open(mailed_code.force_id, mailed_code.invitation_id)`.as('open'))
		.select(
			sql<boolean>`check_open(mailed_code.force_id, mailed_code.participation_id)`.as('check_open')
		)
		.where('mailed_code.force_id', '=', force)
		.where('mailed_code.invitation_id', '=', invitation)
		.where('mailed_code.state', '=', 'waiting')
		.executeTakeFirst();
}

/** Settles a code that still waits, and forgets it. */
export async function settle(
	tx: Tx,
	{ force, invitation }: CodeKey,
	state: 'sent' | 'withheld' | 'dead',
	at: Date
): Promise<void> {
	await tx
		.updateTable('mailed_code')
		.set({ state, code_sealed: null, settled_at: at })
		.where('force_id', '=', force)
		.where('invitation_id', '=', invitation)
		.where('state', '=', 'waiting')
		.execute();
}
