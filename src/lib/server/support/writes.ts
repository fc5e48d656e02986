import { randomInt, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { RequestState, Urgency } from '#lib/domain/support/request.ts';
import { mayHearOf } from '#lib/server/access/visible.ts';
import type { Ctx, Draw, Tx } from '#lib/server/context.ts';
import { nextNumber } from '#lib/server/messages/writes.ts';
import type { Held } from '#lib/server/support/queries.ts';

/** A request that is about to be stored, its free text sealed by the caller. */
export type NewRequest = {
	readonly participationId: string;
	readonly controllerId: string;
	readonly deskId: string;
	readonly kind: string;
	readonly urgency: Urgency;
	readonly reachSealed: string;
	readonly wordsSealed: string;
	readonly dueAt: Date;
};

const tries = 20;

/** Stores a new request under a random reference and the participation's next number; gives both ids. */
export async function insertRequest(
	ctx: Ctx,
	tx: Tx,
	request: NewRequest
): Promise<{ id: string; number: number }> {
	const id = randomUUID();
	const number = await nextNumber(tx, ctx.actor, request.participationId, 'support_request');
	for (let left = tries; left > 0; left -= 1) {
		const stored = await tx
			.insertInto('support_request')
			.values({ ...row(ctx, request), id, number, reference: newReference(ctx.draw) })
			.onConflict((clash) => clash.columns(['force_id', 'reference']).doNothing())
			.executeTakeFirst();
		if (stored.numInsertedOrUpdatedRows === 1n) return { id, number };
	}
	throw new Error('no free reference for a support request was found');
}

function row(ctx: Ctx, request: NewRequest) {
	return {
		force_id: ctx.actor.forceId,
		participation_id: request.participationId,
		controller_id: request.controllerId,
		desk_id: request.deskId,
		kind: request.kind,
		urgency: request.urgency,
		reach_sealed: request.reachSealed,
		words_sealed: request.wordsSealed,
		state: 'new' as const,
		...{ taken_by: null, taken_label: null, taken_at: null, closed_at: null },
		asked_at: ctx.clock(),
		due_at: request.dueAt
	};
}

function newReference(draw: Draw = randomInt): string {
	return `SR-${String(draw(0, 1_000_000)).padStart(6, '0')}`;
}

/** Appends the next line of a request's story. The caller holds the request's row. */
export async function insertTransition(
	ctx: Ctx,
	tx: Tx,
	move: {
		requestId: string;
		from: RequestState | 'none';
		to: RequestState;
		accountId: string;
		wordsSealed: string | null;
	}
): Promise<void> {
	const { forceId, role, label } = ctx.actor;
	const last = await tx
		.selectFrom('support_transition')
		.select(sql<number>`coalesce(max(sequence), 0)`.as('sequence'))
		.where('force_id', '=', forceId)
		.where('request_id', '=', move.requestId)
		.executeTakeFirstOrThrow();
	await tx
		.insertInto('support_transition')
		.values({
			...{ force_id: forceId, request_id: move.requestId, sequence: last.sequence + 1 },
			...{ from_state: move.from, to_state: move.to },
			...{ moved_by: move.accountId, moved_label: role === 'victim' ? null : label },
			...{ moved_at: ctx.clock(), words_sealed: move.wordsSealed }
		})
		.execute();
}

/** Stores what a command did to a request it holds, and counts its version up by one. */
export async function updateRequest(
	ctx: Ctx,
	tx: Tx,
	held: Held,
	change: { state: RequestState; dueAt: Date }
): Promise<void> {
	const over = change.state === 'done' || change.state === 'withdrawn';
	await tx
		.updateTable('support_request')
		.set({
			state: change.state,
			due_at: change.dueAt,
			closed_at: over ? ctx.clock() : null,
			version: held.version + 1
		})
		.where('force_id', '=', ctx.actor.forceId)
		.where('id', '=', held.id)
		.execute();
}

/**
 * Takes a request that nobody has, as it was seen; gives it, or undefined when somebody was faster
 * or it changed. Of many at once PostgreSQL lets one through: the others find it no longer new.
 */
export function takeRequest(
	ctx: Ctx,
	tx: Tx,
	request: { reference: string; version: number; accountId: string }
) {
	return tx
		.updateTable('support_request')
		.set({
			state: 'acknowledged',
			taken_by: request.accountId,
			taken_label: ctx.actor.label,
			taken_at: ctx.clock(),
			version: request.version + 1
		})
		.where('force_id', '=', ctx.actor.forceId)
		.where('reference', '=', request.reference)
		.where('desk_id', '=', ctx.actor.deskId)
		.where(mayHearOf(ctx.actor))
		.where('state', '=', 'new')
		.where('version', '=', request.version)
		.returning(['id', 'participation_id', 'asked_by'])
		.executeTakeFirst();
}
