import { isWorkingDay, londonDay, londonInstant } from '#lib/domain/time/working-days.ts';
import type { Precision } from '#lib/domain/case/story.ts';
import type { Ago } from '#lib/server/demo/seed/story.ts';

const dayMs = 86_400_000;

/** Gives the instant of so many days before `today`, at its hour in London; never after `today`. */
export function instant(today: Date, ago: Ago): Date {
	const [days, hour] = typeof ago === 'number' ? [ago, 10] : ago;
	const at = londonInstant(dayFrom(today, -days), hour);
	return at > today ? new Date(today.getTime() - 60_000) : at;
}

/**
 * Gives the calendar day so many days after `today` (before it, when negative). Days are counted on
 * the calendar: 24 hours are not a day where the clocks change in between.
 */
export function dayFrom(today: Date, days: number): string {
	const noon = new Date(`${londonDay(today)}T12:00:00Z`).getTime();
	return new Date(noon + days * dayMs).toISOString().slice(0, 10);
}

/** Gives the first day from so many days after `today` on which a court sits; a week's is a Monday. */
export function sittingDay(today: Date, days: number, precision: Precision): string {
	const day = dayFrom(today, days);
	const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
	const fits = precision === 'week_commencing' ? weekday === 1 : isWorkingDay(day);
	return fits ? day : sittingDay(today, days + 1, precision);
}
