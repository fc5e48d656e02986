import { describe, expect, test } from 'vitest';
import { dueAfter, isWorkingDay, londonDay, londonInstant } from '#lib/domain/time/working-days.ts';

const at = (text: string): Date => new Date(text);

describe('working days of England and Wales', () => {
	test('a weekend and a bank holiday are none', () => {
		expect(isWorkingDay('2026-11-23')).toBe(true);
		expect(isWorkingDay('2026-11-22')).toBe(false);
		expect(isWorkingDay('2026-12-28')).toBe(false);
	});

	test.each([
		['one day after a Monday', '2026-11-23T10:00:00Z', 1, '2026-11-24T17:00:00.000Z'],
		[
			'five days after a Thursday skip the weekend',
			'2026-11-19T10:00:00Z',
			5,
			'2026-11-26T17:00:00.000Z'
		],
		['one day after Christmas Eve', '2026-12-24T10:00:00Z', 1, '2026-12-29T17:00:00.000Z'],
		[
			'in summer 17:00 in London is 16:00 UTC',
			'2026-07-01T10:00:00Z',
			1,
			'2026-07-02T16:00:00.000Z'
		],
		[
			'late on a Sunday in London counts from that day',
			'2026-11-22T23:30:00Z',
			1,
			'2026-11-23T17:00:00.000Z'
		],
		['the same day while the desk is open', '2026-11-23T10:00:00Z', 0, '2026-11-23T17:00:00.000Z'],
		[
			'the same day asked after hours is the next',
			'2026-11-23T18:00:00Z',
			0,
			'2026-11-24T17:00:00.000Z'
		],
		[
			'the same day asked on a Saturday is Monday',
			'2026-11-21T10:00:00Z',
			0,
			'2026-11-23T17:00:00.000Z'
		]
	])('%s', (_, from, days, due) => {
		expect(dueAfter(at(from), days).toISOString()).toBe(due);
	});

	test.each([
		['2026-07-01', 23, '2026-07-01T22:00:00.000Z'],
		['2026-07-01', 0, '2026-06-30T23:00:00.000Z'],
		['2026-12-01', 23, '2026-12-01T23:00:00.000Z']
	])('%s at %i o’clock in London', (day, hour, instant) => {
		expect(londonInstant(day, hour).toISOString()).toBe(instant);
	});

	test('the day is the one that London shows', () => {
		expect(londonDay(at('2026-06-30T23:30:00Z'))).toBe('2026-07-01');
	});
});
