import { supportDue } from '#lib/domain/standard/answer-limits.ts';
import { isOpenAt, nextOpening, type DeskHours } from '#lib/domain/support/desk-hours.ts';
import { urgencies, type RequestState, type Urgency } from '#lib/domain/support/request.ts';

/** What the order of the queue depends on. */
export type Waiting = {
	readonly reference: string;
	readonly urgency: Urgency;
	readonly state: RequestState;
	readonly askedAt: Date;
	readonly dueAt: Date;
};

/** How a request stands against its clock; `minutes` is what is left, or how long it is late. */
export type Clock =
	| { readonly kind: 'late'; readonly minutes: number; readonly since: Date }
	| { readonly kind: 'left'; readonly minutes: number; readonly until: Date }
	| { readonly kind: 'victim' }
	| { readonly kind: 'over' };

/** Gives the clock of a request at `now`: it rests while the victim is asked, and ends with it. */
export function clockOf(request: Waiting, now: Date): Clock {
	if (request.state === 'done' || request.state === 'withdrawn') return { kind: 'over' };
	if (request.state === 'waiting_for_victim') return { kind: 'victim' };
	const minutes = Math.floor(Math.abs(request.dueAt.getTime() - now.getTime()) / 60_000);
	return request.dueAt <= now
		? { kind: 'late', minutes, since: request.dueAt }
		: { kind: 'left', minutes, until: request.dueAt };
}

/**
 * Orders a queue, most urgent first: what is late, then what is due soonest, then what waits for
 * the victim, then what is over (newest first). Equal clocks go by urgency, then by who waits longest.
 */
export function inOrder<T extends Waiting>(requests: readonly T[], now: Date): T[] {
	return [...requests].sort((a, b) => {
		const [mine, theirs] = [rank(clockOf(a, now)), rank(clockOf(b, now))];
		if (mine !== theirs) return mine - theirs;
		if (mine === rank({ kind: 'over' })) return b.askedAt.getTime() - a.askedAt.getTime();
		return (
			a.dueAt.getTime() - b.dueAt.getTime() ||
			urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) ||
			a.askedAt.getTime() - b.askedAt.getTime() ||
			a.reference.localeCompare(b.reference)
		);
	});
}

function rank(clock: Clock): number {
	return { late: 0, left: 1, victim: 2, over: 3 }[clock.kind];
}

/**
 * Gives the instant by which a new request is answered at a desk. What is asked while nobody is
 * there cannot be answered before somebody comes, so no earlier day is promised.
 */
export function firstDue(urgency: Urgency, hours: readonly DeskHours[], now: Date): Date {
	const due = supportDue(urgency, now);
	const opening = isOpenAt(hours, now) ? null : nextOpening(hours, now);
	const soonest = opening === null ? due : supportDue('today', opening);
	return soonest > due ? soonest : due;
}

/**
 * Gives the instant by which the victim is to hear again. What she asks or writes is answered
 * within the limit of its urgency, and never later than was promised before; once staff have
 * answered, the next word comes within the longest limit. Nothing waits without a clock.
 */
export function nextDue(
	happened: 'victim_wrote' | 'staff_answered' | 'reopened',
	request: {
		readonly urgency: Urgency;
		readonly dueAt: Date;
		readonly hours?: readonly DeskHours[];
	},
	now: Date
): Date {
	if (happened === 'staff_answered') return supportDue('five_days', now);
	const due = firstDue(request.urgency, request.hours ?? [], now);
	return happened === 'victim_wrote' && request.dueAt < due ? request.dueAt : due;
}

/** Which requests a caseworker looks at: open ones, their own, or closed ones too. */
export const queueViews = ['open', 'mine', 'all'] as const;
export type QueueView = (typeof queueViews)[number];

export type QueueFilter = { readonly show: QueueView; readonly urgency: Urgency | null };

/** Takes the words of an address; gives the filter they mean, and the open queue for any other. */
export function queueFilter(words: {
	readonly show?: string | null;
	readonly urgency?: string | null;
}): QueueFilter {
	return {
		show: queueViews.find((view) => view === words.show) ?? 'open',
		urgency: urgencies.find((urgency) => urgency === words.urgency) ?? null
	};
}
