import { sql, type ExpressionBuilder } from 'kysely';
import type { AreaId, NeedId } from '#lib/domain/need/catalogue.ts';
import { assessmentDue } from '#lib/domain/standard/answer-limits.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Whose voice a statement is, as `voiceOf` says it of one. */
const voice = (table: string) =>
	sql`(case when ${sql.ref(`${table}.acted_as`)} = 'parent_guardian'
		then ${sql.ref(`${table}.said_by`)} end)`;
const sameVoice = (one: string, other: string) =>
	sql<boolean>`${voice(one)} is not distinct from ${voice(other)}`;

const awaiting = ['answered', 'talk_to_someone', 'not_right'] as const;

/** Every participation the actor may see. */
function visible(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', actor.forceId)
		.where(visibleTo(actor));
}

/**
 * The earliest limit that still runs on a need: statements since the last one that was answered or
 * that asked for nothing. Saying it again does not put the clock back.
 */
const runningLimit = sql<Date>`(select min(o.answer_due_at) from statement o
	where o.force_id = statement.force_id and o.participation_id = statement.participation_id
		and o.need_id = statement.need_id and ${sameVoice('o', 'statement')}
		and o.sequence > coalesce((select max(z.sequence)
			from statement z left join review r on r.force_id = z.force_id and r.statement_id = z.id
			where z.force_id = statement.force_id and z.participation_id = statement.participation_id
				and z.need_id = statement.need_id and ${sameVoice('z', 'statement')}
				and (r.id is not null or z.kind not in (${sql.join([...awaiting])}))), 0))`;

/** A dispute about safety, or a second one, that the officer who wrote the entry may only concede. */
function takesSomeoneElse(actor: Actor) {
	return sql<boolean>`(statement.kind = 'not_right' and exists (select 1 from entry e
			where e.force_id = statement.force_id and e.id = statement.about_entry_id
				and e.recorded_by = ${actor.accountId})
		and (need_catalogue_need.sensitivity = 'C' or exists (select 1 from statement d
			where d.force_id = statement.force_id and d.participation_id = statement.participation_id
				and d.need_id = statement.need_id and d.kind = 'not_right'
				and d.sequence < statement.sequence)))`;
}

/**
 * Gives the statements that wait for an answer in all cases the actor works on, the earliest limit
 * first: references, area and need, and nothing of what was said.
 */
export function unansweredFor(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('statement')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'statement.force_id')
				.onRef('participation.id', '=', 'statement.participation_id')
		)
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.innerJoin('need_catalogue_need', (join) =>
			join
				.onRef('need_catalogue_need.version', '=', 'statement.catalogue_version')
				.onRef('need_catalogue_need.need_id', '=', 'statement.need_id')
		)
		.select([
			'crime_case.reference as caseReference',
			'participation.reference as person',
			'statement.kind',
			'statement.said_at as saidAt',
			'need_catalogue_need.sensitivity'
		])
		.select([
			sql<AreaId>`need_catalogue_need.area`.as('area'),
			sql<NeedId>`statement.need_id`.as('needId'),
			runningLimit.as('dueAt'),
			takesSomeoneElse(actor).as('takesSomeoneElse')
		])
		.where('statement.force_id', '=', actor.forceId)
		.where('statement.participation_id', 'in', visible(tx, actor))
		.where('statement.kind', 'in', awaiting)
		.where(isLastAndUnanswered)
		.orderBy('dueAt')
		.execute();
}

function isLastAndUnanswered(eb: ExpressionBuilder<Database, 'statement'>) {
	const review = eb
		.selectFrom('review')
		.select('review.id')
		.whereRef('review.force_id', '=', 'statement.force_id')
		.whereRef('review.statement_id', '=', 'statement.id');
	const later = eb
		.selectFrom('statement as later')
		.select('later.id')
		.whereRef('later.force_id', '=', 'statement.force_id')
		.whereRef('later.participation_id', '=', 'statement.participation_id')
		.whereRef('later.need_id', '=', 'statement.need_id')
		.whereRef('later.sequence', '>', 'statement.sequence')
		.where(sameVoice('later', 'statement'));
	return eb.and([eb.not(eb.exists(review)), eb.not(eb.exists(later))]);
}

/** Gives the assessments that are not confirmed in the actor's cases, the earliest limit first. */
export async function assessmentsDue(tx: Tx, actor: Actor) {
	const rows = await tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.leftJoin('assessment', (join) =>
			join
				.onRef('assessment.force_id', '=', 'participation.force_id')
				.onRef('assessment.participation_id', '=', 'participation.id')
		)
		.select([
			...(['crime_case.reference', 'crime_case.reported_at', 'participation.tier'] as const),
			...(['participation.reference as person', 'assessment.due_at'] as const)
		])
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', visible(tx, actor))
		.where('participation.ended_at', 'is', null)
		.where('crime_case.closed_at', 'is', null)
		.where((eb) => eb.or([eb('assessment.state', 'is', null), eb('assessment.state', '=', 'open')]))
		.execute();
	return rows
		.map((row) => ({
			caseReference: row.reference,
			person: row.person,
			begun: row.due_at !== null,
			dueAt: row.due_at ?? assessmentDue(row.tier, row.reported_at)
		}))
		.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** Whether a parent acts for the chosen person now; only the person themselves is told. */
export async function hasParent(tx: Tx, actor: Actor, participationId: string): Promise<boolean> {
	const row = await tx
		.selectFrom('representative')
		.select('id')
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('participation_id', 'in', visible(tx, actor))
		.where('role', '=', 'parent_guardian')
		.where('approved_at', 'is not', null)
		.where('revoked_at', 'is', null)
		.where('until_at', '>', sql<Date>`now()`)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Gives how many of the officer's answers the victim has not read, by area. */
export async function unseenAnswers(
	tx: Tx,
	actor: Actor
): Promise<{ area: AreaId; count: number }[]> {
	const rows = await tx
		.selectFrom('review')
		.innerJoin('statement', (join) =>
			join
				.onRef('statement.force_id', '=', 'review.force_id')
				.onRef('statement.id', '=', 'review.statement_id')
		)
		.innerJoin('need_catalogue_need', (join) =>
			join
				.onRef('need_catalogue_need.version', '=', 'statement.catalogue_version')
				.onRef('need_catalogue_need.need_id', '=', 'statement.need_id')
		)
		.select([
			sql<AreaId>`need_catalogue_need.area`.as('area'),
			sql<number>`count(*)::int`.as('count')
		])
		.where('review.force_id', '=', actor.forceId)
		.where('review.participation_id', 'in', visible(tx, actor))
		.where('review.seen_at', 'is', null)
		.groupBy('need_catalogue_need.area')
		.orderBy('need_catalogue_need.area')
		.execute();
	return rows;
}

/** Notes that the victim has read the answers to her statements about some needs. */
export async function markSeen(
	tx: Tx,
	actor: Actor,
	needIds: readonly NeedId[],
	at: Date
): Promise<void> {
	await tx
		.updateTable('review')
		.set({ seen_at: at })
		.where('review.force_id', '=', actor.forceId)
		.where('review.participation_id', 'in', visible(tx, actor))
		.where('review.seen_at', 'is', null)
		.where('review.statement_id', 'in', (eb) =>
			eb
				.selectFrom('statement')
				.select('statement.id')
				.where('statement.force_id', '=', actor.forceId)
				.where('statement.participation_id', 'in', visible(tx, actor))
				.where('statement.need_id', 'in', needIds)
		)
		.execute();
}
