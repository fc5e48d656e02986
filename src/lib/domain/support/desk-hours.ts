import { londonDay } from '#lib/domain/time/working-days.ts';

/** One stretch in which a desk is staffed: London wall time, weekday 1 is Monday. */
export type DeskHours = {
	readonly weekday: number;
	/** `HH:MM`, with or without seconds. */
	readonly opens: string;
	readonly closes: string;
};

const minute = 60_000;
const dayMs = 86_400_000;

/** Whether somebody is at the desk at `now`, as clocks on a wall in London show it. */
export function isOpenAt(hours: readonly DeskHours[], now: Date): boolean {
	return stretchAt(hours, now) !== undefined;
}

/** Gives the instant at which an open desk closes; null when nobody is there at `now`. */
export function closingAt(hours: readonly DeskHours[], now: Date): Date | null {
	const stretch = stretchAt(hours, now);
	if (!stretch) return null;
	const closes = stretch.closes.slice(0, 5);
	const day = londonDay(now);
	const ends = closes === '24:00' ? instantsOf(nextDay(day), '00:00') : instantsOf(day, closes);
	return ends.find((end) => end > now) ?? null;
}

/**
 * Gives the first instant after `now` at which somebody comes to the desk; null for a desk that
 * has no hours. A desk that opens at a time the clocks skip opens when they have jumped.
 */
export function nextOpening(hours: readonly DeskHours[], now: Date): Date | null {
	let day = londonDay(now);
	// Eight days: the same weekday again, when its hours are over today.
	for (let left = 8; left > 0; left -= 1) {
		const opening = hours
			.filter((stretch) => stretch.weekday === weekdayOf(day))
			.flatMap((stretch) => instantsOf(day, stretch.opens.slice(0, 5)))
			.filter((opens) => opens > now)
			.sort((a, b) => a.getTime() - b.getTime())[0];
		if (opening) return opening;
		day = nextDay(day);
	}
	return null;
}

function stretchAt(hours: readonly DeskHours[], now: Date): DeskHours | undefined {
	const weekday = weekdayOf(londonDay(now));
	const time = wallTime(now);
	return hours.find(
		(stretch) =>
			stretch.weekday === weekday &&
			stretch.opens.slice(0, 5) <= time &&
			time < stretch.closes.slice(0, 5)
	);
}

/**
 * The instants at which London's clocks show a time on a day, earliest first: two where an hour
 * comes twice in October; in March, for a time that is skipped, the moment of the jump.
 */
function instantsOf(day: string, time: string): Date[] {
	const asWinter = new Date(`${day}T${time}:00Z`);
	const asSummer = new Date(asWinter.getTime() - 60 * minute);
	const found = [asSummer, asWinter].filter(
		(instant) => londonDay(instant) === day && wallTime(instant) === time
	);
	return found.length > 0 ? found : [new Date(`${day}T01:00:00Z`)];
}

function wallTime(at: Date): string {
	return new Intl.DateTimeFormat('en-GB', {
		timeZone: 'Europe/London',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23'
	}).format(at);
}

function weekdayOf(day: string): number {
	return new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
}

function nextDay(day: string): string {
	return new Date(new Date(`${day}T12:00:00Z`).getTime() + dayMs).toISOString().slice(0, 10);
}
