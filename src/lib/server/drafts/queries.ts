import { sql, type Insertable, type Kysely } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

export type Owner = { account_id: string; participation_id: string | null; role: Role };

/** Gives whose a session was that has run out; null when it was signed out or never was. */
export async function ownerOf(
	db: Kysely<Database>,
	forceId: string,
	sessionId: string
): Promise<Owner | null> {
	const { rows } = await sql<Owner>`
		select * from account_of_ended_session(${forceId}, ${sessionId})`.execute(db);
	return rows[0] ?? null;
}

/** Stores a draft, and removes those of the same account that are past their time. */
export async function store(
	tx: Tx,
	now: Date,
	row: Insertable<Database['sealed_draft']>
): Promise<void> {
	await Promise.all([
		tx
			.deleteFrom('sealed_draft')
			.where('force_id', '=', row.force_id)
			.where('kept_until', '<', now)
			.execute(),
		tx.insertInto('sealed_draft').values(row).execute()
	]);
}

/** Gives the actor's own drafts that are still kept, the newest first. */
export function own(tx: Tx, actor: Actor, now: Date) {
	return tx
		.selectFrom('sealed_draft')
		.select(['id', 'answers_sealed', 'kept_until'])
		.where('force_id', '=', actor.forceId)
		.where('account_id', '=', actor.accountId)
		.where('kept_until', '>', now)
		.orderBy('kept_until', 'desc')
		.execute();
}

/** Removes one of the actor's own drafts. */
export async function remove(tx: Tx, actor: Actor, id: string): Promise<void> {
	await tx
		.deleteFrom('sealed_draft')
		.where('force_id', '=', actor.forceId)
		.where('account_id', '=', actor.accountId)
		.where('id', '=', id)
		.execute();
}
