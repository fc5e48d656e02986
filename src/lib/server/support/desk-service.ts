import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Attempt, AttemptWay } from '#lib/domain/support/outcomes.ts';
import { contactBy } from '#lib/domain/support/reach.ts';
import { inOrder, nextDue, type QueueFilter } from '#lib/domain/support/queue.ts';
import type { StaffMove } from '#lib/forms/support-reply.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { markRead } from '#lib/server/messages/writes.ts';
import { once } from '#lib/server/once.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { keyOfParticipation } from '#lib/server/sealing/victim-key.ts';
import { unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { theVictim } from '#lib/server/support/audience.ts';
import {
	applyMove,
	changing,
	say,
	sealMove,
	type Form,
	type Stale
} from '#lib/server/support/changing.ts';
import * as deskQueries from '#lib/server/support/desk-queries.ts';
import * as deskPage from '#lib/server/support/desk-page.ts';
import type { DeskPage, QueueRow } from '#lib/server/support/desk-page.ts';
import * as queries from '#lib/server/support/queries.ts';
import { bareStory, openStory } from '#lib/server/support/sealed.ts';
import { insertTransition, takeRequest, updateRequest } from '#lib/server/support/writes.ts';

/** The queue as one page shows it; `more` when it is longer than a page. */
export type Queue = {
	readonly rows: readonly QueueRow[];
	readonly open: number;
	readonly mine: number;
	readonly more: boolean;
};

/** Gives the requests of the caseworker's own desk, most urgent first. */
export async function queue(ctx: Ctx, filter: QueueFilter): Promise<Queue> {
	requireRole(ctx, 'caseworker');
	const { actor } = ctx;
	const now = ctx.clock();
	const [rows, counts] = await within(ctx, (tx) =>
		Promise.all([deskQueries.readQueue(tx, actor, filter), deskQueries.countOpen(tx, actor)])
	);
	const shown = rows
		.slice(0, deskQueries.longestQueue)
		.map((row) => deskPage.rowOf(row, row, { accountId: actor.accountId, now }));
	return {
		rows: inOrder(shown, now),
		open: Number(counts.open),
		mine: Number(counts.mine),
		more: rows.length > deskQueries.longestQueue
	};
}

/**
 * Gives one request of the caseworker's desk. Before it is taken: what the queue shows and its
 * states; once this caseworker has taken it, the whole of what its audience allows.
 */
export async function open(ctx: Ctx, reference: string): Promise<DeskPage> {
	requireRole(ctx, 'caseworker');
	const { actor } = ctx;
	const which = { reference };
	const found = await within(ctx, (tx) =>
		Promise.all([
			queries.readRequest(tx, actor, which),
			queries.readTransitions(tx, actor, which),
			queries.readMessages(tx, actor, which),
			queries.readKey(tx, actor, which),
			deskQueries.readPlan(tx, actor, which),
			deskQueries.readSaid(tx, actor, which, deskPage.needsOfDesks),
			deskQueries.readRecorded(tx, actor, which, deskPage.needsOfDesks),
			deskQueries.readPhase(tx, actor, which),
			deskQueries.readEarlier(tx, actor, which),
			deskQueries.readPerson(tx, actor, which),
			deskQueries.recordLook(ctx, tx, which),
			markRead(ctx, tx, deskQueries.ownThread(tx, actor, which))
		])
	);
	const [row, transitions, messages, wrapped, plan, said, recorded, phase, earlier, person] = found;
	if (!row) throw notFound();
	const shown = deskPage.rowOf(row, plan, { accountId: actor.accountId, now: ctx.clock() });
	const page = {
		...shown,
		...{ version: row.version, desk: row.desk, controller: row.controller },
		...{ audience: row.audience, closedAt: row.closed_at, moves: deskPage.movesOf(row, shown.mine) }
	};
	// An earlier request of the same person, taken before, opens the key but not this request.
	if (wrapped === null || !shown.mine)
		return { ...page, story: bareStory(transitions), file: null };
	const key = await unwrapDataKey(ctx.keys, wrapped);
	const [story, asked, needs] = await Promise.all([
		openStory(key, transitions, messages, actor.accountId),
		deskPage.openAsked(key, row, plan, person),
		deskPage.openNeeds(key, row.audience, said, recorded)
	]);
	const others = earlier.map(({ asked_at: at, ...other }) => ({ ...other, at }));
	return {
		...page,
		contact: contactBy(asked.plan, ctx.clock()),
		story,
		file: { ...asked, needs, phase: deskPage.phaseOf(phase), earlier: others }
	};
}

/** Somebody else has the request already: the label they are known by. */
export type Taken = { readonly kind: 'taken'; readonly by: string };

/** Takes a request nobody has. Of many caseworkers at once one has it, the others learn who. */
export async function take(
	ctx: Ctx,
	reference: string,
	form: Form
): Promise<Result<void, Taken | { kind: 'changed' }>> {
	requireRole(ctx, 'caseworker');
	const accountId = requireAccount(ctx);
	const outcome = await once<void, Taken | { kind: 'changed' }>(ctx, form.key, async (tx) => {
		const { version } = form;
		const taken = await takeRequest(ctx, tx, { reference, version, accountId });
		if (!taken) {
			const row = await queries.readRequest(tx, ctx.actor, { reference });
			if (!row) throw notFound();
			if (row.taken_by === accountId) return ok(undefined);
			return err(row.taken_by ? { kind: 'taken', by: row.taken_label ?? '' } : { kind: 'changed' });
		}
		const participationId = taken.participation_id;
		// Whoever is shut out of the case cannot read the key, and so cannot hold its requests.
		await keyOfParticipation(ctx, tx, participationId);
		const step = { requestId: taken.id, from: 'new', to: 'acknowledged' } as const;
		await insertTransition(ctx, tx, { ...step, accountId, wordsSealed: null });
		await record(ctx, tx, 'support.moved', { participationId, subjectId: taken.id });
		await tell(ctx, tx, await theVictim(ctx, tx, participationId, taken.asked_by));
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

/** Sends the victim an answer, in the thread that the request's audience reads. */
export function reply(
	ctx: Ctx,
	reference: string,
	form: Form & { words: string }
): Promise<Result<void, Stale>> {
	const accountId = ownWork(ctx);
	return changing(ctx, { reference }, form, async (tx, held, key) => {
		mustBeMine(held, accountId);
		if (held.state === 'done' || held.state === 'withdrawn') return err('not_now');
		await say(ctx, tx, held, key, { accountId, said: { words: form.words } });
		await updateRequest(ctx, tx, held, { state: held.state, dueAt: dueAfterAnswer(ctx, held) });
		await tell(ctx, tx, await theVictim(ctx, tx, held.participation_id, held.asked_by));
		return ok(undefined);
	});
}

/** Writes a note that only the desk reads; it may say how somebody was tried, and what came of it. */
export async function note(
	ctx: Ctx,
	reference: string,
	form: { key: string; words: string; attempt: { way: AttemptWay; result: Attempt } | null }
): Promise<void> {
	const accountId = ownWork(ctx);
	await once<void, never>(ctx, form.key, async (tx) => {
		const which = { reference };
		const [held, wrapped] = await Promise.all([
			queries.holdRequest(tx, ctx.actor, which),
			queries.readKey(tx, ctx.actor, which)
		]);
		if (!held || wrapped === null) throw notFound();
		mustBeMine(held, accountId);
		const key = await unwrapDataKey(ctx.keys, wrapped);
		const said = { words: form.words, ...(form.attempt ? { attempt: form.attempt } : {}) };
		await say(ctx, tx, held, key, { accountId, said, internal: true });
		return ok(undefined);
	});
}

/** Moves the request on; what goes with the move is read by the victim. */
export function moveOn(
	ctx: Ctx,
	reference: string,
	form: Form & StaffMove
): Promise<Result<void, Stale>> {
	const accountId = ownWork(ctx);
	return changing(ctx, { reference }, form, async (tx, held, key) => {
		mustBeMine(held, accountId);
		const { words, outcome } = form;
		const sealed = await sealMove(
			key,
			words === '' ? null : { words, ...(outcome ? { outcome } : {}) }
		);
		const moved = await applyMove(ctx, tx, held, {
			...{ name: form.move, accountId, sealed },
			dueAt: form.move === 'reopen' ? reopenedDue(ctx, held) : dueAfterAnswer(ctx, held)
		});
		if (!moved.ok) return moved;
		await tell(ctx, tx, await theVictim(ctx, tx, held.participation_id, held.asked_by));
		return ok(undefined);
	});
}

function ownWork(ctx: Ctx): string {
	requireRole(ctx, 'caseworker');
	return requireAccount(ctx);
}

function mustBeMine(held: queries.Held, accountId: string): void {
	if (held.taken_by !== accountId) throw notFound();
}

function dueAfterAnswer(ctx: Ctx, held: queries.Held): Date {
	return nextDue('staff_answered', { urgency: held.urgency, dueAt: held.due_at }, ctx.clock());
}

function reopenedDue(ctx: Ctx, held: queries.Held): Date {
	return nextDue('reopened', { urgency: held.urgency, dueAt: held.due_at }, ctx.clock());
}
