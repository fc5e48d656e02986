import { londonDay } from '#lib/domain/time/working-days.ts';
import { daysBetween } from '#lib/i18n/dates.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { countOf, itemsFor, type Item, type Waiting } from '#lib/server/cases/waiting.ts';
import * as queries from '#lib/server/cases/queries.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as standards from '#lib/server/restricted/standards.ts';
import type { StandardsCase } from '#lib/server/restricted/standards.ts';

/** When something on the list is due, as its reader sorts the day. */
export type Urgency = 'overdue' | 'today' | 'week' | 'later';

export type WorkLine = Item & { readonly urgency: Urgency; readonly href: string };

export type Work = {
	readonly lines: readonly WorkLine[];
	readonly counts: Readonly<Record<'overdue' | 'today' | 'week', number>>;
	readonly now: Date;
	/** An agency's desk has no list yet: nothing is handed to it. */
	readonly desk: boolean;
	/** Every restricted case, for professional standards; null for everybody else. */
	readonly restricted: readonly StandardsCase[] | null;
};

/** Gives what waits for the reader, what matters most first; no names and nothing that was said. */
export async function list(ctx: Ctx): Promise<Work> {
	requireRole(ctx, 'officer', 'supervisor', 'agency_desk');
	const now = ctx.clock();
	const desk = ctx.actor.role === 'agency_desk';
	const restricted = desk ? await standards.cases(ctx) : null;
	const items = desk ? [] : await within(ctx, (tx) => itemsFor(tx, ctx.actor, now));
	const lines = items.map((item) => ({
		...item,
		urgency: urgencyOf(item.dueAt, now),
		href: placeOf(item)
	}));
	const count = (urgency: Urgency): number =>
		lines.filter((line) => line.urgency === urgency).length;
	return {
		lines: lines.sort((a, b) => rank(a) - rank(b) || a.dueAt.getTime() - b.dueAt.getTime()),
		counts: { overdue: count('overdue'), today: count('today'), week: count('week') },
		now,
		desk,
		restricted
	};
}

/** A row of the supervisor's table; `officer` is null for cases that nobody has. */
export type BoardRow = {
	readonly officer: { readonly id: string; readonly label: string } | null;
	readonly cases: number;
	readonly waiting: Waiting;
};

export type Board = { readonly rows: readonly BoardRow[]; readonly total: Waiting };

/** Gives the team's figures from the cases themselves, the officer with most overdue first. */
export async function board(ctx: Ctx): Promise<Board> {
	requireRole(ctx, 'supervisor');
	const now = ctx.clock();
	const [cases, items, officers] = await within(ctx, (tx) =>
		Promise.all([
			queries.listCases(tx, ctx.actor),
			itemsFor(tx, ctx.actor, now),
			queries.officersOfTeam(tx, ctx.actor)
		])
	);
	const people = new Map(officers.map(({ id, label }) => [id, label ?? '']));
	for (const row of cases)
		if (row.officer_id !== null) people.set(row.officer_id, row.officer ?? '');
	const rowOf = (id: string | null): BoardRow => {
		const theirs = cases.filter((row) => row.officer_id === id);
		const references = new Set(theirs.map((row) => row.reference));
		return {
			officer: id === null ? null : { id, label: people.get(id) ?? '' },
			cases: theirs.length,
			waiting: countOf(
				items.filter((item) => references.has(item.caseReference)),
				now
			)
		};
	};
	const ids = [...people.keys(), ...(cases.some((row) => row.officer_id === null) ? [null] : [])];
	const rows = ids
		.map(rowOf)
		.sort((a, b) => b.waiting.overdue - a.waiting.overdue || b.cases - a.cases);
	return { rows, total: countOf(items, now) };
}

/** What is late and about somebody's safety stands above all else, however long the rest is late. */
function rank(line: WorkLine): number {
	const safety =
		line.kind === 'reach' ||
		line.kind === 'plan' ||
		(line.kind === 'acting' && line.reason === 'conflict') ||
		(line.kind === 'statement' && line.safety);
	return line.urgency === 'overdue' && safety ? 0 : 1;
}

function urgencyOf(dueAt: Date, now: Date): Urgency {
	if (dueAt <= now) return 'overdue';
	if (londonDay(dueAt) === londonDay(now)) return 'today';
	return daysBetween(now, dueAt) <= 7 ? 'week' : 'later';
}

function placeOf(item: Item): string {
	const page = `/cases/${item.caseReference}`;
	switch (item.kind) {
		case 'statement':
			return `${page}/${item.person ?? ''}/${item.area}`;
		case 'assessment':
			return `${page}/${item.person ?? ''}`;
		case 'reach':
		case 'plan':
			return `${page}/${item.person ?? ''}/reach`;
		case 'acting':
			return `${page}/${item.person ?? ''}/acting`;
		case 'untold':
			return `${page}#event-${item.eventId}`;
		case 'check':
			return `${page}/linked#check-${item.checkId}`;
	}
}
