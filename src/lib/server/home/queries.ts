import { sql } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import { storyColumns } from '#lib/server/events/queries.ts';

/** Gives the chosen participation: in which role, and who the officer is, as the victim reads it. */
export function readPlace(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('participation')
		.leftJoin('representative', (join) =>
			join
				.onRef('representative.force_id', '=', 'participation.force_id')
				.onRef('representative.participation_id', '=', 'participation.id')
				.on('representative.account_id', '=', actor.accountId)
				.on('representative.approved_at', 'is not', null)
				.on('representative.revoked_at', 'is', null)
				.on(sql<boolean>`(representative.until_at is null or representative.until_at > now())`)
		)
		.leftJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'participation.force_id')
				.onRef('safety_plan.participation_id', '=', 'participation.id')
		)
		.select(['participation.role', 'representative.role as stands_in_as'])
		.select(['safety_plan.confirmed_at', 'safety_plan.ask_again_at'])
		.select(
			sql<string | null>`officer_label(participation.force_id, participation.id)`.as('officer')
		)
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', '=', participationId)
		.where(visibleTo(actor))
		.limit(1)
		.executeTakeFirst();
}

/** Gives the events of the chosen participation's case that are for it or for everybody in it. */
export function readEvents(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('participation')
		.innerJoin('case_event', (join) =>
			join
				.onRef('case_event.force_id', '=', 'participation.force_id')
				.onRef('case_event.case_id', '=', 'participation.case_id')
		)
		.select(storyColumns)
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', '=', participationId)
		.where(visibleTo(actor))
		.where((eb) =>
			eb.or([
				eb('case_event.participation_id', 'is', null),
				eb('case_event.participation_id', '=', participationId)
			])
		)
		.where((eb) =>
			eb.or([eb('case_event.human_first', '=', false), eb('case_event.told_at', 'is not', null)])
		)
		.execute();
}

/** Gives the officers' last answers: who, when and about which need; no words. */
export function readAnswers(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('review')
		.innerJoin('statement', (join) =>
			join
				.onRef('statement.force_id', '=', 'review.force_id')
				.onRef('statement.id', '=', 'review.statement_id')
		)
		.select(['review.id', 'review.answered_at', 'review.answered_label', 'statement.need_id'])
		.where('review.force_id', '=', actor.forceId)
		.where('review.participation_id', '=', participationId)
		.orderBy('review.answered_at', 'desc')
		.limit(5)
		.execute();
}

/** Gives how many messages to the victim nobody has opened. */
export async function countUnread(tx: Tx, actor: Actor, participationId: string): Promise<number> {
	const row = await tx
		.selectFrom('message')
		.select(sql<number>`count(*)::integer`.as('unread'))
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('side', '=', 'staff')
		.where('internal', '=', false)
		.where('read_at', 'is', null)
		.executeTakeFirst();
	return row?.unread ?? 0;
}

/** Gives the requests in which the caseworker waits for the victim. */
export function requestsWaiting(tx: Tx, actor: Actor, participationId: string) {
	return tx
		.selectFrom('support_request')
		.select(['number', 'kind'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('state', '=', 'waiting_for_victim')
		.orderBy('due_at')
		.execute();
}

/** Gives the account's participations, so that one can be chosen. */
export function ownParticipations(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select(['participation.id', 'crime_case.crime_reference', 'crime_case.reported_at'])
		.select('crime_case.restricted')
		.select(sql<boolean>`participation.account_id = ${actor.accountId}`.as('own'))
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.ended_at', 'is', null)
		.where((eb) =>
			eb.or([
				eb('participation.account_id', '=', actor.accountId),
				eb.exists(
					eb
						.selectFrom('representative')
						.select('representative.id')
						.whereRef('representative.force_id', '=', 'participation.force_id')
						.whereRef('representative.participation_id', '=', 'participation.id')
						.where('representative.account_id', '=', actor.accountId)
						.where('representative.approved_at', 'is not', null)
						.where('representative.revoked_at', 'is', null)
				)
			])
		)
		.orderBy('crime_case.reported_at', 'desc')
		.execute();
}

/**
 * Records that somebody who stands in for the victim looked; for the victim nothing is written. In
 * one message with the reading.
 */
export async function recordViewed(ctx: Ctx, tx: Tx, participationId: string): Promise<void> {
	const { forceId, accountId, role } = ctx.actor;
	const seen = tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', forceId)
		.where('participation.id', '=', participationId)
		.where(visibleTo(ctx.actor))
		.where(sql<boolean>`participation.account_id is distinct from ${accountId}`);
	await sql`
		with seen as (${seen})
		insert into audit (force_id, at, account_id, actor_role, action, participation_id, request_id)
		select ${forceId}::uuid, ${ctx.clock()}::timestamptz, ${accountId}::uuid, ${role}::text,
			'participation.viewed', seen.id, ${ctx.requestId}::text
		from seen`.execute(tx);
}
