import { sql, type Insertable } from 'kysely';
import type { Language } from '#lib/i18n/languages.ts';
import type { Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Gives the participation that the account joined last, its own or one it stands in for. */
export async function firstParticipation(
	tx: Tx,
	forceId: string,
	accountId: string
): Promise<string | null> {
	const row = await tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', forceId)
		.where('participation.ended_at', 'is', null)
		.where((eb) =>
			eb.or([
				eb('participation.account_id', '=', accountId),
				eb.exists(
					eb
						.selectFrom('representative')
						.select(sql`1`.as('one'))
						.whereRef('representative.force_id', '=', 'participation.force_id')
						.whereRef('representative.participation_id', '=', 'participation.id')
						.where('representative.account_id', '=', accountId)
				)
			])
		)
		.orderBy('participation.began_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.id ?? null;
}

/** Stores the language of one's own account. */
export async function setLanguage(
	tx: Tx,
	forceId: string,
	accountId: string,
	language: Language
): Promise<void> {
	await tx
		.updateTable('account')
		.set({ language })
		.where('force_id', '=', forceId)
		.where('id', '=', accountId)
		.execute();
}

/** Stores a new account. Throws when the sign-in name is taken. */
export async function insertAccount(tx: Tx, row: Insertable<Database['account']>): Promise<void> {
	await tx.insertInto('account').values(row).execute();
}
