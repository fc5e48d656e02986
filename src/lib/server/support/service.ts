import { err, ok, type Result } from '#lib/domain/result.ts';
import { supportDue } from '#lib/domain/standard/answer-limits.ts';
import { closingAt, nextOpening, type DeskHours } from '#lib/domain/support/desk-hours.ts';
import { supportKindsFor, type SupportKind } from '#lib/domain/support/kinds.ts';
import { nextDue } from '#lib/domain/support/queue.ts';
import type { Reach } from '#lib/domain/support/reach.ts';
import {
	movesFrom,
	urgencies,
	type RequestState,
	type Urgency
} from '#lib/domain/support/request.ts';
import type { Ask } from '#lib/forms/support-ask.ts';
import { requireAccount, requireParticipation } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { markRead, openThread } from '#lib/server/messages/writes.ts';
import { once } from '#lib/server/needs/once.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { keyOfParticipation } from '#lib/server/sealing/victim-key.ts';
import { open, seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { deskPeople, staffWork } from '#lib/server/support/audience.ts';
import { applyMove, changing, say, type Form, type Stale } from '#lib/server/support/changing.ts';
import * as queries from '#lib/server/support/queries.ts';
import type { OfferedDesk } from '#lib/server/support/queries.ts';
import { openStory, type Line } from '#lib/server/support/sealed.ts';
import { insertRequest, insertTransition, updateRequest } from '#lib/server/support/writes.ts';

/** A request in a victim's list. */
export type OwnRequest = {
	readonly number: number;
	readonly kind: string;
	readonly state: RequestState;
	readonly askedAt: Date;
	readonly dueAt: Date;
	readonly closedAt: Date | null;
	readonly reader: Reader;
};

/** Who reads what is written: a desk, and whose it is. */
export type Reader = {
	readonly desk: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
};

/** When somebody is at a desk: until when today, or from when; neither for a desk without hours. */
export type Staffed = { readonly openUntil: Date | null; readonly opensAt: Date | null };

/** Gives everything the chosen participation has asked for, newest first. */
export async function overview(ctx: Ctx): Promise<{ requests: OwnRequest[] }> {
	requireParticipation(ctx);
	const rows = await within(ctx, (tx) => queries.readOwn(tx, ctx.actor));
	return { requests: rows.map((row) => ({ ...ownOf(row), reader: readerOf(row) })) };
}

/** What the asking pages need: what fits this person, who may be asked, and by when each answers. */
export type AskPage = {
	readonly kinds: readonly SupportKind[];
	readonly desks: readonly (Reader & Staffed & { id: string })[];
	readonly due: Readonly<Record<Urgency, Date>>;
};

/** Gives what the asking pages show; not found for one who may only read. */
export async function askPage(ctx: Ctx): Promise<AskPage> {
	requireParticipation(ctx);
	const now = ctx.clock();
	const [desks, role] = await within(ctx, (tx) =>
		Promise.all([queries.readDesks(tx, ctx.actor), queries.readVoice(tx, ctx.actor)])
	);
	if (role === null) throw notFound();
	const due = urgencies.map((urgency) => [urgency, supportDue(urgency, now)] as const);
	return {
		kinds: supportKindsFor(role),
		desks: desks.map((desk) => ({
			id: desk.id,
			desk: desk.name,
			controller: desk.controller,
			audience: desk.audience,
			...staffed(desk.hours, now)
		})),
		due: Object.fromEntries(due) as Record<Urgency, Date>
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
			...{ reachSealed, wordsSealed, dueAt: supportDue(asked.urgency, ctx.clock()) }
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

/** A request as the one who asked reads it. */
export type RequestPage = OwnRequest &
	Staffed & {
		readonly version: number;
		readonly urgency: Urgency;
		readonly words: string;
		readonly reach: Reach;
		readonly takenBy: string | null;
		readonly story: readonly Line[];
		readonly mayWrite: boolean;
		readonly mayWithdraw: boolean;
	};

/** Gives a request with its whole conversation, and marks what staff wrote as read. */
export async function read(ctx: Ctx, number: number): Promise<RequestPage> {
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
		open<Reach>(key, row.reach_sealed),
		openStory(key, transitions, messages)
	]);
	return {
		...ownOf(row),
		reader: readerOf(row),
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
		await say(ctx, tx, held, key, { accountId, said: { words: form.words } });
		const dueAt = nextDue(
			'victim_wrote',
			{ urgency: held.urgency, dueAt: held.due_at },
			ctx.clock()
		);
		if (held.state === 'waiting_for_victim') {
			const step = { name: 'victim_answered', accountId, sealed: null, dueAt } as const;
			const moved = await applyMove(ctx, tx, held, step);
			if (!moved.ok) return moved;
		} else await updateRequest(ctx, tx, held, { state: held.state, dueAt });
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

function staffed(hours: readonly DeskHours[], now: Date): Staffed {
	const openUntil = closingAt(hours, now);
	return { openUntil, opensAt: openUntil === null ? nextOpening(hours, now) : null };
}

function hoursOf(desks: readonly OfferedDesk[], deskId: string): readonly DeskHours[] {
	return desks.find((desk) => desk.id === deskId)?.hours ?? [];
}

function readerOf(row: Reader): Reader {
	return { desk: row.desk, controller: row.controller, audience: row.audience };
}

type OwnRow = Awaited<ReturnType<typeof queries.readOwn>>[number];

function ownOf(row: Omit<OwnRow, 'desk' | 'controller' | 'audience'>): Omit<OwnRequest, 'reader'> {
	return {
		number: row.number,
		kind: row.kind,
		state: row.state,
		askedAt: row.asked_at,
		dueAt: row.due_at,
		closedAt: row.closed_at
	};
}
