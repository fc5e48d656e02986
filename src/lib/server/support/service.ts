import { err, ok, type Result } from '#lib/domain/result.ts';
import { supportDue } from '#lib/domain/standard/answer-limits.ts';
import { supportKindsFor } from '#lib/domain/support/kinds.ts';
import { firstDue, nextDue } from '#lib/domain/support/queue.ts';
import type { Reach } from '#lib/domain/support/reach.ts';
import { movesFrom } from '#lib/domain/support/request.ts';
import type { Ask } from '#lib/forms/support-ask.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount, requireParticipation } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { markRead, openThread } from '#lib/server/messages/writes.ts';
import { once } from '#lib/server/once.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { keyOfParticipation } from '#lib/server/sealing/victim-key.ts';
import { open, seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { deskPeople, staffWork } from '#lib/server/support/audience.ts';
import { applyMove, changing, say, type Form, type Stale } from '#lib/server/support/changing.ts';
import { eachUrgency, hoursOf, ownOf, readerOf, staffed } from '#lib/server/support/own-page.ts';
import type { AskPage, OwnRequest, RequestPage } from '#lib/server/support/own-page.ts';
import * as queries from '#lib/server/support/queries.ts';
import { openStory } from '#lib/server/support/sealed.ts';
import { insertRequest, insertTransition, updateRequest } from '#lib/server/support/writes.ts';

/** Gives everything the chosen participation has asked for, newest first. */
export async function overview(ctx: Ctx): Promise<{ requests: OwnRequest[]; mayAsk: boolean }> {
	requireParticipation(ctx);
	const [rows, role] = await within(ctx, (tx) =>
		Promise.all([queries.readOwn(tx, ctx.actor), queries.readVoice(tx, ctx.actor)])
	);
	return { requests: rows.map((row) => ownOf(row, ctx.clock())), mayAsk: role !== null };
}

/** Gives what the asking pages show; not found for one who may only read. */
export async function askPage(ctx: Ctx): Promise<AskPage> {
	requireParticipation(ctx);
	const now = ctx.clock();
	const [desks, role] = await within(ctx, (tx) =>
		Promise.all([queries.readDesks(tx, ctx.actor), queries.readVoice(tx, ctx.actor)])
	);
	if (role === null) throw notFound();
	const offered = desks.map((desk) => ({
		...readerOf({ desk: desk.name, controller: desk.controller, audience: desk.audience }),
		...staffed(desk.hours, now),
		id: desk.id,
		due: eachUrgency((urgency) => firstDue(urgency, desk.hours, now))
	}));
	return {
		kinds: supportKindsFor(role),
		desks: offered,
		// Before a desk is chosen only the latest day is sure.
		due: eachUrgency((urgency) => {
			const days = offered.map((desk) => desk.due[urgency].getTime());
			return days.length > 0 ? new Date(Math.max(...days)) : supportDue(urgency, now);
		})
	};
}

/**
 * Sends a request to one desk; gives its number. `not_offered` for a kind or desk that is not
 * offered to this person. A second press of one form gives the number of the first.
 */
export async function ask(
	ctx: Ctx,
	key: string,
	asked: Ask
): Promise<Result<number, 'not_offered'>> {
	const participationId = requireParticipation(ctx);
	const accountId = requireAccount(ctx);
	const outcome = await once<number, 'not_offered'>(ctx, key, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const [desks, role, dataKey] = await Promise.all([
			queries.readDesks(tx, ctx.actor),
			queries.readVoice(tx, ctx.actor),
			keyOfParticipation(ctx, tx, participationId)
		]);
		const desk = desks.find((one) => one.id === asked.deskId);
		if (role === null) throw notFound();
		if (!desk || !supportKindsFor(role).includes(asked.kind)) return err('not_offered');
		const [reachSealed, wordsSealed] = await Promise.all([
			seal(dataKey, asked.reach),
			seal(dataKey, asked.words)
		]);
		const about = { participationId, controllerId: desk.controllerId };
		const request = await insertRequest(ctx, tx, {
			...about,
			...{ deskId: desk.id, kind: asked.kind, urgency: asked.urgency },
			...{ reachSealed, wordsSealed, dueAt: firstDue(asked.urgency, desk.hours, ctx.clock()) }
		});
		const first = { requestId: request.id, from: 'none', to: 'new' } as const;
		await insertTransition(ctx, tx, { ...first, accountId, wordsSealed: null });
		await openThread(ctx, tx, { ...about, requestId: request.id, subject: 'support' });
		await record(ctx, tx, 'support.asked', { participationId, subjectId: request.id });
		await tell(ctx, tx, await deskPeople(ctx, tx, { deskId: desk.id, participationId }));
		return ok(request.number);
	});
	if (!outcome.ok || outcome.value !== 'repeated') return outcome as Result<number, 'not_offered'>;
	const newest = await within(ctx, (tx) => queries.readOwn(tx, ctx.actor));
	return ok(newest[0]?.number ?? 1);
}

/**
 * Gives a request with its whole conversation, and marks what staff wrote as read. `show` opens how
 * the person asked to be reached, which takes a fresh secret.
 */
export async function read(ctx: Ctx, number: number, show = false): Promise<RequestPage> {
	requireParticipation(ctx);
	const which = { number };
	const [row, transitions, messages, wrapped, desks, role] = await within(ctx, (tx) =>
		Promise.all([
			queries.readRequest(tx, ctx.actor, which),
			queries.readTransitions(tx, ctx.actor, which),
			queries.readMessages(tx, ctx.actor, which),
			queries.readKey(tx, ctx.actor, which),
			queries.readDesks(tx, ctx.actor),
			queries.readVoice(tx, ctx.actor),
			markRead(ctx, tx, queries.threadOf(tx, ctx.actor, which))
		])
	);
	if (!row || wrapped === null) throw notFound();
	const key = await unwrapDataKey(ctx.keys, wrapped);
	const [words, reach, story] = await Promise.all([
		open<string>(key, row.words_sealed),
		role !== null && show && isFresh(ctx) ? open<Reach>(key, row.reach_sealed) : null,
		openStory(key, transitions, messages, ctx.actor.accountId)
	]);
	return {
		...ownOf(row, ctx.clock()),
		...staffed(hoursOf(desks, row.desk_id), ctx.clock()),
		...{ version: row.version, urgency: row.urgency, words, reach, story },
		takenBy: row.taken_label,
		mayWrite: role !== null && row.closed_at === null,
		mayWithdraw: role !== null && movesFrom(row.state, 'victim').includes('withdraw')
	};
}

/** Adds the victim's words to an open request; what was asked of her is then answered. */
export function write(
	ctx: Ctx,
	number: number,
	form: Form & { words: string }
): Promise<Result<void, Stale>> {
	requireParticipation(ctx);
	const accountId = requireAccount(ctx);
	return changing(ctx, { number }, form, async (tx, held, key) => {
		if (held.state === 'done' || held.state === 'withdrawn') return err('not_now');
		const hours = hoursOf(await queries.readDesks(tx, ctx.actor), held.desk_id);
		const request = { urgency: held.urgency, dueAt: held.due_at, hours };
		const dueAt = nextDue('victim_wrote', request, ctx.clock());
		if (held.state === 'waiting_for_victim') {
			const step = { name: 'victim_answered', accountId, sealed: null, dueAt } as const;
			const moved = await applyMove(ctx, tx, held, step);
			if (!moved.ok) return moved;
		} else await updateRequest(ctx, tx, held, { state: held.state, dueAt });
		await say(ctx, tx, held, key, { accountId, said: { words: form.words } });
		await tell(ctx, tx, await listeners(ctx, tx, held));
		return ok(undefined);
	});
}

/** Takes the victim's request back, at any time while it is open. */
export function withdraw(ctx: Ctx, number: number, form: Form): Promise<Result<void, Stale>> {
	requireParticipation(ctx);
	const accountId = requireAccount(ctx);
	return changing(ctx, { number }, form, async (tx, held) => {
		const step = { name: 'withdraw', accountId, sealed: null, dueAt: held.due_at } as const;
		const moved = await applyMove(ctx, tx, held, step);
		if (!moved.ok) return moved;
		await tell(ctx, tx, await listeners(ctx, tx, held));
		return ok(undefined);
	});
}

async function listeners(
	ctx: Ctx,
	tx: Parameters<typeof deskPeople>[1],
	held: queries.Held
): ReturnType<typeof deskPeople> {
	const { participation_id: participationId, desk_id: deskId } = held;
	return held.taken_by === null
		? deskPeople(ctx, tx, { deskId, participationId })
		: [staffWork(held.taken_by, participationId)];
}
