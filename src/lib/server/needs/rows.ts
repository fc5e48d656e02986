import { sql, type SelectQueryBuilder } from 'kysely';
import type { NeedId, ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/**
 * Whose: the victim's chosen participation, the two references in the address of a person of a case,
 * or the reference of an open request that the caseworker took for a desk of the force.
 */
export type Place =
	| { readonly participationId: string }
	| { readonly reference: string; readonly person: string }
	| { readonly request: string };

/** The id of the participation, if the actor may see it: what every query here starts from. */
export function placeOf(
	tx: Tx,
	actor: Actor,
	place: Place
): SelectQueryBuilder<Database, 'participation', { id: string }> {
	const seen = tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', actor.forceId)
		.where(visibleTo(actor));
	if ('participationId' in place) return seen.where('participation.id', '=', place.participationId);
	if ('request' in place) return seen.where(ofRequest(actor, place.request));
	return seen
		.where('participation.reference', '=', place.person)
		.where('participation.case_id', 'in', (eb) =>
			eb
				.selectFrom('crime_case')
				.select('crime_case.id')
				.where('crime_case.force_id', '=', actor.forceId)
				.where('crime_case.reference', '=', place.reference)
		);
}

function ofRequest(actor: Actor, reference: string) {
	return sql<boolean>`exists (select 1 from support_request s
		join controller c on c.force_id = s.force_id and c.id = s.controller_id
		where s.force_id = participation.force_id and s.participation_id = participation.id
			and s.reference = ${reference} and s.taken_by = ${actor.accountId}
			and s.closed_at is null and c.kind = 'force')`;
}

/** Gives the participation itself with its case, its wrapped key and who must answer in it. */
export function readParticipation(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select([
			'participation.id',
			'participation.reference',
			'participation.role',
			'participation.tier',
			'participation.account_id',
			'participation.account_since',
			'participation.case_id',
			'crime_case.reference as case_reference',
			'crime_case.reported_at',
			'victim_key.wrapped'
		])
		.select(
			sql<string | null>`officer_label(participation.force_id, participation.id)`.as('officer')
		)
		.select((eb) =>
			eb
				.selectFrom('representative')
				.select('representative.role')
				.whereRef('representative.force_id', '=', 'participation.force_id')
				.whereRef('representative.participation_id', '=', 'participation.id')
				.where('representative.account_id', '=', actor.accountId)
				.where('representative.approved_at', 'is not', null)
				.where('representative.revoked_at', 'is', null)
				.where((rep) =>
					rep.or([rep('until_at', 'is', null), rep('until_at', '>', sql<Date>`now()`)])
				)
				.limit(1)
				.$castTo<ParticipationRole | null>()
				.as('stands_in_as')
		)
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', placeOf(tx, actor, place))
		.executeTakeFirst();
}

/** Gives the statements about some needs (all of them by default) in order, with their reviews. */
export function readStatements(
	tx: Tx,
	actor: Actor,
	place: Place,
	needIds: readonly NeedId[] | null = null
) {
	return tx
		.selectFrom('statement')
		.leftJoin('review', (join) =>
			join
				.onRef('review.force_id', '=', 'statement.force_id')
				.onRef('review.statement_id', '=', 'statement.id')
		)
		.select([
			...(['statement.id', 'statement.need_id', 'statement.sequence', 'statement.kind'] as const),
			...(['statement.about_entry_id', 'statement.answer_sealed', 'statement.language'] as const),
			...(['statement.said_by', 'statement.said_as', 'statement.said_at'] as const),
			'statement.acted_as',
			...(['statement.answer_due_at', 'review.id as review_id', 'review.answer'] as const),
			...(['review.words_sealed', 'review.answered_label', 'review.answered_at'] as const),
			'review.seen_at'
		])
		.where('statement.force_id', '=', actor.forceId)
		.where('statement.participation_id', 'in', placeOf(tx, actor, place))
		.$if(needIds !== null, (query) => query.where('statement.need_id', 'in', needIds ?? []))
		.orderBy('statement.need_id')
		.orderBy('statement.sequence')
		.execute();
}

/** Gives the entries about some needs (all of them by default) in order. */
export function readEntries(
	tx: Tx,
	actor: Actor,
	place: Place,
	needIds: readonly NeedId[] | null = null
) {
	return tx
		.selectFrom('entry')
		.select([
			...(['id', 'need_id', 'sequence', 'source', 'recorded_sealed', 'outcome'] as const),
			...(['outcome_sealed', 'outcome_owner', 'outcome_by', 'recorded_by'] as const),
			...(['recorded_label', 'recorded_at'] as const)
		])
		.where('entry.force_id', '=', actor.forceId)
		.where('entry.participation_id', 'in', placeOf(tx, actor, place))
		.$if(needIds !== null, (query) => query.where('entry.need_id', 'in', needIds ?? []))
		.orderBy('entry.need_id')
		.orderBy('entry.sequence')
		.execute();
}

/** Gives the assessment, or undefined when nobody has begun one. */
export function readAssessment(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('assessment')
		.select([
			...(['id', 'state', 'due_at', 'first_confirmed_at'] as const),
			...(['confirmed_at', 'confirmed_label', 'version'] as const)
		])
		.where('assessment.force_id', '=', actor.forceId)
		.where('assessment.participation_id', 'in', placeOf(tx, actor, place))
		.executeTakeFirst();
}

/** Gives what stands at the top of a person's page: the sealed name and rules for reaching them. */
export function readPerson(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim', (join) =>
			join
				.onRef('victim.force_id', '=', 'participation.force_id')
				.onRef('victim.id', '=', 'participation.victim_id')
		)
		.leftJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'participation.force_id')
				.onRef('safety_plan.participation_id', '=', 'participation.id')
		)
		.select(['victim.name_sealed', 'safety_plan.rules_sealed', 'safety_plan.ask_again_at'])
		.select('safety_plan.confirmed_at as plan_confirmed_at')
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', placeOf(tx, actor, place))
		.executeTakeFirst();
}

/** Appends the audit row of a member of staff opening a person's page, in that page's own batch. */
export async function recordView(ctx: Ctx, tx: Tx, place: Place): Promise<void> {
	const { actor, requestId } = ctx;
	const columns = [
		...(['force_id', 'at', 'account_id', 'actor_role', 'action'] as const),
		...(['participation_id', 'request_id'] as const)
	];
	await tx
		.insertInto('audit')
		.columns(columns)
		.expression((eb) =>
			eb
				.selectFrom('participation')
				.select([
					'participation.force_id',
					sql<Date>`${ctx.clock()}::timestamptz`.as('at'),
					sql<string>`${actor.accountId}::uuid`.as('account_id'),
					sql<string>`${actor.role}::text`.as('actor_role'),
					sql<string>`'participation.viewed'`.as('action'),
					'participation.id',
					sql<string>`${requestId}::text`.as('request_id')
				])
				.where('participation.force_id', '=', actor.forceId)
				.where('participation.id', 'in', placeOf(tx, actor, place))
		)
		.execute();
}

/** Gives the accounts of those who work on a case now. */
export async function officersOf(tx: Tx, actor: Actor, caseId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('case_assignment')
		.select('account_id')
		.where('force_id', '=', actor.forceId)
		.where('case_id', '=', caseId)
		.where('ended_at', 'is', null)
		.execute();
	return rows.map((row) => row.account_id);
}

export type ParticipationRow = NonNullable<Awaited<ReturnType<typeof readParticipation>>>;
export type StatementRow = Awaited<ReturnType<typeof readStatements>>[number];
export type EntryRow = Awaited<ReturnType<typeof readEntries>>[number];
export type AssessmentRow = Awaited<ReturnType<typeof readAssessment>>;
