import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { sameAnswer, signalsDanger, wantsToTalkNow, type Answer } from '#lib/domain/need/answer.ts';
import { needsInArea, type AreaId } from '#lib/domain/need/areas.ts';
import { isAskedOnPage, NEEDS_VERSION, optionsFor } from '#lib/domain/need/catalogue.ts';
import type { Need, NeedId } from '#lib/domain/need/catalogue.ts';
import { awaitsAnswer, lastAnswer, type SaidKind } from '#lib/domain/need/standing.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { answerDue } from '#lib/domain/standard/answer-limits.ts';
import type { Dispute } from '#lib/forms/need-dispute.ts';
import type { NeedAnswer } from '#lib/forms/need-answer.ts';
import { requireAccount, requireParticipation } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { toldOf, type NeedLines, type Told } from '#lib/server/needs/card.ts';
import { once } from '#lib/server/once.ts';
import { asAnswer, sealAnswer, type SealedAnswer } from '#lib/server/needs/opened.ts';
import * as queries from '#lib/server/needs/queries.ts';
import * as reading from '#lib/server/needs/reading.ts';
import { officersOf } from '#lib/server/needs/rows.ts';
import { tell } from '#lib/server/notice/tell.ts';
import type { DataKey } from '#lib/server/sealing/seal.ts';

/** A need that somebody changed in the meantime: what stands there now, and its version. */
export type Clash = {
	readonly needId: NeedId;
	readonly version: number;
	readonly theirs: Told | null;
};
export type Stale = { readonly kind: 'stale'; readonly clashes: readonly Clash[] };

/** What would be sent, for the person to look over before it is. */
export type Comparison = {
	readonly officer: string | null;
	readonly changes: readonly { readonly needId: NeedId; readonly answer: Answer }[];
	readonly dueAt: Date | null;
	readonly danger: boolean;
	readonly talkNow: boolean;
};

/** Compares what was typed with what was said before; writes nothing. */
export async function compare(
	ctx: Ctx,
	area: AreaId,
	answers: readonly NeedAnswer[]
): Promise<Result<Comparison, Stale>> {
	const place = { participationId: requireParticipation(ctx) };
	const needIds = reading.needIdsOf(area);
	const loaded = await within(ctx, (tx) => reading.load(tx, ctx.actor, place, needIds));
	const state = await openArea(ctx, area, loaded);
	const changes = decide(ctx, state, answers);
	if (!changes.ok) return changes;
	const now = ctx.clock();
	const limits = changes.value
		.filter(({ answer }) => awaitsAnswer(answer.kind))
		.map(({ need }) => answerDue(need.sensitivity, now).getTime());
	return ok({
		officer: loaded.who.officer,
		changes: changes.value.map(({ need, answer }) => ({ needId: need.id, answer })),
		dueAt: limits.length > 0 ? new Date(Math.min(...limits)) : null,
		danger: changes.value.some(({ need, answer }) => signalsDanger(need, answer)),
		talkNow: changes.value.some(({ need, answer }) => wantsToTalkNow(need, answer))
	});
}

/**
 * Appends a statement for each answer that says something new, and tells the officers. Gives how
 * many, or `stale` with what somebody else said of the same need in the meantime.
 */
export async function say(
	ctx: Ctx,
	{ key, area, answers }: { key: string; area: AreaId; answers: readonly NeedAnswer[] }
): Promise<Result<{ said: number } | 'repeated', Stale>> {
	const participationId = requireParticipation(ctx);
	return once(ctx, key, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const needIds = reading.needIdsOf(area);
		const loaded = await reading.load(tx, ctx.actor, { participationId }, needIds);
		const state = await openArea(ctx, area, loaded);
		const changes = decide(ctx, state, answers);
		if (!changes.ok) return changes;
		for (const { need, answer } of changes.value) {
			await append(ctx, tx, state, { need, kind: answer.kind, said: answer });
		}
		if (changes.value.some(({ answer }) => awaitsAnswer(answer.kind))) {
			await tellOfficers(ctx, tx, loaded);
		}
		return ok({ said: changes.value.length });
	});
}

/**
 * Appends a word about an entry: that it is right, or that it is not, which the officer must
 * answer. Gives `stale` when the entry is no longer the latest or somebody said something since.
 */
export async function respond(
	ctx: Ctx,
	{ key, area, kind, about }: RespondWith
): Promise<Result<'said' | 'repeated', Stale>> {
	const participationId = requireParticipation(ctx);
	return once(ctx, key, async (tx, takeTurns) => {
		await takeTurns(participationId);
		const needIds = reading.needIdsOf(area);
		const loaded = await reading.load(tx, ctx.actor, { participationId }, needIds);
		const state = await openArea(ctx, area, loaded);
		const need = state.needs.find((one) => one.id === about.needId);
		if (!need) throw notFound();
		const lines = state.lines(need.id);
		const entry = lines.entries.find((one) => one.id === about.entryId);
		if (!entry) throw notFound();
		if (entry !== lines.entries.at(-1) || about.version !== lines.said.length) {
			return err({ kind: 'stale' as const, clashes: [clash(ctx, state, need, lines)] });
		}
		const said = { choices: [], words: kind === 'not_right' ? about.words : '' };
		await append(ctx, tx, state, { need, kind, said, aboutEntryId: entry.id });
		await queries.markSeen(tx, ctx.actor, [need.id], ctx.clock());
		if (kind === 'not_right') await tellOfficers(ctx, tx, loaded);
		return ok('said' as const);
	});
}

export type RespondWith = {
	readonly key: string;
	readonly area: AreaId;
	readonly kind: 'still_right' | 'not_right';
	readonly about: Dispute;
};

/** Notes that the person has read the officer's answers in one area. */
export async function markSeen(ctx: Ctx, areaId: AreaId): Promise<void> {
	const place = { participationId: requireParticipation(ctx) };
	await within(ctx, async (tx) => {
		const who = await reading.participation(tx, ctx.actor, place);
		const { role, maySay } = reading.capacityOf(ctx, who);
		if (!maySay) throw notFound();
		const needIds = needsInArea(areaId, role).map((need) => need.id);
		if (needIds.length > 0) await queries.markSeen(tx, ctx.actor, needIds, ctx.clock());
	});
}

type AreaState = {
	readonly key: DataKey;
	readonly participationId: string;
	readonly capacity: reading.Capacity;
	readonly needs: readonly Need[];
	readonly lines: (needId: NeedId) => NeedLines;
};

async function openArea(ctx: Ctx, area: AreaId, loaded: reading.Loaded): Promise<AreaState> {
	const capacity = reading.capacityOf(ctx, loaded.who);
	const needs = needsInArea(area, capacity.role).filter((need) => need.answer.kind !== 'info');
	if (!capacity.maySay || needs.length === 0) throw notFound();
	const key = await reading.keyOf(ctx, loaded.who);
	const lines = await reading.openLines(key, loaded);
	return { key, participationId: loaded.who.id, capacity, needs, lines };
}

type Change = { readonly need: Need; readonly answer: Answer };

/** Only what says something new becomes a statement, and only over what the person saw. */
function decide(
	ctx: Ctx,
	state: AreaState,
	answers: readonly NeedAnswer[]
): Result<readonly Change[], Stale> {
	const changes: Change[] = [];
	const clashes: Clash[] = [];
	for (const { needId, version, answer } of answers) {
		const need = state.needs.find((one) => one.id === needId && isAskedOnPage(one));
		const options = need ? optionsFor(need, state.capacity.role) : [];
		if (!need || !answer.choices.every((choice) => options.includes(choice))) throw notFound();
		const lines = state.lines(needId);
		// What a parent said the child may say too, in the same words: it is another voice.
		const { voice } = state.capacity;
		const before = lastAnswer(lines.said.filter((one) => one.voice === voice));
		if (before && sameAnswer(asAnswer(before), answer)) continue;
		if (version === lines.said.length) changes.push({ need, answer });
		else clashes.push(clash(ctx, state, need, lines));
	}
	return clashes.length > 0 ? err({ kind: 'stale', clashes }) : ok(changes);
}

function clash(ctx: Ctx, state: AreaState, need: Need, lines: NeedLines): Clash {
	const reader = reading.victimReader(ctx, state.capacity, true);
	const last = lines.said.at(-1);
	const hidden = need.sensitivity === 'C' && !reader.showsC;
	return {
		needId: need.id,
		version: lines.said.length,
		theirs: last ? toldOf(last, reader, hidden) : null
	};
}

type NewStatement = {
	readonly need: Need;
	readonly kind: SaidKind;
	readonly said: SealedAnswer;
	readonly aboutEntryId?: string;
};

async function append(ctx: Ctx, tx: Tx, state: AreaState, made: NewStatement): Promise<void> {
	const { need, kind, said } = made;
	const now = ctx.clock();
	const id = randomUUID();
	await tx
		.insertInto('statement')
		.values({
			force_id: ctx.actor.forceId,
			id,
			participation_id: state.participationId,
			catalogue_version: NEEDS_VERSION,
			need_id: need.id,
			sequence: sql<number>`next_statement_sequence(${ctx.actor.forceId}::uuid,
				${state.participationId}::uuid, ${need.id})`,
			kind,
			about_entry_id: made.aboutEntryId ?? null,
			answer_sealed: await sealAnswer(state.key, said),
			language: ctx.actor.language,
			said_by: requireAccount(ctx),
			said_as: state.capacity.as,
			said_at: now,
			answer_due_at: awaitsAnswer(kind) ? answerDue(need.sensitivity, now) : null
		})
		.execute();
	await record(ctx, tx, 'statement.made', {
		participationId: state.participationId,
		subjectId: id
	});
}

async function tellOfficers(ctx: Ctx, tx: Tx, { who }: reading.Loaded): Promise<void> {
	const officers = await officersOf(tx, ctx.actor, who.case_id);
	await tell(
		ctx,
		tx,
		officers.map((accountId) => ({ accountId, participationId: who.id, kind: 'staff_work' }))
	);
}
