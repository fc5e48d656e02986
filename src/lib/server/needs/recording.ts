import { randomUUID } from 'node:crypto';
import { NEEDS_VERSION } from '#lib/domain/need/catalogue.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { assessmentDue } from '#lib/domain/standard/answer-limits.ts';
import type { EntryLine } from '#lib/forms/need-entry.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { once } from '#lib/server/once.ts';
import { sealAnswer } from '#lib/server/needs/opened.ts';
import * as reading from '#lib/server/needs/reading.ts';
import * as rows from '#lib/server/needs/rows.ts';
import type { ParticipationRow, Place } from '#lib/server/needs/rows.ts';
import { seal } from '#lib/server/sealing/seal.ts';

/** Someone was quicker: the version that stands there now. */
export type StaleEntry = { readonly kind: 'stale'; readonly version: number };

/** Appends an entry for one need, replacing none; `stale` when a newer entry stands there. */
export async function recordEntry(
	ctx: Ctx,
	{ key, place, line }: { key: string; place: Place; line: EntryLine }
): Promise<Result<'recorded' | 'repeated', StaleEntry>> {
	requireRole(ctx, 'officer');
	return once(ctx, key, async (tx, takeTurns) => {
		const who = await reading.participation(tx, ctx.actor, place);
		await takeTurns(who.id);
		const loaded = await reading.load(tx, ctx.actor, place, [line.needId]);
		const version = reading.lastEntry(loaded, line.needId)?.sequence ?? 0;
		if (version !== line.version) return err({ kind: 'stale' as const, version });
		await appendEntry(ctx, tx, who, line);
		return ok('recorded' as const);
	});
}

/** Confirms the assessment as it stands; `stale` when someone confirmed or changed it meanwhile. */
export async function confirm(
	ctx: Ctx,
	{ key, place, version }: { key: string; place: Place; version: number }
): Promise<Result<'confirmed' | 'repeated', StaleEntry>> {
	requireRole(ctx, 'officer');
	return once(ctx, key, async (tx, takeTurns) => {
		const who = await reading.participation(tx, ctx.actor, place);
		await takeTurns(who.id);
		const found = await rows.readAssessment(tx, ctx.actor, place);
		if ((found?.version ?? 0) !== version) {
			return err({ kind: 'stale' as const, version: found?.version ?? 0 });
		}
		const id = found?.id ?? (await begin(ctx, tx, who));
		await tx
			.updateTable('assessment')
			.set({
				state: 'confirmed',
				first_confirmed_at: found?.first_confirmed_at ?? ctx.clock(),
				confirmed_at: ctx.clock(),
				confirmed_by: requireAccount(ctx),
				confirmed_label: ctx.actor.label ?? '',
				version: (found?.version ?? 1) + 1
			})
			.where('force_id', '=', ctx.actor.forceId)
			.where('id', '=', id)
			.execute();
		await record(ctx, tx, 'assessment.confirmed', { participationId: who.id, subjectId: id });
		return ok('confirmed' as const);
	});
}

async function appendEntry(
	ctx: Ctx,
	tx: Tx,
	who: ParticipationRow,
	line: EntryLine
): Promise<void> {
	const key = await reading.keyOf(ctx, who);
	const found = await rows.readAssessment(tx, ctx.actor, { participationId: who.id });
	const { outcome } = line;
	const id = randomUUID();
	await tx
		.insertInto('entry')
		.values({
			force_id: ctx.actor.forceId,
			id,
			participation_id: who.id,
			assessment_id: found?.id ?? (await begin(ctx, tx, who)),
			catalogue_version: NEEDS_VERSION,
			need_id: line.needId,
			sequence: line.version + 1,
			source: line.source,
			recorded_sealed: await sealAnswer(key, line),
			outcome: outcome.kind,
			outcome_sealed: outcome.kind === 'missing' ? null : await seal(key, { words: outcome.words }),
			outcome_owner: outcome.kind === 'action' ? outcome.owner : null,
			outcome_by: outcome.kind === 'action' ? outcome.by : null,
			recorded_by: requireAccount(ctx),
			recorded_label: ctx.actor.label ?? '',
			recorded_at: ctx.clock()
		})
		.execute();
	await record(ctx, tx, 'entry.recorded', { participationId: who.id, subjectId: id });
}

/** Begins the assessment of somebody who has none yet. */
async function begin(ctx: Ctx, tx: Tx, who: ParticipationRow): Promise<string> {
	const id = randomUUID();
	await tx
		.insertInto('assessment')
		.values({
			force_id: ctx.actor.forceId,
			id,
			participation_id: who.id,
			state: 'open',
			started_at: ctx.clock(),
			due_at: assessmentDue(who.tier, who.reported_at),
			confirmed_at: null,
			confirmed_by: null,
			confirmed_label: null
		})
		.execute();
	return id;
}
