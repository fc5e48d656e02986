import { randomUUID } from 'node:crypto';
import type { AreaId } from '#lib/domain/need/areas.ts';
import { needById, type NeedId } from '#lib/domain/need/catalogue.ts';
import { allOutstanding, outstanding, takesSomeoneElse } from '#lib/domain/need/standing.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Agreement, Review } from '#lib/forms/need-review.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { once } from '#lib/server/once.ts';
import type { OpenReview, OpenStatement } from '#lib/server/needs/opened.ts';
import { openStatement } from '#lib/server/needs/opened.ts';
import * as reading from '#lib/server/needs/reading.ts';
import type { Place } from '#lib/server/needs/rows.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { seal } from '#lib/server/sealing/seal.ts';
import { theVictim } from '#lib/server/support/audience.ts';

/** Why nothing was done: someone was quicker, or the rules ask for someone else. */
export type Refusal =
	| {
			readonly kind: 'stale';
			readonly theirs: OpenReview | null;
			readonly newer: Pick<OpenStatement, 'saidAt' | 'said'> | null;
	  }
	| { readonly kind: 'someone_else' };

/**
 * Answers one statement with words the victim will read, and tells her. Refuses when it has an
 * answer already, when she said something newer, or when the officer would judge their own entry.
 */
export async function review(
	ctx: Ctx,
	{ key, place, answer }: { key: string; place: Place; answer: Review }
): Promise<Result<'answered' | 'repeated', Refusal>> {
	requireRole(ctx, 'officer', 'supervisor');
	return once(ctx, key, async (tx, takeTurns) => {
		const who = await reading.participation(tx, ctx.actor, place);
		await takeTurns(who.id);
		const loaded = await reading.load(tx, ctx.actor, place, [answer.needId]);
		const allowed = await mayAnswer(ctx, loaded, answer);
		if (!allowed.ok) return allowed;
		await append(ctx, tx, loaded, [answer]);
		return ok('answered' as const);
	});
}

/** Agrees to all that waits in an area in the same words; `stale` when it is not what was shown. */
export async function agreeWithAll(
	ctx: Ctx,
	{ key, place, area, agreement }: AgreeWith
): Promise<Result<'answered' | 'repeated', 'stale'>> {
	requireRole(ctx, 'officer', 'supervisor');
	return once(ctx, key, async (tx, takeTurns) => {
		const who = await reading.participation(tx, ctx.actor, place);
		await takeTurns(who.id);
		const needIds = reading.needIdsOf(area);
		const loaded = await reading.load(tx, ctx.actor, place, needIds);
		const waiting = needIds.flatMap((id) => waitingId(loaded, id) ?? []);
		const shown = new Set(agreement.statementIds);
		if (waiting.length !== shown.size || !waiting.every((id) => shown.has(id))) {
			return err('stale' as const);
		}
		const { words } = agreement;
		await append(
			ctx,
			tx,
			loaded,
			waiting.map((statementId) => ({ statementId, answer: 'agreed' as const, words }))
		);
		return ok('answered' as const);
	});
}

export type AgreeWith = {
	readonly key: string;
	readonly place: Place;
	readonly area: AreaId;
	readonly agreement: Agreement;
};

async function mayAnswer(
	ctx: Ctx,
	loaded: reading.Loaded,
	{ needId, statementId, answer }: Review
): Promise<Result<null, Refusal>> {
	const row = loaded.statements.find((one) => one.id === statementId);
	const need = needById(needId);
	if (!row || !need) throw notFound();
	const waiting = allOutstanding(reading.saidOf(loaded, needId));
	const waits = waiting.some(({ statement }) => statement.sequence === row.sequence);
	if (row.answer !== null || !waits) {
		const key = await reading.keyOf(ctx, loaded.who);
		const last = loaded.statements.at(-1);
		const [theirs, newer] = await Promise.all([
			openStatement(key, row),
			last && last.id !== statementId ? openStatement(key, last) : null
		]);
		return err({ kind: 'stale', theirs: theirs.reply, newer });
	}
	const disputed = loaded.entries.find((entry) => entry.id === row.about_entry_id);
	const earlierDisputes = loaded.statements.filter(
		(one) => one.kind === 'not_right' && one.sequence < row.sequence
	).length;
	const judgesOwn =
		disputed?.recorded_by === ctx.actor.accountId &&
		takesSomeoneElse({ kind: row.kind, sensitivity: need.sensitivity, earlierDisputes });
	return judgesOwn && answer !== 'agreed' ? err({ kind: 'someone_else' }) : ok(null);
}

function waitingId(loaded: reading.Loaded, needId: NeedId): string | null {
	const waits = outstanding(reading.saidOf(loaded, needId));
	if (!waits) return null;
	const { sequence } = waits.statement;
	const row = loaded.statements.find((one) => one.need_id === needId && one.sequence === sequence);
	return row?.id ?? null;
}

async function append(
	ctx: Ctx,
	tx: Tx,
	{ who, statements }: reading.Loaded,
	answers: readonly Pick<Review, 'statementId' | 'answer' | 'words'>[]
): Promise<void> {
	const key = await reading.keyOf(ctx, who);
	for (const { statementId, answer, words } of answers) {
		const id = randomUUID();
		await tx
			.insertInto('review')
			.values({
				force_id: ctx.actor.forceId,
				id,
				participation_id: who.id,
				statement_id: statementId,
				answer,
				words_sealed: await seal(key, words),
				answered_by: requireAccount(ctx),
				answered_label: ctx.actor.label ?? '',
				answered_at: ctx.clock(),
				seen_at: null
			})
			.execute();
		await record(ctx, tx, 'statement.reviewed', { participationId: who.id, subjectId: id });
	}
	const answered = new Set(answers.map(({ statementId }) => statementId));
	const sayers = new Set(statements.flatMap((one) => (answered.has(one.id) ? one.said_by : [])));
	const told = [...sayers].map((sayer) => theVictim(ctx, tx, who.id, sayer));
	await tell(ctx, tx, (await Promise.all(told)).flat());
}
