import { sql } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';

/** Acts that count as looking at a person's record. */
const looks = [
	'participation.viewed',
	'case.viewed',
	'support.viewed',
	'statement.revealed'
] as const;
const daysShown = 180;

/** Gives one's own settings. */
export function readAccount(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('account')
		.select(['language', 'private_device'])
		.where('force_id', '=', actor.forceId)
		.where('id', '=', actor.accountId)
		.executeTakeFirst();
}

/** Says whether nobody else sees this person's phone. */
export async function setPrivateDevice(tx: Tx, actor: Actor, isPrivate: boolean): Promise<void> {
	await tx
		.updateTable('account')
		.set({ private_device: isPrivate })
		.where('force_id', '=', actor.forceId)
		.where('id', '=', actor.accountId)
		.execute();
}

/**
 * Gives how often each kind of person, other than oneself, looked on each day (London), the newest
 * day first; of the last half year.
 */
export function readLooks(tx: Tx, actor: Actor, participationId: string, now: Date) {
	const day = sql<string>`to_char(audit.at at time zone 'Europe/London', 'YYYY-MM-DD')`;
	return tx
		.selectFrom('audit')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'audit.force_id')
				.onRef('participation.id', '=', 'audit.participation_id')
		)
		.select(['audit.actor_role as role', day.as('day')])
		.select([sql<number>`count(*)::integer`.as('times'), sql<Date>`max(audit.at)`.as('last')])
		.where('audit.force_id', '=', actor.forceId)
		.where('audit.participation_id', '=', participationId)
		.where('audit.action', 'in', looks)
		.where('audit.at', '>', new Date(now.getTime() - daysShown * 86_400_000))
		.where(sql<boolean>`audit.account_id is distinct from ${actor.accountId}`)
		.where(visibleTo(actor))
		.groupBy(['audit.actor_role', day])
		.orderBy('day', 'desc')
		.orderBy('last', 'desc')
		.execute();
}

/** Gives when a new way in was made with a code, the newest first; of the last half year. */
export function readRecoveries(tx: Tx, actor: Actor, participationId: string, now: Date) {
	return (
		tx
			.selectFrom('audit')
			.innerJoin('participation', (join) =>
				join
					.onRef('participation.force_id', '=', 'audit.force_id')
					.onRef('participation.id', '=', 'audit.participation_id')
			)
			.select('audit.at')
			.where('audit.force_id', '=', actor.forceId)
			.where('audit.participation_id', '=', participationId)
			.where('audit.action', '=', 'account.recovered')
			// One's own: somebody who acts for another has a way in that is theirs.
			.where('audit.subject_id', '=', actor.accountId)
			.where('audit.at', '>', new Date(now.getTime() - daysShown * 86_400_000))
			.where(visibleTo(actor))
			.orderBy('audit.at', 'desc')
			.execute()
	);
}

/**
 * Whether the actor may say how the person is reached: a supporter who only reads may not, nor the
 * parent of a child who has an account of their own.
 */
export async function speaks(tx: Tx, actor: Actor, participationId: string): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`
		select speaks_in(${actor.forceId}, ${participationId})
			and reach_is_open(${actor.forceId}, ${participationId}) as may`.execute(tx);
	return rows[0]?.may ?? false;
}
