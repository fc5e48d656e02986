import { sql } from 'kysely';
import type { NeedId } from '#lib/domain/need/catalogue.ts';
import type { QueueFilter } from '#lib/domain/support/queue.ts';
import { mayHearOf } from '#lib/server/access/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import { requestId, seen, threadOf, type Which } from '#lib/server/support/queries.ts';

/** Longest queue that one page shows; the filters lead to the rest. */
export const longestQueue = 300;

/**
 * Gives the rows of the actor's own desk: what was asked and by when, and when its sender may be
 * called. No name, and nothing that she wrote.
 */
export function readQueue(tx: Tx, actor: Actor, filter: QueueFilter) {
	return tx
		.selectFrom('support_request')
		.leftJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'support_request.force_id')
				.onRef('safety_plan.participation_id', '=', 'support_request.participation_id')
		)
		.select([
			...(['support_request.reference', 'support_request.kind'] as const),
			...(['support_request.urgency', 'support_request.state'] as const),
			...(['support_request.taken_by', 'support_request.taken_label'] as const),
			...(['support_request.asked_at', 'support_request.due_at'] as const),
			...(['safety_plan.contact_ok_now', 'safety_plan.contact_ok_next_change_at'] as const)
		])
		.where('support_request.force_id', '=', actor.forceId)
		.where('support_request.desk_id', '=', actor.deskId)
		.where(mayHearOf(actor))
		.$if(filter.show !== 'all', (query) => query.where('support_request.closed_at', 'is', null))
		.$if(filter.show === 'mine', (query) =>
			query.where('support_request.taken_by', '=', actor.accountId)
		)
		.$if(filter.urgency !== null, (query) =>
			query.where('support_request.urgency', '=', filter.urgency ?? 'today')
		)
		.orderBy(sql`support_request.closed_at is not null`)
		.orderBy('support_request.due_at')
		.limit(longestQueue + 1)
		.execute();
}

/** Gives how many open requests the actor's desk has, and how many of them the actor has taken. */
export function countOpen(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('support_request')
		.select((eb) => [
			eb.fn.countAll<number>().as('open'),
			eb.fn.countAll<number>().filterWhere('taken_by', '=', actor.accountId).as('mine')
		])
		.where('force_id', '=', actor.forceId)
		.where('desk_id', '=', actor.deskId)
		.where(mayHearOf(actor))
		.where('closed_at', 'is', null)
		.executeTakeFirstOrThrow();
}

/** Gives the safety plan behind a request; its rules stay sealed until the key may be read. */
export function readPlan(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_request')
		.innerJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'support_request.force_id')
				.onRef('safety_plan.participation_id', '=', 'support_request.participation_id')
		)
		.select([
			...(['safety_plan.rules_sealed', 'safety_plan.contact_ok_now'] as const),
			...(['safety_plan.contact_ok_next_change_at', 'safety_plan.ask_again_at'] as const),
			'safety_plan.confirmed_at as plan_confirmed_at'
		])
		.where('support_request.force_id', '=', actor.forceId)
		.where('support_request.id', 'in', requestId(tx, actor, which))
		.executeTakeFirst();
}

/** Gives what the person said last of some needs, as far as this audience may read it. */
export function readSaid(tx: Tx, actor: Actor, which: Which, needIds: readonly NeedId[]) {
	return tx
		.selectFrom('statement')
		.distinctOn('need_id')
		.select(['need_id', 'kind', 'answer_sealed', 'said_at'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', participationOf(tx, actor, which))
		.where('need_id', 'in', needIds)
		.where('kind', 'in', ['answered', 'prefer_not_to_say', 'ask_me_later', 'talk_to_someone'])
		.orderBy('need_id')
		.orderBy('sequence', 'desc')
		.execute();
}

/** Gives what the officer recorded last of some needs, as far as this audience may read it. */
export function readRecorded(tx: Tx, actor: Actor, which: Which, needIds: readonly NeedId[]) {
	return tx
		.selectFrom('entry')
		.distinctOn('need_id')
		.select(['need_id', 'recorded_sealed', 'recorded_label', 'recorded_at'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', participationOf(tx, actor, which))
		.where('need_id', 'in', needIds)
		.orderBy('need_id')
		.orderBy('sequence', 'desc')
		.execute();
}

/** Gives the sealed name, and the sealed details that somebody checked and that are safe to use. */
export function readPerson(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim', (join) =>
			join
				.onRef('victim.force_id', '=', 'participation.force_id')
				.onRef('victim.id', '=', 'participation.victim_id')
		)
		.leftJoin('contact_detail', (join) =>
			join
				.onRef('contact_detail.force_id', '=', 'participation.force_id')
				.onRef('contact_detail.victim_id', '=', 'participation.victim_id')
				.on('contact_detail.state', '=', 'confirmed')
				.on('contact_detail.safe', '=', 'safe')
		)
		.select(['victim.name_sealed', 'contact_detail.channel', 'contact_detail.value_sealed'])
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', participationOf(tx, actor, which))
		.execute();
}

/** Gives the latest thing that happened in the case and the next date, without its detail. */
export function readPhase(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('case_event')
		.select(['milestone', 'agency', 'happened_on', 'next_on', 'next_precision'])
		.where('case_event.force_id', '=', actor.forceId)
		.where('case_event.case_id', 'in', (eb) =>
			eb
				.selectFrom('participation')
				.select('participation.case_id')
				.where('participation.force_id', '=', actor.forceId)
				.where('participation.id', 'in', participationOf(tx, actor, which))
		)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('case_event as later')
						.select('later.id')
						.whereRef('later.force_id', '=', 'case_event.force_id')
						.whereRef('later.supersedes', '=', 'case_event.id')
				)
			)
		)
		.orderBy('happened_on', 'desc')
		.orderBy('heard_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Gives the person's other requests to this desk, newest first. */
export function readEarlier(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_request')
		.select(['reference', 'kind', 'state', 'asked_at'])
		.where('force_id', '=', actor.forceId)
		.where('desk_id', '=', actor.deskId)
		.where(mayHearOf(actor))
		.where('participation_id', 'in', participationOf(tx, actor, which))
		.where('id', 'not in', requestId(tx, actor, which))
		.orderBy('asked_at', 'desc')
		.limit(10)
		.execute();
}

/** The thread about a request that the actor has taken: what nobody else opens. */
export function ownThread(tx: Tx, actor: Actor, which: Which) {
	return threadOf(tx, actor, which).where((eb) =>
		eb.exists(
			eb
				.selectFrom('support_request as taken')
				.select('taken.id')
				.whereRef('taken.force_id', '=', 'thread.force_id')
				.whereRef('taken.id', '=', 'thread.request_id')
				.where('taken.taken_by', '=', actor.accountId)
		)
	);
}

/** Writes down that a request was looked at; with its file open, that the person's record was. */
export async function recordLook(ctx: Ctx, tx: Tx, which: Which): Promise<void> {
	const { actor } = ctx;
	await tx
		.insertInto('audit')
		.columns([
			...(['force_id', 'at', 'account_id', 'actor_role', 'action'] as const),
			...(['participation_id', 'subject_id', 'request_id'] as const)
		])
		.expression((eb) =>
			eb
				.selectFrom('support_request')
				.select([
					'support_request.force_id',
					sql<Date>`${ctx.clock()}::timestamptz`.as('at'),
					sql<string>`${actor.accountId}::uuid`.as('account_id'),
					sql<string>`${actor.role}::text`.as('actor_role'),
					sql<string>`case when taken_by = ${actor.accountId}::uuid
						then 'participation.viewed' else 'support.viewed' end`.as('action'),
					'support_request.participation_id',
					'support_request.id as subject_id',
					sql<string>`${ctx.requestId}::text`.as('request_id')
				])
				.where('support_request.force_id', '=', actor.forceId)
				.where('support_request.id', 'in', requestId(tx, actor, which))
		)
		.execute();
}

function participationOf(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_request as asked')
		.select('asked.participation_id')
		.where('asked.force_id', '=', actor.forceId)
		.where('asked.id', 'in', requestId(tx, actor, which))
		.where('asked.participation_id', 'in', seen(tx, actor));
}
