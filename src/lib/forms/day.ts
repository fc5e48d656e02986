import { err, ok, type Result } from '#lib/domain/result.ts';
import { londonInstant } from '#lib/domain/time/working-days.ts';
import { text } from '#lib/forms/form.ts';

/**
 * Reads a day from three boxes named `<prefix>-day`, `-month` and `-year`. Gives it as
 * `YYYY-MM-DD`; missing when all three are empty, unreal when there is no such day since 1900.
 */
export function dayOf(data: FormData, prefix: string): Result<string, 'missing' | 'unreal'> {
	const parts = ['year', 'month', 'day'].map((unit) => text(data, `${prefix}-${unit}`));
	if (parts.every((part) => part === '')) return err('missing');
	const [year = '', month = '', day = ''] = parts;
	if (!/^(19|20)\d\d$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) {
		return err('unreal');
	}
	const name = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const real = new Date(`${name}T12:00:00Z`);
	const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(name);
	return exists ? ok(name) : err('unreal');
}

/** Reads a time of day such as `9:05`, `09.05` or `0905`; null when it is none. */
export function minutesOf(typed: string): { hours: number; minutes: number } | null {
	const found = /^(\d{1,2})[:.]?(\d\d)$/.exec(typed);
	const [hours, minutes] = [Number(found?.[1] ?? NaN), Number(found?.[2] ?? NaN)];
	return hours < 24 && minutes < 60 ? { hours, minutes } : null;
}

/** Gives the instant of a time of day in London. */
export function instantOf(day: string, at: { hours: number; minutes: number }): Date {
	return new Date(londonInstant(day, at.hours).getTime() + at.minutes * 60_000);
}
