import { sql } from 'kysely';
import type { Actor, Tx } from '#lib/server/context.ts';
import { caseVisibleTo } from '#lib/server/cases/visible.ts';
import { mayHearOf, visibleTo } from '#lib/server/access/visible.ts';

/** Gives the ids behind a case's reference, and who the officer in it is under which assignment. */
export function caseIds(tx: Tx, actor: Actor, reference: string) {
	return tx
		.selectFrom('crime_case')
		.leftJoin('case_assignment', (join) =>
			join
				.onRef('case_assignment.force_id', '=', 'crime_case.force_id')
				.onRef('case_assignment.case_id', '=', 'crime_case.id')
				.on('case_assignment.kind', '=', 'officer')
				.on('case_assignment.ended_at', 'is', null)
		)
		.select([
			'crime_case.id',
			'case_assignment.id as assignment_id',
			'case_assignment.account_id as officer_id'
		])
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
}

/** Gives the case of a crime reference with the person who joined it first. */
export async function firstOfCase(tx: Tx, actor: Actor, crimeReference: string) {
	const row = await tx
		.selectFrom('crime_case')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'crime_case.force_id')
				.onRef('participation.case_id', '=', 'crime_case.id')
		)
		.select(['crime_case.id', 'crime_case.reference', 'participation.id as participation_id'])
		.select('participation.reference as person')
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.crime_reference', '=', crimeReference)
		.where(caseVisibleTo(actor))
		.orderBy('participation.began_at')
		.orderBy('participation.reference')
		.limit(1)
		.executeTakeFirst();
	if (!row) return null;
	const { id: caseId, reference, participation_id: participationId, person } = row;
	return { caseId, reference, participationId, person };
}

/** Gives the account of a participation that the actor may see. */
export function accountOf(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('participation')
		.select('participation.account_id')
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', '=', participationId)
		.where(visibleTo(actor))
		.executeTakeFirst();
}

/** Attaches an account to a participation that has none; gives whether it did. */
export async function setAccount(
	tx: Tx,
	actor: Actor,
	participationId: string,
	accountId: string
): Promise<boolean> {
	const changed = await tx
		.updateTable('participation')
		.set({ account_id: accountId })
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', '=', participationId)
		.where('participation.account_id', 'is', null)
		.executeTakeFirst();
	return changed.numUpdatedRows === 1n;
}

/**
 * Gives the active officers of the actor's team; with a case's reference, those to whom that case
 * is open.
 */
export function officersOfTeam(tx: Tx, actor: Actor, reference: string | null = null) {
	return tx
		.selectFrom('account')
		.select(['id', 'staff_label as label'])
		.$if(reference !== null, (query) =>
			query.where(
				sql<boolean>`not exists (select 1 from crime_case c where c.force_id = account.force_id
					and c.reference = ${reference} and is_closed_to(c.force_id, c.id, account.id))`
			)
		)
		.where('force_id', '=', actor.forceId)
		.where('team_id', '=', actor.teamId)
		.where('role', '=', 'officer')
		.where('state', '=', 'active')
		.orderBy('staff_label')
		.execute();
}

/** Ends an assignment of the officer in a case that still holds; gives whether it did. */
export async function endAssignment(
	tx: Tx,
	actor: Actor,
	{ id, caseId, at }: { id: string; caseId: string; at: Date }
): Promise<boolean> {
	const ended = await tx
		.updateTable('case_assignment')
		.set({ ended_at: sql<Date>`greatest(began_at, ${at}::timestamptz)` })
		.where('force_id', '=', actor.forceId)
		.where('id', '=', id)
		.where('case_id', '=', caseId)
		.where('kind', '=', 'officer')
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	return ended.numUpdatedRows === 1n;
}

/** Gives the cases the actor may see, with what stands beside each in a list. */
export function listCases(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('crime_case')
		.leftJoin('case_assignment', (join) =>
			join
				.onRef('case_assignment.force_id', '=', 'crime_case.force_id')
				.onRef('case_assignment.case_id', '=', 'crime_case.id')
				.on('case_assignment.kind', '=', 'officer')
				.on('case_assignment.ended_at', 'is', null)
		)
		.leftJoin('account', (join) =>
			join
				.onRef('account.force_id', '=', 'case_assignment.force_id')
				.onRef('account.id', '=', 'case_assignment.account_id')
		)
		.select([
			...(['crime_case.id', 'crime_case.reference', 'crime_case.crime_reference'] as const),
			...(['crime_case.category', 'crime_case.reported_at', 'crime_case.opened_at'] as const),
			'crime_case.closed_at',
			'case_assignment.account_id as officer_id',
			'account.staff_label as officer'
		])
		.select((eb) =>
			eb
				.selectFrom('participation')
				.select(sql<number>`count(*)::integer`.as('people'))
				.whereRef('participation.force_id', '=', 'crime_case.force_id')
				.whereRef('participation.case_id', '=', 'crime_case.id')
				.where('participation.ended_at', 'is', null)
				.as('people')
		)
		.where('crime_case.force_id', '=', actor.forceId)
		.where(caseVisibleTo(actor))
		.orderBy('crime_case.opened_at', 'desc')
		.orderBy('crime_case.reference')
		.execute();
}

/** Gives hard news that nobody has told yet, with the tier that sets by when. */
export function untoldNews(tx: Tx, actor: Actor) {
	return (
		tx
			.selectFrom('case_event')
			.innerJoin('crime_case', (join) =>
				join
					.onRef('crime_case.force_id', '=', 'case_event.force_id')
					.onRef('crime_case.id', '=', 'case_event.case_id')
			)
			.leftJoin('participation', (join) =>
				join
					.onRef('participation.force_id', '=', 'case_event.force_id')
					.onRef('participation.id', '=', 'case_event.participation_id')
			)
			.select([
				...(['case_event.id', 'case_event.milestone', 'case_event.heard_at'] as const),
				...(['case_event.case_id', 'crime_case.reference'] as const),
				'participation.reference as person'
			])
			.select(
				sql<boolean>`exists (select 1 from participation p
				where p.force_id = case_event.force_id and p.case_id = case_event.case_id
					and p.tier = 'enhanced' and p.ended_at is null
					and (case_event.participation_id is null or p.id = case_event.participation_id)
				)`.as('enhanced')
			)
			.where('case_event.force_id', '=', actor.forceId)
			.where('case_event.human_first', '=', true)
			.where('case_event.told_at', 'is', null)
			// What something later replaced is not news any more.
			.where(
				sql<boolean>`not exists (select 1 from case_event later
				where later.force_id = case_event.force_id and later.supersedes = case_event.id)`
			)
			.where(caseVisibleTo(actor))
			.orderBy('case_event.heard_at')
			.execute()
	);
}

/** Gives the case behind a crime reference that the actor may see. */
export function caseOfCrime(tx: Tx, actor: Actor, crimeReference: string) {
	return tx
		.selectFrom('crime_case')
		.select('crime_case.reference')
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.crime_reference', '=', crimeReference)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
}

/** Gives the case and the person behind a person's reference that the actor may see. */
export function caseOfPerson(tx: Tx, actor: Actor, person: string) {
	return tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select('crime_case.reference')
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.reference', '=', person)
		.where(visibleTo(actor))
		.executeTakeFirst();
}

/** Whether a request of this reference is one of the actor's desk. */
export async function hasRequest(tx: Tx, actor: Actor, reference: string): Promise<boolean> {
	const row = await tx
		.selectFrom('support_request')
		.select('id')
		.where('force_id', '=', actor.forceId)
		.where('reference', '=', reference)
		.where('desk_id', '=', actor.deskId)
		.where(mayHearOf(actor))
		.executeTakeFirst();
	return row !== undefined;
}
