import { closingAt, nextOpening, type DeskHours } from '#lib/domain/support/desk-hours.ts';
import type { SupportKind } from '#lib/domain/support/kinds.ts';
import type { Line } from '#lib/domain/support/line.ts';
import { clockOf } from '#lib/domain/support/queue.ts';
import type { Reach } from '#lib/domain/support/reach.ts';
import type { RequestState, Urgency } from '#lib/domain/support/request.ts';
import type { OfferedDesk } from '#lib/server/support/queries.ts';

/** A request in a victim's list. */
export type OwnRequest = {
	readonly number: number;
	readonly kind: string;
	readonly state: RequestState;
	readonly askedAt: Date;
	readonly dueAt: Date;
	/** Whether the day that was promised is past, while the other side has to answer. */
	readonly late: boolean;
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

/** By when each urgency is answered. */
export type DueDays = Readonly<Record<Urgency, Date>>;

/** What the asking pages need: what fits this person, who may be asked, and by when each answers. */
export type AskPage = {
	readonly kinds: readonly SupportKind[];
	readonly desks: readonly (Reader & Staffed & { id: string; due: DueDays })[];
	/** The day that holds whichever desk is chosen. */
	readonly due: DueDays;
};

/** A request as the one who asked reads it. */
export type RequestPage = OwnRequest &
	Staffed & {
		readonly version: number;
		readonly urgency: Urgency;
		readonly words: string;
		/** Null while it is hidden: how to reach somebody is shown after their secret only. */
		readonly reach: Reach | null;
		readonly takenBy: string | null;
		readonly story: readonly Line[];
		readonly mayWrite: boolean;
		readonly mayWithdraw: boolean;
	};

/** Gives a day for each urgency. */
export function eachUrgency(dayOf: (urgency: Urgency) => Date): DueDays {
	return {
		today: dayOf('today'),
		one_day: dayOf('one_day'),
		two_days: dayOf('two_days'),
		five_days: dayOf('five_days')
	};
}

/** Gives who reads what is written to a request's desk. */
export function readerOf(row: Reader): Reader {
	return { desk: row.desk, controller: row.controller, audience: row.audience };
}

/** Gives until when somebody is at a desk, or from when. */
export function staffed(hours: readonly DeskHours[], now: Date): Staffed {
	const openUntil = closingAt(hours, now);
	return { openUntil, opensAt: openUntil === null ? nextOpening(hours, now) : null };
}

/** Gives the hours of one of the desks; none for a desk that is no longer offered. */
export function hoursOf(desks: readonly OfferedDesk[], deskId: string): readonly DeskHours[] {
	return desks.find((desk) => desk.id === deskId)?.hours ?? [];
}

type OwnRow = {
	readonly number: number;
	readonly kind: string;
	readonly urgency: Urgency;
	readonly state: RequestState;
	readonly asked_at: Date;
	readonly due_at: Date;
	readonly closed_at: Date | null;
};

/** Gives what a victim's list shows of a request. */
export function ownOf(row: OwnRow & Reader, now: Date): OwnRequest {
	return {
		...{ number: row.number, kind: row.kind, state: row.state },
		...{ askedAt: row.asked_at, dueAt: row.due_at, closedAt: row.closed_at },
		late: isLate(row, now),
		reader: readerOf(row)
	};
}

/** Whether a promised day is past while the other side has to answer. */
function isLate(row: OwnRow, now: Date): boolean {
	const { urgency, state, asked_at: askedAt, due_at: dueAt } = row;
	return clockOf({ reference: '', urgency, state, askedAt, dueAt }, now).kind === 'late';
}
