import { err, ok, type Result } from '#lib/domain/result.ts';
import type { NewMessage } from '#lib/forms/message.ts';
import { requireAccount, requireParticipation, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import * as queries from '#lib/server/messages/queries.ts';
import type { Address, Whose } from '#lib/server/messages/queries.ts';
import { insertMessage, markRead, openThread } from '#lib/server/messages/writes.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as people from '#lib/server/needs/rows.ts';
import { once } from '#lib/server/once.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { officers, theVictim } from '#lib/server/support/audience.ts';
import { openMessages } from '#lib/server/support/sealed.ts';
import type { Line } from '#lib/domain/support/line.ts';

/** A thread in a list: what it is about, who reads it, and what waits unread. */
export type ThreadRow = {
	readonly number: number;
	readonly subject: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
	/** The request the thread is about, with what it asks for. */
	readonly request: {
		readonly number: number;
		readonly kind: string;
		readonly desk: string;
	} | null;
	readonly lastAt: Date;
	readonly unread: number;
};

/** One conversation; `version` is the number of its last message. */
export type ThreadPage = {
	readonly number: number;
	readonly subject: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
	readonly requestNumber: number | null;
	readonly lines: readonly Line[];
	readonly version: number;
	readonly mayWrite: boolean;
};

/** Somebody wrote in the thread since the form was shown: what they wrote. */
export type Stale = { readonly kind: 'stale'; readonly latest: Line | null };

/** Gives the threads of the victim's chosen participation, the one written in last first. */
export async function threads(ctx: Ctx): Promise<{ threads: ThreadRow[]; mayWrite: boolean }> {
	requireParticipation(ctx);
	const whose = { own: true } as const;
	const [rows, place] = await within(ctx, (tx) =>
		Promise.all([
			queries.readThreads(tx, ctx.actor, whose),
			queries.readPlace(tx, ctx.actor, whose)
		])
	);
	if (!place) throw notFound();
	return { threads: rows.map(rowOf), mayWrite: place.speaks };
}

/** Gives who reads a new message to the officer's team; not found for one who may only read. */
export async function newPage(ctx: Ctx): Promise<{ controller: string }> {
	requireParticipation(ctx);
	const [police, place] = await within(ctx, (tx) =>
		Promise.all([
			queries.readPolice(tx, ctx.actor),
			queries.readPlace(tx, ctx.actor, { own: true })
		])
	);
	if (!police || !place?.speaks) throw notFound();
	return { controller: police.name };
}

/** Opens a thread with the officer's team; gives its number. A second press gives the same. */
export async function start(ctx: Ctx, key: string, message: NewMessage): Promise<number> {
	const participationId = requireParticipation(ctx);
	const accountId = requireAccount(ctx);
	const whose = { own: true } as const;
	const outcome = await once<number, never>(ctx, key, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const [police, place] = await Promise.all([
			queries.readPolice(tx, ctx.actor),
			queries.readPlace(tx, ctx.actor, whose)
		]);
		if (!police || !place?.wrapped || !place.speaks) throw notFound();
		const thread = await openThread(ctx, tx, {
			...{ participationId, controllerId: police.id, requestId: null },
			subject: message.subject
		});
		const dataKey = await unwrapDataKey(ctx.keys, place.wrapped);
		const wordsSealed = await seal(dataKey, { words: message.words });
		const subjectId = await insertMessage(ctx, tx, thread, { accountId, wordsSealed });
		await record(ctx, tx, 'message.written', { participationId, subjectId });
		await tell(ctx, tx, await officers(ctx, tx, participationId));
		return ok(thread.number);
	});
	if (outcome.ok && outcome.value !== 'repeated') return outcome.value;
	const all = await within(ctx, (tx) => queries.readThreads(tx, ctx.actor, whose));
	const newest = all.reduce<(typeof all)[number] | null>(
		(last, row) => (last === null || row.opened_at > last.opened_at ? row : last),
		null
	);
	return newest?.number ?? 1;
}

/** Gives a conversation of the victim's, and marks what staff wrote as read. */
export async function read(ctx: Ctx, number: number): Promise<ThreadPage> {
	requireParticipation(ctx);
	const page = await within(ctx, (tx) => readConversation(ctx, tx, { own: true }, number));
	if (page === null) throw notFound();
	return page;
}

/** Adds the victim's words to a thread with the officer's team. */
export function write(
	ctx: Ctx,
	number: number,
	form: { key: string; version: number; words: string }
): Promise<Result<void, Stale>> {
	requireParticipation(ctx);
	return append(ctx, { own: true }, number, form);
}

/** What an officer reads of a person's messages: all threads with the police, and one of them open. */
export type OfficerPage = {
	readonly person: PersonView;
	readonly threads: readonly ThreadRow[];
	readonly open: ThreadPage | null;
};

/**
 * Gives the threads that a person in a case has with the police, for an officer who may see the
 * case, with the one of this number opened and marked as read. What was told to an independent
 * service is not among them, nor what belongs to a desk.
 */
export async function threadsFor(
	ctx: Ctx,
	address: Address,
	number: number | null
): Promise<OfficerPage> {
	requireRole(ctx, 'officer', 'supervisor');
	// In this order, so that what is opened here no longer counts as unread in the list.
	const [open, rows, who, found] = await within(ctx, (tx) =>
		Promise.all([
			readConversation(ctx, tx, address, number ?? 0),
			queries.readThreads(tx, ctx.actor, address),
			people.readParticipation(tx, ctx.actor, address),
			people.readPerson(tx, ctx.actor, address),
			queries.recordLook(ctx, tx, address)
		])
	);
	if (!who || !found || (number !== null && open === null)) throw notFound();
	return { person: await personOf(ctx, who, found), threads: rows.map(rowOf), open };
}

/** Answers a person in a thread with the police. */
export function reply(
	ctx: Ctx,
	address: Address,
	number: number,
	form: { key: string; version: number; words: string }
): Promise<Result<void, Stale>> {
	requireRole(ctx, 'officer', 'supervisor');
	return append(ctx, address, number, form);
}

async function readConversation(
	ctx: Ctx,
	tx: Tx,
	whose: Whose,
	number: number
): Promise<ThreadPage | null> {
	const [thread, rows, place] = await Promise.all([
		queries.readThread(tx, ctx.actor, whose, number),
		queries.readMessages(tx, ctx.actor, whose, number),
		queries.readPlace(tx, ctx.actor, whose),
		markRead(ctx, tx, queries.threadId(tx, ctx.actor, whose, number))
	]);
	if (!place?.wrapped) throw notFound();
	if (!thread) return null;
	const key = await unwrapDataKey(ctx.keys, place.wrapped);
	return {
		...{ number, subject: thread.subject, controller: thread.controller },
		...{ audience: thread.audience, requestNumber: thread.request_number },
		lines: await openMessages(key, rows, ctx.actor.accountId),
		version: rows.at(-1)?.sequence ?? 0,
		mayWrite: place.speaks
	};
}

async function append(
	ctx: Ctx,
	whose: Whose,
	number: number,
	form: { key: string; version: number; words: string }
): Promise<Result<void, Stale>> {
	const accountId = requireAccount(ctx);
	const outcome = await once<void, Stale>(ctx, form.key, async (tx, takeTurns) => {
		const [thread, place] = await Promise.all([
			queries.readThread(tx, ctx.actor, whose, number),
			queries.readPlace(tx, ctx.actor, whose)
		]);
		// A thread about a request is written in on the request's own page, which has its states.
		if (!thread || thread.request_number !== null || !place?.wrapped || !place.speaks) {
			throw notFound();
		}
		const participationId = thread.participation_id;
		await takeTurns(participationId);
		const rows = await queries.readMessages(tx, ctx.actor, whose, number);
		const key = await unwrapDataKey(ctx.keys, place.wrapped);
		if ((rows.at(-1)?.sequence ?? 0) !== form.version) {
			const latest = (await openMessages(key, rows.slice(-1), ctx.actor.accountId))[0] ?? null;
			return err({ kind: 'stale', latest });
		}
		const about = { id: thread.id, participationId, controllerId: thread.controller_id };
		const wordsSealed = await seal(key, { words: form.words });
		const subjectId = await insertMessage(ctx, tx, about, { accountId, wordsSealed });
		await record(ctx, tx, 'message.written', { participationId, subjectId });
		const victimWrote = ctx.actor.role === 'victim';
		const told = victimWrote
			? officers(ctx, tx, participationId)
			: theVictim(ctx, tx, participationId, thread.opened_by);
		await tell(ctx, tx, await told);
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

function rowOf(row: Awaited<ReturnType<typeof queries.readThreads>>[number]): ThreadRow {
	const { request_number: number, request_kind: kind, desk } = row;
	return {
		...{ number: row.number, subject: row.subject },
		...{ controller: row.controller, audience: row.audience },
		request: number === null || kind === null ? null : { number, kind, desk: desk ?? '' },
		lastAt: row.last_at ?? row.opened_at,
		unread: Number(row.unread)
	};
}
