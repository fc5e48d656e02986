import { londonDay, londonInstant } from '#lib/domain/time/working-days.ts';

/** Ways in which a person can be reached. */
export const safeChannels = ['portal', 'text', 'email', 'call', 'post', 'supporter'] as const;
/** Ways that a person can forbid. */
export const unsafeChannels = ['text', 'email', 'call', 'post', 'visit'] as const;
/** When it is safe to ring, in Europe/London. */
export const safeHours = ['any', 'day', 'weekdays_day', 'weekend_day', 'evening', 'never'] as const;

export type SafeChannel = (typeof safeChannels)[number];
export type UnsafeChannel = (typeof unsafeChannels)[number];
export type SafeHours = (typeof safeHours)[number];

/** How a person may be reached: what every message to them must pass. */
export type SafetyRules = {
	readonly safe: readonly SafeChannel[];
	readonly unsafe: readonly UnsafeChannel[];
	readonly hours: SafeHours;
	readonly note: string;
};

/** Longest note, in characters. */
export const longestNote = 300;

/** Whether ringing is safe at an instant, and when that changes next; null when it never does. */
export type ContactOk = { readonly ok: boolean; readonly nextChangeAt: Date | null };

type Window = { from: number; until: number; weekdays: readonly number[] };

const week = [1, 2, 3, 4, 5, 6, 7];
const windows: Readonly<Record<Exclude<SafeHours, 'any' | 'never'>, Window>> = {
	day: { from: 9, until: 17, weekdays: week },
	weekdays_day: { from: 9, until: 17, weekdays: [1, 2, 3, 4, 5] },
	evening: { from: 17, until: 20, weekdays: week },
	weekend_day: { from: 9, until: 17, weekdays: [6, 7] }
};

/** Gives the ways named both safe and unsafe: rules that hold any are not taken. */
export function contradictions(rules: Pick<SafetyRules, 'safe' | 'unsafe'>): readonly string[] {
	const unsafe: readonly string[] = rules.unsafe;
	return rules.safe.filter((channel) => unsafe.includes(channel));
}

/**
 * Whether the rules allow a call at `now`, and when the answer changes next. A person who has not
 * said that calls are safe is not called at any hour.
 */
export function contactOk(rules: SafetyRules, now: Date): ContactOk {
	const { hours } = rules;
	const callable = rules.safe.includes('call') && !rules.unsafe.includes('call');
	if (!callable || hours === 'never') return { ok: false, nextChangeAt: null };
	if (hours === 'any') return { ok: true, nextChangeAt: null };
	for (const { opens, closes } of openings(windows[hours], now)) {
		if (now < opens) return { ok: false, nextChangeAt: opens };
		if (now < closes) return { ok: true, nextChangeAt: closes };
	}
	throw new Error('every window opens within eight days');
}

/**
 * Reads what is stored beside the sealed rules. What was true until `nextChangeAt` says nothing
 * about later, and without rules nobody knows: then the answer is to ask first.
 */
export function contactState(
	stored: { readonly okNow: boolean; readonly nextChangeAt: Date | null } | null,
	now: Date
): 'ok' | 'not' | 'ask' {
	if (stored === null) return 'ask';
	if (stored.nextChangeAt !== null && stored.nextChangeAt <= now) return 'ask';
	return stored.okNow ? 'ok' : 'not';
}

// Opening hours are London wall time, so each day's instants are found anew: clocks may change.
function openings(window: Window, now: Date): { opens: Date; closes: Date }[] {
	const noon = Date.parse(`${londonDay(now)}T12:00:00Z`);
	return Array.from({ length: 9 }, (_, ahead) => new Date(noon + ahead * 86_400_000))
		.filter((day) => window.weekdays.includes(day.getUTCDay() || 7))
		.map((day) => {
			const name = day.toISOString().slice(0, 10);
			return { opens: londonInstant(name, window.from), closes: londonInstant(name, window.until) };
		});
}
