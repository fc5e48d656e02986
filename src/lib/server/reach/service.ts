import { randomUUID } from 'node:crypto';
import {
	changeDue,
	contactChannels,
	tellsOld,
	type ContactChannel,
	type Safe
} from '#lib/domain/contact/held-change.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount, requireParticipation } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { officersOf } from '#lib/server/needs/rows.ts';
import { tell, type Tell } from '#lib/server/notice/tell.ts';
import { once } from '#lib/server/once.ts';
import { changeOf, keyOf, standingOf, type Asked } from '#lib/server/reach/opened.ts';
import * as queries from '#lib/server/reach/queries.ts';
import { seal } from '#lib/server/sealing/seal.ts';

/** A way of being reached as its person sees it; what is sealed is null before the secret. */
export type Way = {
	readonly channel: ContactChannel;
	/** Whether a number or an address is kept for it. */
	readonly kept: boolean;
	readonly value: string | null;
	readonly safe: Safe | null;
	/** The last change that was asked for, unless it was taken back. */
	readonly change: {
		readonly id: string;
		readonly state: 'held' | 'confirmed' | 'refused';
		readonly askedAt: Date;
		readonly dueAt: Date;
		readonly settledAt: Date | null;
		readonly settledBy: string | null;
		readonly value: string | null;
		readonly safe: Safe | null;
		/** Why it was refused, as the person reads it. */
		readonly words: string | null;
	} | null;
};

export type Ways = { readonly open: boolean; readonly ways: readonly Way[] };

/** Gives how one is reached; numbers and addresses only after the secret was given again. */
export async function read(ctx: Ctx): Promise<Ways> {
	const participationId = requireParticipation(ctx);
	const place = { participationId };
	const opened = isFresh(ctx);
	const [reached, details, changes] = await within(ctx, (tx) =>
		Promise.all([
			queries.readReached(tx, ctx.actor, place),
			queries.standingDetails(tx, ctx.actor, place),
			queries.changesOf(tx, ctx.actor, place),
			opened ? record(ctx, tx, 'contact.revealed', { participationId }) : null
		])
	);
	if (!reached) throw notFound();
	const key = await keyOf(ctx, reached);
	const ways = contactChannels.map(async (channel): Promise<Way> => {
		const detail = details.find((row) => row.channel === channel);
		const last = changes.find((row) => row.channel === channel);
		const shown = opened && detail ? await standingOf(key, detail) : null;
		return {
			...{ channel, kept: detail !== undefined },
			...{ value: shown?.value ?? null, safe: shown?.safe ?? null },
			change: last ? await lastOf(key, last, opened) : null
		};
	});
	return { open: opened, ways: await Promise.all(ways) };
}

/**
 * Asks for a change of how one is reached. Nothing that is sent changes by it: it is held until the
 * police have checked it. The one held before it for the same way gives place to it.
 */
export async function ask(
	ctx: Ctx,
	asked: Asked & { readonly channel: ContactChannel },
	formKey: string
): Promise<Result<void, 'step_up'>> {
	const place = { participationId: requireParticipation(ctx) };
	if (!isFresh(ctx)) return err('step_up');
	await once<void, never>(ctx, formKey, async (tx, takeTurns) => {
		const reached = await queries.readReached(tx, ctx.actor, place);
		if (!reached) throw notFound();
		await takeTurns(reached.victim_id);
		const { channel } = asked;
		const at = ctx.clock();
		const end = { state: 'replaced', at } as const;
		await queries.settleHeld(tx, ctx.actor, reached.id, { channel }, end);
		const id = randomUUID();
		const { value, safe } = asked;
		await queries.insertChange(tx, {
			...{ force_id: ctx.actor.forceId, id, participation_id: reached.id, channel },
			asked_sealed: await seal(await keyOf(ctx, reached), { value, safe } satisfies Asked),
			...{ asked_by: requireAccount(ctx), asked_at: at, due_at: changeDue(at) },
			...{ route: null, words_sealed: null },
			...{ settled_by: null, settled_label: null, settled_at: null }
		});
		await record(ctx, tx, 'contact.asked', { participationId: reached.id, subjectId: id });
		await tell(ctx, tx, await toTell(ctx, tx, reached, asked));
		return ok(undefined);
	});
	return ok(undefined);
}

/** Takes back a change that is still held. */
export async function withdraw(
	ctx: Ctx,
	change: string,
	formKey: string
): Promise<Result<void, 'step_up' | 'stale'>> {
	const place = { participationId: requireParticipation(ctx) };
	if (!isFresh(ctx)) return err('step_up');
	const outcome = await once<void, 'stale'>(ctx, formKey, async (tx, takeTurns) => {
		const reached = await queries.readReached(tx, ctx.actor, place);
		if (!reached) throw notFound();
		await takeTurns(reached.victim_id);
		const end = { state: 'withdrawn', at: ctx.clock() } as const;
		const ended = await queries.settleHeld(tx, ctx.actor, reached.id, { id: change }, end);
		if (!ended) return err('stale');
		const about = { participationId: reached.id, subjectId: change };
		await record(ctx, tx, 'contact.withdrawn', about);
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

// The officers have something to check. The mail address in use hears that something waits, so that
// a person learns of a change which somebody else asked for; but only where both are safe.
async function toTell(
	ctx: Ctx,
	tx: Tx,
	reached: queries.Reached,
	asked: { readonly channel: ContactChannel; readonly safe: Safe }
): Promise<Tell[]> {
	const [officers, details] = await Promise.all([
		officersOf(tx, ctx.actor, reached.case_id),
		queries.standingDetails(tx, ctx.actor, { participationId: reached.id })
	]);
	const about = { participationId: reached.id };
	const notices: Tell[] = officers.map((accountId) => ({
		...{ ...about, accountId, kind: 'staff_work' }
	}));
	const old = details.find((row) => row.channel === asked.channel)?.safe ?? null;
	if (reached.account_id !== null && tellsOld(asked.channel, asked.safe, old)) {
		notices.push({ ...about, accountId: reached.account_id, kind: 'victim_news' });
	}
	return notices;
}

async function lastOf(
	key: Awaited<ReturnType<typeof keyOf>>,
	row: queries.ChangeRow,
	opened: boolean
): Promise<Way['change']> {
	const { id, state } = row;
	if (state !== 'held' && state !== 'confirmed' && state !== 'refused') return null;
	const shown = opened ? await changeOf(key, row) : null;
	return {
		...{ id, state, askedAt: row.asked_at, dueAt: row.due_at },
		...{ settledAt: row.settled_at, settledBy: row.settled_label },
		...{ value: shown?.value ?? null, safe: shown?.safe ?? null },
		// How a change was confirmed is for the police; why it was refused is for the person.
		words: state === 'refused' ? (shown?.words ?? null) : null
	};
}
