import { actingRules, ages, type ActingRole } from '#lib/domain/acting/roles.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { londonDay, londonInstant } from '#lib/domain/time/working-days.ts';

/** Why an end cannot be set: none is named, it has passed, or it lies too far off. */
export type UntilFault = 'birth_missing' | 'grown' | 'unborn' | 'day_missing' | 'past' | 'far';

/**
 * Gives the instant at which somebody reaches an age: the first moment of that birthday in London
 * (Family Law Reform Act 1969 s. 9). Who was born on 29 February has it on 1 March in other years.
 */
export function birthdayAt(birth: string, age: number): Date {
	const [year = 0, month = 1, day = 1] = birth.split('-').map(Number);
	const falls = new Date(Date.UTC(year + age, month - 1, day)).toISOString().slice(0, 10);
	return londonInstant(falls, 0);
}

/** Gives the last moment of a calendar day in London: the first of the day after. */
export function endOfDay(day: string): Date {
	const next = new Date(new Date(`${day}T12:00:00Z`).getTime() + 86_400_000);
	return londonInstant(next.toISOString().slice(0, 10), 0);
}

/** Gives when a part ends by its rule; null when it ends only by somebody's hand. */
export function endOf(
	role: ActingRole,
	given: { readonly birth: string | null; readonly until: string | null },
	now: Date
): Result<Date | null, UntilFault> {
	const rule = actingRules[role];
	switch (rule.ends) {
		case 'at_18':
			return endAtEighteen(given.birth, now);
		case 'on_day':
			return endOnDay(given.until, rule.longestDays, now);
		case 'when_ended':
			return given.until === null ? ok(null) : endOnDay(given.until, null, now);
	}
}

/**
 * Gives from when a young person may have an account of their own, from the end of their parent's
 * part: that is their 18th birthday, and the only thing kept open of it.
 */
export function ownAccountFrom(endsAt18: Date): Date {
	const [year = '', month = '', day = ''] = londonDay(endsAt18).split('-');
	const birth = `${String(Number(year) - ages.adult)}-${month}-${day}`;
	return birthdayAt(birth, ages.ownAccount);
}

function endAtEighteen(birth: string | null, now: Date): Result<Date, UntilFault> {
	if (birth === null) return err('birth_missing');
	if (birth > londonDay(now)) return err('unborn');
	const end = birthdayAt(birth, ages.adult);
	return end <= now ? err('grown') : ok(end);
}

function endOnDay(
	day: string | null,
	longestDays: number | null,
	now: Date
): Result<Date, UntilFault> {
	if (day === null) return err('day_missing');
	const end = endOfDay(day);
	if (end <= now) return err('past');
	const longest = longestDays === null ? Infinity : now.getTime() + longestDays * 86_400_000;
	return end.getTime() > longest ? err('far') : ok(end);
}
