import { sql, type SelectQueryBuilder } from 'kysely';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { DeskHours } from '#lib/domain/support/desk-hours.ts';
import { mayHearOf, visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Which request: by its number in the victim's own address, or by its reference in a desk's. */
export type Which = { readonly number: number } | { readonly reference: string };

/** The ids of the participations that the actor may see: what the queries here start from. */
export function seen(
	tx: Tx,
	actor: Actor
): SelectQueryBuilder<Database, 'participation', { id: string }> {
	return tx
		.selectFrom('participation')
		.select('participation.id')
		.where('participation.force_id', '=', actor.forceId)
		.where(visibleTo(actor));
}

/** The id of a request: of the victim's chosen participation, or of the caseworker's own desk. */
export function requestId(
	tx: Tx,
	actor: Actor,
	which: Which
): SelectQueryBuilder<Database, 'support_request', { id: string }> {
	const own = tx
		.selectFrom('support_request')
		.select('support_request.id')
		.where('support_request.force_id', '=', actor.forceId);
	return 'number' in which
		? own
				.where('support_request.number', '=', which.number)
				.where('support_request.participation_id', 'in', seen(tx, actor))
		: own
				.where('support_request.reference', '=', which.reference)
				.where('support_request.desk_id', '=', actor.deskId)
				.where(mayHearOf(actor));
}

/** Gives a request with the names of its desk and its controller; undefined when there is none. */
export function readRequest(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_request')
		.innerJoin('desk', (join) =>
			join
				.onRef('desk.force_id', '=', 'support_request.force_id')
				.onRef('desk.id', '=', 'support_request.desk_id')
		)
		.innerJoin('controller', (join) =>
			join
				.onRef('controller.force_id', '=', 'support_request.force_id')
				.onRef('controller.id', '=', 'support_request.controller_id')
		)
		.select([
			...(['support_request.id', 'support_request.participation_id'] as const),
			...(['support_request.number', 'support_request.reference'] as const),
			...(['support_request.kind', 'support_request.urgency', 'support_request.state'] as const),
			...(['support_request.reach_sealed', 'support_request.words_sealed'] as const),
			...(['support_request.taken_by', 'support_request.taken_label'] as const),
			...(['support_request.taken_at', 'support_request.asked_at'] as const),
			...(['support_request.due_at', 'support_request.closed_at'] as const),
			...(['support_request.version', 'support_request.desk_id'] as const),
			...(['desk.name as desk', 'controller.name as controller'] as const),
			'controller.kind as audience'
		])
		.where('support_request.id', 'in', requestId(tx, actor, which))
		.where('support_request.force_id', '=', actor.forceId)
		.executeTakeFirst();
}

/** The thread about a request, if the actor may see it. */
export function threadOf(
	tx: Tx,
	actor: Actor,
	which: Which
): SelectQueryBuilder<Database, 'thread', { id: string }> {
	return tx
		.selectFrom('thread')
		.select('thread.id')
		.where('thread.force_id', '=', actor.forceId)
		.where('thread.request_id', 'in', requestId(tx, actor, which))
		.where('thread.participation_id', 'in', seen(tx, actor));
}

/** Gives every move of a request, oldest first. */
export function readTransitions(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_transition')
		.select(['sequence', 'from_state', 'to_state', 'moved_by', 'moved_label', 'moved_at'])
		.select(['words_sealed', 'acted_as'])
		.where('force_id', '=', actor.forceId)
		.where('request_id', 'in', requestId(tx, actor, which))
		.orderBy('sequence')
		.execute();
}

/** Gives the messages about a request, oldest first; internal notes too, for those who may read them. */
export function readMessages(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('message')
		.select(['side', 'internal', 'words_sealed', 'language', 'written_by', 'written_label'])
		.select(['written_at', 'acted_as'])
		.where('force_id', '=', actor.forceId)
		.where('thread_id', 'in', threadOf(tx, actor, which))
		.where((eb) => (actor.role === 'victim' ? eb('internal', '=', false) : eb.lit(true)))
		.orderBy('sequence')
		.execute();
}

/** Gives the wrapped key of the victim behind a request, for an actor who may open it. */
export async function readKey(tx: Tx, actor: Actor, which: Which): Promise<string | null> {
	const row = await tx
		.selectFrom('support_request')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'support_request.force_id')
				.onRef('participation.id', '=', 'support_request.participation_id')
		)
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.select('victim_key.wrapped')
		.where('support_request.force_id', '=', actor.forceId)
		.where('support_request.id', 'in', requestId(tx, actor, which))
		.where('participation.id', 'in', seen(tx, actor))
		.executeTakeFirst();
	return row?.wrapped ?? null;
}

/** Gives a request for a change, its row held until the end of the transaction, with its thread. */
export function holdRequest(tx: Tx, actor: Actor, which: Which) {
	return tx
		.selectFrom('support_request')
		.leftJoin('thread', (join) =>
			join
				.onRef('thread.force_id', '=', 'support_request.force_id')
				.onRef('thread.request_id', '=', 'support_request.id')
		)
		.select([
			...(['support_request.id', 'support_request.participation_id'] as const),
			...(['support_request.controller_id', 'support_request.desk_id'] as const),
			...(['support_request.urgency', 'support_request.state'] as const),
			...(['support_request.taken_by', 'support_request.version'] as const),
			...(['support_request.due_at', 'thread.id as thread_id'] as const),
			'support_request.asked_by'
		])
		.where('support_request.force_id', '=', actor.forceId)
		.where('support_request.id', 'in', requestId(tx, actor, which))
		.forUpdate('support_request')
		.executeTakeFirst();
}

export type Held = NonNullable<Awaited<ReturnType<typeof holdRequest>>>;

/** Gives the requests of the victim's chosen participation, newest first. */
export function readOwn(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('support_request')
		.innerJoin('desk', (join) =>
			join
				.onRef('desk.force_id', '=', 'support_request.force_id')
				.onRef('desk.id', '=', 'support_request.desk_id')
		)
		.innerJoin('controller', (join) =>
			join
				.onRef('controller.force_id', '=', 'support_request.force_id')
				.onRef('controller.id', '=', 'support_request.controller_id')
		)
		.select([
			...(['support_request.number', 'support_request.kind', 'desk.name as desk'] as const),
			...(['support_request.urgency', 'support_request.state'] as const),
			...(['support_request.due_at', 'support_request.closed_at'] as const),
			...(['controller.name as controller', 'controller.kind as audience'] as const)
		])
		.select('support_request.asked_at')
		.where('support_request.force_id', '=', actor.forceId)
		.where('support_request.participation_id', 'in', seen(tx, actor))
		.orderBy('support_request.asked_at', 'desc')
		.orderBy('support_request.number', 'desc')
		.execute();
}

/** Gives the open requests of the chosen participation, soonest answer first; no words of them. */
export async function openRequests(tx: Tx, actor: Actor) {
	const rows = await tx
		.selectFrom('support_request')
		.select(['number', 'kind', 'state', 'due_at as dueAt'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', seen(tx, actor))
		.where('closed_at', 'is', null)
		.orderBy('due_at')
		.execute();
	return rows;
}

export type OfferedDesk = {
	readonly id: string;
	readonly name: string;
	readonly controllerId: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
	readonly hours: readonly DeskHours[];
};

/** Gives the desks that a victim may ask, the police's own first, each with its staffed hours. */
export async function readDesks(tx: Tx, actor: Actor): Promise<OfferedDesk[]> {
	const [desks, hours] = await Promise.all([
		tx
			.selectFrom('desk')
			.innerJoin('controller', (join) =>
				join
					.onRef('controller.force_id', '=', 'desk.force_id')
					.onRef('controller.id', '=', 'desk.controller_id')
			)
			.select([
				...(['desk.id', 'desk.name', 'desk.controller_id as controllerId'] as const),
				...(['controller.name as controller', 'controller.kind as audience'] as const)
			])
			.where('desk.force_id', '=', actor.forceId)
			.where('desk.kind', '=', 'support')
			.orderBy('controller.kind')
			.orderBy('desk.name')
			.execute(),
		tx
			.selectFrom('desk_hours')
			.select(['desk_id', 'weekday', 'opens', 'closes'])
			.where('force_id', '=', actor.forceId)
			.execute()
	]);
	return desks.map((desk) => ({ ...desk, hours: hours.filter((one) => one.desk_id === desk.id) }));
}

/** Gives the part that the actor has in the chosen participation; null for one who may only read. */
export async function readVoice(tx: Tx, actor: Actor): Promise<ParticipationRole | null> {
	const row = await tx
		.selectFrom('participation')
		.select('participation.role')
		.where('participation.id', 'in', seen(tx, actor))
		.where('participation.force_id', '=', actor.forceId)
		.where(sql<boolean>`speaks_in(participation.force_id, participation.id)`)
		.executeTakeFirst();
	return row?.role ?? null;
}
