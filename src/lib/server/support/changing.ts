import { err, ok, type Result } from '#lib/domain/result.ts';
import { move, type RequestMove, type RequestState } from '#lib/domain/support/request.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { insertMessage } from '#lib/server/messages/writes.ts';
import { once } from '#lib/server/once.ts';
import { seal, unwrapDataKey, type DataKey } from '#lib/server/sealing/seal.ts';
import {
	holdRequest,
	readKey,
	readMessages,
	readTransitions
} from '#lib/server/support/queries.ts';
import type { Held, Which } from '#lib/server/support/queries.ts';
import { openStory, type SealedMessage, type SealedMove } from '#lib/server/support/sealed.ts';
import type { Line } from '#lib/domain/support/line.ts';
import { insertTransition, updateRequest } from '#lib/server/support/writes.ts';

/** Somebody changed the request since the form was shown: what they did last. */
export type Stale = { readonly kind: 'stale'; readonly latest: Line | null };

/** A form about one request: its own key, and the version that it was shown with. */
export type Form = { readonly key: string; readonly version: number };

/** What a command does to the request it holds, once it may. */
export type Work = (tx: Tx, held: Held, key: DataKey) => Promise<Result<void, 'not_now'>>;

/**
 * Runs a command about one request: not found for whoever may not open it; nothing twice for one
 * form; stale when it is no longer what the form showed, or when the command says `not_now`.
 */
export async function changing(
	ctx: Ctx,
	which: Which,
	form: Form,
	work: Work
): Promise<Result<void, Stale>> {
	const outcome = await once<void, Stale>(ctx, form.key, async (tx) => {
		const [held, wrapped] = await Promise.all([
			holdRequest(tx, ctx.actor, which),
			readKey(tx, ctx.actor, which)
		]);
		if (!held || wrapped === null) throw notFound();
		const key = await unwrapDataKey(ctx.keys, wrapped);
		if (held.version !== form.version) return err(await stale(ctx, tx, which, key));
		const done = await work(tx, held, key);
		return done.ok ? ok(undefined) : err(await stale(ctx, tx, which, key));
	});
	return outcome.ok ? ok(undefined) : outcome;
}

/** Moves a held request along one move of the actor's side, with the words that go with it. */
export async function applyMove(
	ctx: Ctx,
	tx: Tx,
	held: Held,
	step: { name: RequestMove; accountId: string; sealed: string | null; dueAt: Date }
): Promise<Result<RequestState, 'not_now'>> {
	const side = ctx.actor.role === 'victim' ? 'victim' : 'caseworker';
	const next = move(held.state, step.name, side);
	if (!next.ok) return err('not_now');
	await updateRequest(ctx, tx, held, { state: next.value, dueAt: step.dueAt });
	await insertTransition(ctx, tx, {
		requestId: held.id,
		from: held.state,
		to: next.value,
		accountId: step.accountId,
		wordsSealed: step.sealed
	});
	await record(ctx, tx, 'support.moved', about(held));
	return next;
}

/** Appends a message to the thread of a held request. */
export async function say(
	ctx: Ctx,
	tx: Tx,
	held: Held,
	key: DataKey,
	message: { accountId: string; said: SealedMessage; internal?: boolean }
): Promise<void> {
	if (held.thread_id === null) throw notFound();
	const { participation_id: participationId, controller_id: controllerId } = held;
	const subjectId = await insertMessage(
		ctx,
		tx,
		{ id: held.thread_id, participationId, controllerId },
		{
			accountId: message.accountId,
			wordsSealed: await seal(key, message.said),
			internal: message.internal ?? false
		}
	);
	await record(ctx, tx, 'message.written', { participationId, subjectId });
}

/** Seals the words of a move; nothing where there is nothing to say. */
export async function sealMove(key: DataKey, said: SealedMove | null): Promise<string | null> {
	return said === null ? null : seal(key, said);
}

/** What the audit says a held request is about. */
export function about(held: Held): { participationId: string; subjectId: string } {
	return { participationId: held.participation_id, subjectId: held.id };
}

async function stale(ctx: Ctx, tx: Tx, which: Which, key: DataKey): Promise<Stale> {
	const [transitions, messages] = await Promise.all([
		readTransitions(tx, ctx.actor, which),
		readMessages(tx, ctx.actor, which)
	]);
	const story = await openStory(key, transitions, messages, ctx.actor.accountId);
	return { kind: 'stale', latest: story.findLast((line) => line.kind !== 'internal') ?? null };
}
