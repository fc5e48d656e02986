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

/** Who else can see the person's phone; what a sign-in shows follows from it too. */
export const phoneSeen = ['nobody', 'someone', 'unsure'] as const;
export type PhoneSeen = (typeof phoneSeen)[number];

/** Days on which nobody gets in touch at all: the first and the last, in London (`YYYY-MM-DD`). */
export type Away = { readonly from: string; readonly until: string };

/** How a person may be reached: what every message to them must pass. */
export type SafetyRules = {
	readonly safe: readonly SafeChannel[];
	readonly unsafe: readonly UnsafeChannel[];
	readonly hours: SafeHours;
	readonly phone: PhoneSeen;
	readonly away: readonly Away[];
	/** What the person says on the phone so that the caller knows it is them, alone; may be empty. */
	readonly word: string;
	readonly note: string;
};

/** Longest note and safe word, in characters, and how many times away there can be. */
export const longestNote = 300;
export const longestWord = 30;
export const mostAway = 3;
/** How far ahead a time away may lie, in days. */
export const farthestAway = 366;

/**
 * Gives whole rules from what is stored: what was stored before a question was asked says nothing
 * about it, and a person who was not asked is not taken to be alone with their phone.
 */
export function wholeRules(stored: Partial<SafetyRules>): SafetyRules {
	return {
		...{ safe: stored.safe ?? [], unsafe: stored.unsafe ?? [], hours: stored.hours ?? 'never' },
		...{ phone: stored.phone ?? 'unsure', away: stored.away ?? [], word: stored.word ?? '' },
		note: stored.note ?? ''
	};
}

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
 * said that calls are safe is not called at any hour, and nobody is called on a day away.
 */
export function contactOk(rules: SafetyRules, now: Date): ContactOk {
	const { hours } = rules;
	const callable = rules.safe.includes('call') && !rules.unsafe.includes('call');
	if (!callable || hours === 'never') return { ok: false, nextChangeAt: null };
	const away = rules.away.map(spanOf).filter(({ closes }) => closes > now);
	const last = Math.max(now.getTime(), ...away.map(({ closes }) => closes.getTime()));
	const open = hours === 'any' ? null : openings(windows[hours], now, new Date(last));
	const okAt = (at: Date): boolean =>
		!away.some((span) => isIn(span, at)) && (open === null || open.some((span) => isIn(span, at)));
	const ok = okAt(now);
	const nextChangeAt = [...away, ...(open ?? [])]
		.flatMap(({ opens, closes }) => [opens, closes])
		.filter((at) => at > now)
		.sort((a, b) => a.getTime() - b.getTime())
		.find((at) => okAt(at) !== ok);
	return { ok, nextChangeAt: nextChangeAt ?? null };
}

/** Gives until when nobody gets in touch at all; null when `now` is on no day away. */
export function awayUntil(rules: SafetyRules, now: Date): Date | null {
	const spans = rules.away.map(spanOf).filter((span) => isIn(span, now));
	const ends = spans.map(({ closes }) => closes.getTime());
	return ends.length === 0 ? null : new Date(Math.max(...ends));
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

type Span = { readonly opens: Date; readonly closes: Date };

function isIn({ opens, closes }: Span, at: Date): boolean {
	return opens <= at && at < closes;
}

function spanOf({ from, until }: Away): Span {
	const after = new Date(Date.parse(`${until}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
	return { opens: londonInstant(from, 0), closes: londonInstant(after, 0) };
}

// Opening hours are London wall time, so each day's instants are found anew: clocks may change. Every
// window opens within eight days, so that many are looked at beyond the last time away.
function openings(window: Window, now: Date, last: Date): Span[] {
	const noon = Date.parse(`${londonDay(now)}T12:00:00Z`);
	const days = Math.ceil((last.getTime() - now.getTime()) / 86_400_000) + 9;
	return Array.from({ length: days }, (_, ahead) => new Date(noon + ahead * 86_400_000))
		.filter((day) => window.weekdays.includes(day.getUTCDay() || 7))
		.map((day) => {
			const name = day.toISOString().slice(0, 10);
			return { opens: londonInstant(name, window.from), closes: londonInstant(name, window.until) };
		});
}
