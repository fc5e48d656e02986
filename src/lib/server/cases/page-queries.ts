import { sql } from 'kysely';
import { caseVisibleTo } from '#lib/server/cases/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import { storyColumns } from '#lib/server/events/queries.ts';

/** Gives what a case's page says of the case itself. */
export function readCase(tx: Tx, actor: Actor, reference: string) {
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
			...(['case_assignment.id as assignment_id', 'account.staff_label as officer'] as const),
			...(['account.id as officer_id', 'crime_case.restricted'] as const)
		])
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
}

/** Gives the people in a case, their names sealed, with the state of their assessments. */
export function readPeople(tx: Tx, actor: Actor, reference: string) {
	return tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.innerJoin('victim', (join) =>
			join
				.onRef('victim.force_id', '=', 'participation.force_id')
				.onRef('victim.id', '=', 'participation.victim_id')
		)
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.leftJoin('assessment', (join) =>
			join
				.onRef('assessment.force_id', '=', 'participation.force_id')
				.onRef('assessment.participation_id', '=', 'participation.id')
		)
		.leftJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'participation.force_id')
				.onRef('safety_plan.participation_id', '=', 'participation.id')
		)
		.select([
			...(['participation.reference', 'participation.role', 'participation.tier'] as const),
			...(['participation.grounds', 'participation.language', 'victim.name_sealed'] as const),
			...(['victim_key.wrapped', 'assessment.state', 'assessment.due_at'] as const),
			...(['safety_plan.contact_ok_now', 'safety_plan.contact_ok_next_change_at'] as const)
		])
		.select(sql<boolean>`participation.account_id is not null`.as('has_account'))
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.ended_at', 'is', null)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.orderBy('participation.began_at')
		.orderBy('participation.reference')
		.execute();
}

/** Gives the events of a case, with the reference of the one person each concerns, if only one. */
export function readEvents(tx: Tx, actor: Actor, reference: string) {
	return tx
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
		.select(storyColumns)
		.select('participation.reference as person')
		.where('case_event.force_id', '=', actor.forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.execute();
}

/**
 * Records that the actor reads a case and everybody in it, in one message with the reading: the
 * rows are made from what the actor may see, so nothing is written of a case that is not theirs.
 */
export async function recordViewed(ctx: Ctx, tx: Tx, reference: string): Promise<void> {
	const { forceId, accountId, role } = ctx.actor;
	const seen = tx
		.selectFrom('crime_case')
		.select('crime_case.id')
		.where('crime_case.force_id', '=', forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(ctx.actor));
	await sql`
		with seen as (${seen})
		insert into audit
			(force_id, at, account_id, actor_role, action, participation_id, subject_id, request_id)
		select ${forceId}::uuid, ${ctx.clock()}::timestamptz, ${accountId}::uuid, ${role}::text, act.action,
			act.participation_id, act.case_id, ${ctx.requestId}::text
		from (
			select 'case.viewed' as action, null::uuid as participation_id, seen.id as case_id from seen
			union all
			select 'participation.viewed', p.id, seen.id from seen
			join participation p on p.force_id = ${forceId} and p.case_id = seen.id and p.ended_at is null
		) act`.execute(tx);
}
