import { signalsDanger } from '#lib/domain/need/answer.ts';
import { areasFor, needsInArea, type AreaId } from '#lib/domain/need/areas.ts';
import { isAskedOnPage, type NeedId, type Need } from '#lib/domain/need/catalogue.ts';
import {
	areaStanding,
	inFocus,
	lastAnswer,
	needStanding,
	outstanding
} from '#lib/domain/need/standing.ts';
import type { Standing } from '#lib/domain/need/standing.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireParticipation, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { cardOf, type NeedCard, type NeedLines, type Reader } from '#lib/server/needs/card.ts';
import { historyOf, type HistoryLine } from '#lib/server/needs/history.ts';
import { asAnswer } from '#lib/server/needs/opened.ts';
import * as queries from '#lib/server/needs/queries.ts';
import * as reading from '#lib/server/needs/reading.ts';

export { compare, markSeen, respond, say } from '#lib/server/needs/saying.ts';
export type { Clash, Comparison, Stale } from '#lib/server/needs/saying.ts';

/** How long a page counts as the receipt of what was said, in milliseconds. */
const receiptMs = 5 * 60_000;

/** One area as it stands in the list: a tag, and nothing of what was said. */
export type AreaLine = {
	readonly id: AreaId;
	readonly standing: Standing;
	readonly dueAt: Date | null;
	/** Whether the limit has passed without an answer. */
	readonly late: boolean;
	/** How many answers of the officer nobody has read. */
	readonly unseen: number;
};

export type Overview = {
	readonly officer: string | null;
	readonly maySay: boolean;
	/** Who reads, where a parent acts for a child and the two are told apart. */
	readonly apart: 'parent' | 'child' | null;
	readonly areas: readonly AreaLine[];
};

/** Gives the victim's areas, each with its one tag. */
export async function overview(ctx: Ctx): Promise<Overview> {
	const place = { participationId: requireParticipation(ctx) };
	const [loaded, answers, withParent] = await within(ctx, (tx) =>
		Promise.all([
			reading.load(tx, ctx.actor, place),
			queries.unseenAnswers(tx, ctx.actor),
			queries.hasParent(tx, ctx.actor, place.participationId)
		])
	);
	const capacity = reading.capacityOf(ctx, loaded.who);
	const { role, maySay } = capacity;
	const areas = areasFor(role).map((id) => {
		const asked = needsInArea(id, role).filter((need) => need.answer.kind !== 'info');
		const at = areaStanding(asked.map((need) => standingOf(loaded, need.id, capacity)));
		const unseen = answers.find((one) => one.area === id)?.count ?? 0;
		return { id, ...at, late: at.dueAt !== null && at.dueAt < ctx.clock(), unseen };
	});
	const apart = capacity.voice !== null ? 'parent' : withParent ? 'child' : null;
	return {
		officer: loaded.who.officer,
		maySay,
		apart: loaded.who.role === 'self' ? apart : null,
		areas
	};
}

/** What the page of one area shows. */
export type AreaView = {
	readonly area: AreaId;
	readonly officer: string | null;
	readonly role: string;
	readonly maySay: boolean;
	readonly shown: boolean;
	/** Whether a parent reads, to whom the child's own is closed. */
	readonly apart: boolean;
	readonly dueAt: Date | null;
	readonly late: boolean;
	readonly danger: boolean;
	readonly unseen: number;
	readonly cards: readonly NeedCard[];
};

/**
 * Gives one area with both voices. Answers of class C are in it only when `show` is asked for and
 * the secret was given again; showing them is written down.
 */
export async function area(ctx: Ctx, areaId: AreaId, show: boolean): Promise<AreaView> {
	const participationId = requireParticipation(ctx);
	const reveals = show && isFresh(ctx);
	const [loaded] = await within(ctx, (tx) =>
		Promise.all([
			reading.load(tx, ctx.actor, { participationId }, reading.needIdsOf(areaId)),
			reveals ? record(ctx, tx, 'statement.revealed', { participationId }) : null
		])
	);
	const capacity = reading.capacityOf(ctx, loaded.who);
	const needs = needsInArea(areaId, capacity.role);
	if (needs.length === 0) throw notFound();
	const reader = reading.victimReader(ctx, capacity, show);
	const lines = await reading.openLines(await reading.keyOf(ctx, loaded.who), loaded);
	const cards = needs.map((need) => cardOf(need, lines(need.id), reader));
	return {
		area: areaId,
		officer: loaded.who.officer,
		role: capacity.role,
		maySay: capacity.maySay,
		shown: reader.showsC,
		apart: capacity.voice !== null && loaded.who.role === 'self',
		dueAt: areaStanding(cards).dueAt,
		late: cards.some((card) => card.late),
		danger: needs.some((need) => saysDanger(need, lines(need.id), reader)),
		unseen: cards.filter((card) => card.reply?.seen === false).length,
		cards
	};
}

/** Gives everything said, recorded and answered about one need, newest first. */
export async function history(
	ctx: Ctx,
	areaId: AreaId,
	needId: NeedId,
	show: boolean
): Promise<{ card: NeedCard; role: string; maySay: boolean; lines: readonly HistoryLine[] }> {
	const participationId = requireParticipation(ctx);
	const reveals = show && isFresh(ctx);
	const [loaded] = await within(ctx, (tx) =>
		Promise.all([
			reading.load(tx, ctx.actor, { participationId }, [needId]),
			reveals ? record(ctx, tx, 'statement.revealed', { participationId }) : null
		])
	);
	const capacity = reading.capacityOf(ctx, loaded.who);
	const need = needsInArea(areaId, capacity.role).find((one) => one.id === needId);
	if (!need || need.answer.kind === 'info') throw notFound();
	const reader = reading.victimReader(ctx, capacity, show);
	const lines = await reading.openLines(await reading.keyOf(ctx, loaded.who), loaded);
	const card = cardOf(need, lines(needId), reader);
	return {
		card,
		role: capacity.role,
		maySay: capacity.maySay,
		lines: historyOf(lines(needId), reader, card.hidden)
	};
}

/** What a victim's home says of needs: counts by area, never a need and never an answer. */
export type Summary = {
	readonly unseen: readonly { readonly area: AreaId; readonly count: number }[];
	readonly differing: readonly AreaId[];
	/** What waits for the officer, by when the first answer is due, and whether that has passed. */
	readonly withOfficer: {
		readonly count: number;
		readonly dueAt: Date | null;
		readonly late: boolean;
	};
};

/** Gives the summary for home inside another service's batch; its queries start at once. */
export async function summary(ctx: Ctx, tx: Tx): Promise<Summary> {
	requireRole(ctx, 'victim');
	const participationId = requireParticipation(ctx);
	const [unseen, loaded] = await Promise.all([
		queries.unseenAnswers(tx, ctx.actor),
		reading.load(tx, ctx.actor, { participationId })
	]);
	const capacity = reading.capacityOf(ctx, loaded.who);
	const { role } = capacity;
	const lines = await reading.openLines(await reading.keyOf(ctx, loaded.who), loaded);
	const reader = reading.victimReader(ctx, capacity, false);
	const differing = areasFor(role).filter((id) =>
		needsInArea(id, role).some((need) => cardOf(need, lines(need.id), reader).differs)
	);
	const waiting = areasFor(role)
		.flatMap((id) => needsInArea(id, role))
		.map((need) => outstanding(inFocus(reading.saidOf(loaded, need.id), capacity)))
		.filter((one) => one !== null)
		.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
	const dueAt = waiting[0]?.dueAt ?? null;
	const late = dueAt !== null && dueAt < ctx.clock();
	return { unseen, differing, withOfficer: { count: waiting.length, dueAt, late } };
}

function standingOf(
	loaded: reading.Loaded,
	needId: NeedId,
	capacity: reading.Capacity
): { standing: Standing; dueAt: Date | null } {
	const said = inFocus(reading.saidOf(loaded, needId), capacity);
	const standing = needStanding(said, reading.lastEntry(loaded, needId)?.id ?? null);
	return { standing, dueAt: outstanding(said)?.dueAt ?? null };
}

/** Only on the receipt of what was just said: later it would betray a hidden answer. */
function saysDanger(need: Need, lines: NeedLines, { speaks, now }: Reader): boolean {
	const answer = lastAnswer(inFocus(lines.said, speaks));
	if (!isAskedOnPage(need) || answer === null) return false;
	const justSaid = now.getTime() - answer.saidAt.getTime() < receiptMs;
	return justSaid && signalsDanger(need, asAnswer(answer));
}
