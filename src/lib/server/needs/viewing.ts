import { areasFor, areaIds, type AreaId } from '#lib/domain/need/areas.ts';
import { allNeeds, isAskedOf, type Need, type NeedId } from '#lib/domain/need/catalogue.ts';
import {
	areaStanding,
	inFocus,
	needStanding,
	outstanding,
	takesSomeoneElse
} from '#lib/domain/need/standing.ts';
import type { SaidKind, Standing } from '#lib/domain/need/standing.ts';
import { assessmentDue } from '#lib/domain/standard/answer-limits.ts';
import { findings, type Finding } from '#lib/domain/standard/findings.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { cardOf, type NeedCard } from '#lib/server/needs/card.ts';
import { historyOf, type HistoryLine } from '#lib/server/needs/history.ts';
import type { OpenStatement } from '#lib/server/needs/opened.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as reading from '#lib/server/needs/reading.ts';
import * as rows from '#lib/server/needs/rows.ts';
import type { AssessmentRow, Place } from '#lib/server/needs/rows.ts';

/** The assessment as its page shows it. */
export type AssessmentView = {
	readonly dueAt: Date;
	readonly confirmedAt: Date | null;
	readonly confirmedBy: string | null;
	/** Whether something was said or recorded after it was confirmed. */
	readonly changedSince: boolean;
	readonly version: number;
};

/** What a person's page shows to the police: how things stand, and nothing of what was said. */
export type CaseView = {
	readonly person: PersonView;
	readonly assessment: AssessmentView;
	/** What the standard finds, each with the area in which it is put right. */
	readonly findings: readonly (Finding & { readonly area: AreaId | null })[];
	readonly areas: readonly {
		readonly id: AreaId;
		readonly standing: Standing;
		readonly dueAt: Date | null;
		/** Whether the first limit among them has passed. */
		readonly late: boolean;
		readonly waiting: number;
	}[];
	readonly mayRecord: boolean;
};

/** Gives a person's page for the police, what waits first; opening it is written down. */
export async function person(ctx: Ctx, place: Place): Promise<CaseView> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	const [loaded, found, assessment] = await within(ctx, (tx) =>
		Promise.all([
			reading.load(tx, actor, place),
			rows.readPerson(tx, actor, place),
			rows.readAssessment(tx, actor, place),
			rows.recordView(ctx, tx, place)
		])
	);
	if (!found) throw notFound();
	const shown = areaIds
		.map((id) => ({ id, needs: needsShown(loaded, id) }))
		.filter(({ needs }) => needs.length > 0);
	const areas = shown.map(({ id, needs }) => {
		const standings = needs.map((need) => standingOf(loaded, need.id));
		const waiting = standings.filter(({ dueAt }) => dueAt !== null).length;
		const standing = areaStanding(standings);
		const late = standing.dueAt !== null && standing.dueAt < ctx.clock();
		return { id, ...standing, late, waiting };
	});
	return {
		person: await personOf(ctx, loaded.who, found),
		assessment: assessmentOf(loaded, assessment),
		findings: findingsOf(ctx, loaded, assessment).map((finding) => ({
			...finding,
			area: allNeeds().find((need) => need.id === finding.needId)?.area ?? null
		})),
		areas: areas.sort((a, b) => limit(a.dueAt) - limit(b.dueAt) || 0),
		mayRecord: actor.role === 'officer'
	};
}

/** One need for the police: both voices, what waits, and everything before. */
export type StaffCard = NeedCard & {
	readonly waiting: {
		readonly statementId: string;
		readonly kind: SaidKind;
		/** The officer wrote the entry that is disputed, and may only give way on it. */
		readonly mayOnlyAgree: boolean;
	} | null;
	readonly history: readonly HistoryLine[];
};

/** Gives one area for the police, both voices side by side; opening it is written down. */
export async function area(
	ctx: Ctx,
	place: Place,
	areaId: AreaId
): Promise<{ person: PersonView; cards: readonly StaffCard[]; mayRecord: boolean }> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	const [loaded, found] = await within(ctx, (tx) =>
		Promise.all([
			reading.load(tx, actor, place, reading.needIdsOf(areaId)),
			rows.readPerson(tx, actor, place),
			rows.recordView(ctx, tx, place)
		])
	);
	const needs = needsShown(loaded, areaId);
	if (!found || needs.length === 0) throw notFound();
	const lines = await reading.openLines(await reading.keyOf(ctx, loaded.who), loaded);
	const { role } = loaded.who;
	const now = ctx.clock();
	const reader = { accountId: actor.accountId, role, speaks: null, showsC: true, now };
	const cards = needs.map((need) => {
		const { said, entries } = lines(need.id);
		return {
			...cardOf(need, { said, entries }, reader),
			waiting: waitingOf(ctx, need, said, entries),
			history: historyOf({ said, entries }, reader, false)
		};
	});
	return {
		person: await personOf(ctx, loaded.who, found),
		cards,
		mayRecord: actor.role === 'officer'
	};
}

/** The needs of an area that fit the person's role, and any about which something was said. */
function needsShown(loaded: reading.Loaded, areaId: AreaId): readonly Need[] {
	const { role } = loaded.who;
	const has = (id: NeedId): boolean =>
		reading.lastEntry(loaded, id) !== null || reading.saidOf(loaded, id).length > 0;
	if (areasFor(role).length === 0) return [];
	return allNeeds().filter(
		(need) =>
			need.area === areaId && need.answer.kind !== 'info' && (isAskedOf(need, role) || has(need.id))
	);
}

function standingOf(
	loaded: reading.Loaded,
	needId: NeedId
): { standing: Standing; dueAt: Date | null } {
	const said = inFocus(reading.saidOf(loaded, needId), null);
	const standing = needStanding(said, reading.lastEntry(loaded, needId)?.id ?? null);
	return { standing, dueAt: outstanding(said)?.dueAt ?? null };
}

function assessmentOf(loaded: reading.Loaded, row: AssessmentRow): AssessmentView {
	const { tier, reported_at: reportedAt } = loaded.who;
	const confirmedAt = row?.confirmed_at ?? null;
	const times = [
		...loaded.statements.map((one) => one.said_at),
		...loaded.entries.map((one) => one.recorded_at)
	];
	return {
		dueAt: row?.due_at ?? assessmentDue(tier, reportedAt),
		confirmedAt,
		confirmedBy: row?.confirmed_label ?? null,
		changedSince: confirmedAt !== null && times.some((at) => at > confirmedAt),
		version: row?.version ?? 0
	};
}

function findingsOf(ctx: Ctx, loaded: reading.Loaded, row: AssessmentRow): readonly Finding[] {
	const { dueAt } = assessmentOf(loaded, row);
	const confirmedAt = row?.first_confirmed_at ?? null;
	const needs = allNeeds().map((need) => {
		const said = reading.saidOf(loaded, need.id);
		return {
			needId: need.id,
			answerDueAt: outstanding(said)?.dueAt ?? null,
			told: said.findLast((one) => one.kind !== 'still_right')?.kind === 'answered',
			outcome: reading.lastEntry(loaded, need.id)?.outcome ?? null
		};
	});
	return findings({ dueAt, begun: row !== undefined, confirmedAt, needs }, ctx.clock());
}

function waitingOf(
	ctx: Ctx,
	need: Need,
	said: readonly OpenStatement[],
	entries: readonly { readonly id: string; readonly recordedBy: string }[]
): StaffCard['waiting'] {
	const waits = outstanding(said);
	if (!waits) return null;
	const { statement } = waits;
	const disputed = entries.find((entry) => entry.id === statement.aboutEntryId);
	const earlierDisputes = said.filter(
		(one) => one.kind === 'not_right' && one.sequence < statement.sequence
	).length;
	const someoneElse = takesSomeoneElse({
		kind: statement.kind,
		sensitivity: need.sensitivity,
		earlierDisputes
	});
	return {
		statementId: statement.id,
		kind: statement.kind,
		mayOnlyAgree: someoneElse && disputed?.recordedBy === ctx.actor.accountId
	};
}

function limit(at: Date | null): number {
	return at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
