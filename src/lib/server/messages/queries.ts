import { sql, type SelectQueryBuilder } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** A person in a case, as an officer's address names them. */
export type Address = { readonly reference: string; readonly person: string };

/** Whose threads: the victim's chosen participation, or those of a person in a case. */
export type Whose = { readonly own: true } | Address;

/** The id of the participation, if the actor may see it. */
export function participationOf(
	tx: Tx,
	actor: Actor,
	whose: Whose
): SelectQueryBuilder<Database, 'participation', { id: string }> {
	const seen = tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', actor.forceId)
		.where(visibleTo(actor));
	if ('own' in whose) return seen;
	return seen
		.where('participation.reference', '=', whose.person)
		.where('participation.case_id', 'in', (eb) =>
			eb
				.selectFrom('crime_case')
				.select('crime_case.id')
				.where('crime_case.force_id', '=', actor.forceId)
				.where('crime_case.reference', '=', whose.reference)
		);
}

/** Gives the participation with its wrapped key and whether the actor may write in it. */
export function readPlace(tx: Tx, actor: Actor, whose: Whose) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select([
			...(['participation.id', 'participation.reference', 'victim_key.wrapped'] as const),
			sql<boolean>`${actor.role !== 'victim'}::boolean
				or speaks_in(participation.force_id, participation.id)`.as('speaks')
		])
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', participationOf(tx, actor, whose))
		.executeTakeFirst();
}

/**
 * Gives the threads of a participation, the one written in last first, with how many messages of
 * the other side wait unread. Staff see those of their own audience, and of those not the ones
 * about a request: those are the desk's.
 */
export function readThreads(tx: Tx, actor: Actor, whose: Whose) {
	const others = actor.role === 'victim' ? 'staff' : 'victim';
	return tx
		.selectFrom('thread')
		.innerJoin('controller', (join) =>
			join
				.onRef('controller.force_id', '=', 'thread.force_id')
				.onRef('controller.id', '=', 'thread.controller_id')
		)
		.leftJoin('support_request', (join) =>
			join
				.onRef('support_request.force_id', '=', 'thread.force_id')
				.onRef('support_request.id', '=', 'thread.request_id')
		)
		.leftJoin('desk', (join) =>
			join
				.onRef('desk.force_id', '=', 'support_request.force_id')
				.onRef('desk.id', '=', 'support_request.desk_id')
		)
		.leftJoin('message', (join) =>
			join
				.onRef('message.force_id', '=', 'thread.force_id')
				.onRef('message.thread_id', '=', 'thread.id')
				.on('message.internal', '=', false)
		)
		.select((eb) => [
			...(['thread.number', 'thread.subject', 'thread.opened_at'] as const),
			...(['controller.name as controller', 'controller.kind as audience'] as const),
			'support_request.number as request_number',
			'support_request.kind as request_kind',
			'desk.name as desk',
			eb.fn.max('message.written_at').as('last_at'),
			eb.fn
				.countAll<string>()
				.filterWhere('message.side', '=', others)
				.filterWhere('message.read_at', 'is', null)
				.as('unread')
		])
		.where('thread.force_id', '=', actor.forceId)
		.where('thread.participation_id', 'in', participationOf(tx, actor, whose))
		.$if(actor.role !== 'victim', (query) =>
			query
				.where('thread.controller_id', '=', actor.controllerId)
				.where('thread.request_id', 'is', null)
		)
		.groupBy([
			...(['thread.force_id', 'thread.id', 'controller.name', 'controller.kind'] as const),
			...(['support_request.number', 'support_request.kind', 'desk.name'] as const)
		])
		.orderBy((eb) => eb.fn.coalesce(eb.fn.max('message.written_at'), 'thread.opened_at'), 'desc')
		.execute();
}

/** The id of one thread, by its number among the participation's. */
export function threadId(
	tx: Tx,
	actor: Actor,
	whose: Whose,
	number: number
): SelectQueryBuilder<Database, 'thread', { id: string }> {
	return tx
		.selectFrom('thread')
		.select('thread.id')
		.where('thread.force_id', '=', actor.forceId)
		.where('thread.number', '=', number)
		.where('thread.participation_id', 'in', participationOf(tx, actor, whose))
		.$if(actor.role !== 'victim', (query) =>
			query
				.where('thread.controller_id', '=', actor.controllerId)
				.where('thread.request_id', 'is', null)
		);
}

/** Gives one thread with its audience, and the number of the request it is about, if any. */
export function readThread(tx: Tx, actor: Actor, whose: Whose, number: number) {
	return tx
		.selectFrom('thread')
		.innerJoin('controller', (join) =>
			join
				.onRef('controller.force_id', '=', 'thread.force_id')
				.onRef('controller.id', '=', 'thread.controller_id')
		)
		.leftJoin('support_request', (join) =>
			join
				.onRef('support_request.force_id', '=', 'thread.force_id')
				.onRef('support_request.id', '=', 'thread.request_id')
		)
		.select([
			...(['thread.id', 'thread.number', 'thread.subject', 'thread.participation_id'] as const),
			'thread.opened_by',
			...(['thread.controller_id', 'controller.name as controller'] as const),
			...(['controller.kind as audience', 'support_request.number as request_number'] as const)
		])
		.where('thread.force_id', '=', actor.forceId)
		.where('thread.id', 'in', threadId(tx, actor, whose, number))
		.executeTakeFirst();
}

/** Gives the messages of a thread, oldest first. */
export function readMessages(tx: Tx, actor: Actor, whose: Whose, number: number) {
	return tx
		.selectFrom('message')
		.select([
			...(['sequence', 'side', 'internal', 'words_sealed'] as const),
			...(['language', 'written_by', 'written_label', 'written_at'] as const),
			'acted_as'
		])
		.where('force_id', '=', actor.forceId)
		.where('thread_id', 'in', threadId(tx, actor, whose, number))
		.where((eb) => (actor.role === 'victim' ? eb('internal', '=', false) : eb.lit(true)))
		.orderBy('sequence')
		.execute();
}

/** Gives the force itself as the audience of a message to the police. */
export function readPolice(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('controller')
		.select(['id', 'name'])
		.where('force_id', '=', actor.forceId)
		.where('kind', '=', 'force')
		.executeTakeFirst();
}

/** Gives how many messages of staff the victim has not opened yet, over all threads. */
export async function unreadMessages(tx: Tx, actor: Actor): Promise<number> {
	const row = await tx
		.selectFrom('message')
		.select((eb) => eb.fn.countAll<string>().as('count'))
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', participationOf(tx, actor, { own: true }))
		.where('side', '=', 'staff')
		.where('internal', '=', false)
		.where('read_at', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(row.count);
}

/** Writes down that an officer looked at what a person wrote. */
export async function recordLook(ctx: Ctx, tx: Tx, address: Address): Promise<void> {
	const { actor } = ctx;
	await tx
		.insertInto('audit')
		.columns([
			...(['force_id', 'at', 'account_id', 'actor_role', 'action'] as const),
			...(['participation_id', 'subject_id', 'request_id'] as const)
		])
		.expression((eb) =>
			eb
				.selectFrom('participation')
				.select([
					'participation.force_id',
					sql<Date>`${ctx.clock()}::timestamptz`.as('at'),
					sql<string>`${actor.accountId}::uuid`.as('account_id'),
					sql<string>`${actor.role}::text`.as('actor_role'),
					sql<string>`'participation.viewed'`.as('action'),
					'participation.id as participation_id',
					sql<string | null>`null::uuid`.as('subject_id'),
					sql<string>`${ctx.requestId}::text`.as('request_id')
				])
				.where('participation.id', 'in', participationOf(tx, actor, address))
		)
		.execute();
}
