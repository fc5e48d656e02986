import { sql, type Insertable, type Updateable } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { placeOf, type Place } from '#lib/server/needs/rows.ts';

const columns = [
	...(['representative.id', 'representative.role', 'representative.account_id'] as const),
	...(['representative.asked_by', 'representative.asked_label'] as const),
	...(['representative.asked_at', 'representative.who_sealed'] as const),
	...(['representative.consent_at', 'representative.link'] as const),
	...(['representative.cleared_label', 'representative.cleared_at'] as const),
	...(['representative.cleared_sealed', 'representative.approved_label'] as const),
	...(['representative.approved_at', 'representative.until_at'] as const),
	...(['representative.revoked_at', 'representative.ended_label'] as const),
	...(['representative.ended_sealed', 'representative.conflict_at'] as const),
	...(['representative.conflict_label', 'representative.conflict_sealed'] as const),
	...(['representative.reviewed_at', 'representative.reviewed_label'] as const),
	'representative.reviewed_sealed'
] as const;

/** Gives everybody who acts, is to act or acted for a person, in the order they were named. */
export function actingFor(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('representative')
		.select(columns)
		.select(
			sql<boolean>`exists (select 1 from invitation i
			where i.force_id = representative.force_id and i.representative_id = representative.id
				and i.used_at is null and i.revoked_at is null and i.expires_at > now())`.as('code_open')
		)
		.where('representative.force_id', '=', actor.forceId)
		.where('representative.participation_id', 'in', placeOf(tx, actor, place))
		.orderBy('representative.asked_at')
		.orderBy('representative.id')
		.execute();
}

/** Gives one of them, if the actor may see the person for whom they act. */
export function oneActing(tx: Tx, actor: Actor, place: Place, id: string) {
	return tx
		.selectFrom('representative')
		.select(columns)
		.where('representative.force_id', '=', actor.forceId)
		.where('representative.participation_id', 'in', placeOf(tx, actor, place))
		.where('representative.id', '=', id)
		.executeTakeFirst();
}

/** Gives how one acts for the chosen participation, if one does so now and not for oneself. */
export function ownPart(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('representative')
		.select(['representative.id', 'representative.role', 'representative.until_at'])
		.where('representative.force_id', '=', actor.forceId)
		.where('representative.participation_id', 'in', placeOf(tx, actor, { participationId }))
		.where('representative.account_id', '=', actor.accountId)
		.where('representative.approved_at', 'is not', null)
		.where('representative.revoked_at', 'is', null)
		.where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', sql<Date>`now()`)]))
		.limit(1)
		.executeTakeFirst();
}

/** Whether the chosen participation is the actor's own, and not one they act in for another. */
export async function owns(tx: Tx, actor: Actor, participationId: string): Promise<boolean> {
	const { rows } = await sql<{ own: boolean }>`
		select owns_participation(${actor.forceId}, ${participationId}) as own`.execute(tx);
	return rows[0]?.own ?? false;
}

/** Stores somebody who is to act; PostgreSQL refuses one who is approved already. */
export async function insertActing(
	tx: Tx,
	row: Insertable<Database['representative']>
): Promise<void> {
	await tx.insertInto('representative').values(row).execute();
}

/** Changes one of them. Gives whether there was one to change. */
export async function changeActing(
	tx: Tx,
	actor: Actor,
	id: string,
	set: Updateable<Database['representative']>
): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('representative')
		.set(set)
		.where('force_id', '=', actor.forceId)
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

/** Gives what is open of a child's to somebody who acts for them, in the order it was opened. */
export function openedTo(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('opened_area')
		.select(['id', 'representative_id', 'area', 'reason_sealed', 'opened_label', 'opened_at'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', placeOf(tx, actor, place))
		.where('closed_at', 'is', null)
		.orderBy('opened_at')
		.orderBy('id')
		.execute();
}

/** Opens an area to somebody; does nothing when it is open to them already. */
export async function insertOpened(
	tx: Tx,
	row: Insertable<Database['opened_area']>
): Promise<boolean> {
	const made = await tx
		.insertInto('opened_area')
		.values(row)
		.onConflict((clash) =>
			clash
				.columns(['force_id', 'representative_id', 'area'])
				.where('closed_at', 'is', null)
				.doNothing()
		)
		.executeTakeFirst();
	return made.numInsertedOrUpdatedRows === 1n;
}

/** Closes what was opened; gives whether it was open. */
export async function closeOpened(
	tx: Tx,
	actor: Actor,
	participationId: string,
	id: string,
	end: { readonly by: string; readonly label: string; readonly at: Date }
): Promise<boolean> {
	const closed = await tx
		.updateTable('opened_area')
		.set({ closed_by: end.by, closed_label: end.label, closed_at: end.at })
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('id', '=', id)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return closed.numUpdatedRows === 1n;
}

/** Gives everybody in the actor's cases who acts or is to act, with what says when to look at them. */
export function actingInCases(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('representative')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'representative.force_id')
				.onRef('participation.id', '=', 'representative.participation_id')
		)
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select(columns)
		.select(['crime_case.reference', 'participation.reference as person'])
		.select('participation.account_since')
		.where('representative.force_id', '=', actor.forceId)
		.where('representative.revoked_at', 'is', null)
		.where('participation.ended_at', 'is', null)
		.where(visibleTo(actor))
		.execute();
}

export type ActingRow = NonNullable<Awaited<ReturnType<typeof oneActing>>>;
export type ListedRow = Awaited<ReturnType<typeof actingFor>>[number];
