import { expect, test } from 'vitest';
import { day, dayAndTime, fullDay, shortDay } from '#lib/i18n/dates.ts';

const friday = new Date('2026-11-13T23:30:00Z');

test('Welsh days are Welsh in any browser, whether or not it knows the language', () => {
	expect(day('cy', friday)).toBe('dydd Gwener 13 Tachwedd');
	expect(day('cy', '2027-01-02', friday)).toBe('dydd Sadwrn 2 Ionawr 2027');
	expect(fullDay('cy', friday)).toBe('13 Tachwedd 2026');
	expect(shortDay('cy', friday)).toBe('13 Tach');
	expect(dayAndTime('cy', friday)).toBe('13 Tach, 23:30');
});

test('a Welsh day is the one that London has', () => {
	expect(day('cy', new Date('2026-06-30T23:30:00Z'))).toBe('dydd Mercher 1 Gorffennaf');
});

test('an English day reads the same with its year and without', () => {
	expect(day('en', '2027-01-04', friday)).toBe('Monday 4 January 2027');
	expect(day('en', friday)).toBe('Friday 13 November');
});

test('an Urdu day has the figures that phones in Britain show', () => {
	expect(day('ur', friday)).toContain('13');
});
