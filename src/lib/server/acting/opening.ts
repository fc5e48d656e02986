import { randomUUID } from 'node:crypto';
import type { OpenableArea } from '#lib/domain/acting/opened.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { stateOf } from '#lib/server/acting/page.ts';
import * as queries from '#lib/server/acting/queries.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import type { Place } from '#lib/server/invitations/service.ts';
import { keyOf } from '#lib/server/needs/reading.ts';
import { readParticipation } from '#lib/server/needs/rows.ts';
import { theVictim } from '#lib/server/support/audience.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { once } from '#lib/server/once.ts';
import { seal } from '#lib/server/sealing/seal.ts';

/** What is opened, to whom, and why, as the child reads it. */
export type Opening = {
	readonly id: string;
	readonly area: OpenableArea;
	readonly words: string;
	readonly formKey: string;
};

/**
 * Opens to a parent what a child keeps in one area, with a reason that the child reads. `not_now`
 * for anybody who is not a parent acting now; `not_fresh` before the officer showed who they are.
 */
export async function openArea(
	ctx: Ctx,
	place: Place,
	{ id, area, words, formKey }: Opening
): Promise<Result<void, 'not_now' | 'not_fresh'>> {
	requireRole(ctx, 'officer');
	const accountId = requireAccount(ctx);
	if (!isFresh(ctx)) return err('not_fresh');
	const outcome = await once<void, 'not_now'>(ctx, formKey, async (tx, takeTurns) => {
		const about = await readParticipation(tx, ctx.actor, place);
		if (!about) throw notFound();
		await takeTurns(about.id);
		const row = await queries.oneActing(tx, ctx.actor, place, id);
		if (!row) throw notFound();
		if (row.role !== 'parent_guardian' || stateOf(row, ctx.clock()) !== 'active') {
			return err('not_now');
		}
		const opened = await queries.insertOpened(tx, {
			...{ force_id: ctx.actor.forceId, id: randomUUID(), participation_id: about.id },
			...{ representative_id: id, area, opened_at: ctx.clock() },
			...{ opened_by: accountId, opened_label: ctx.actor.label ?? '' },
			reason_sealed: await seal(await keyOf(ctx, about), words),
			...{ closed_by: null, closed_label: null, closed_at: null }
		});
		if (!opened) return ok(undefined);
		await record(ctx, tx, 'acting.area_opened', { participationId: about.id, subjectId: id });
		await tellChild(ctx, tx, about);
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

/** Closes to a parent what was opened; it is closed from the next page they ask for. */
export async function closeArea(
	ctx: Ctx,
	place: Place,
	id: string,
	formKey: string
): Promise<void> {
	requireRole(ctx, 'officer');
	const by = requireAccount(ctx);
	await once<void, never>(ctx, formKey, async (tx, takeTurns) => {
		const about = await readParticipation(tx, ctx.actor, place);
		if (!about) throw notFound();
		await takeTurns(about.id);
		const end = { by, label: ctx.actor.label ?? '', at: ctx.clock() };
		const closed = await queries.closeOpened(tx, ctx.actor, about.id, id, end);
		if (closed) {
			await record(ctx, tx, 'acting.area_closed', { participationId: about.id, subjectId: id });
		}
		return ok(undefined);
	});
}

// A child with an account of their own learns that something of theirs is read by somebody else.
async function tellChild(
	ctx: Ctx,
	tx: Tx,
	about: { readonly id: string; readonly account_id: string | null }
): Promise<void> {
	if (about.account_id === null) return;
	await tell(ctx, tx, await theVictim(ctx, tx, about.id, about.account_id));
}
