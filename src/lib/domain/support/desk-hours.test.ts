import { describe, expect, test } from 'vitest';
import {
	closingAt,
	isOpenAt,
	nextOpening,
	type DeskHours
} from '#lib/domain/support/desk-hours.ts';

const weekdays: DeskHours[] = [1, 2, 3, 4, 5].map((weekday) => ({
	weekday,
	opens: '08:00:00',
	closes: '17:30:00'
}));
const at = (text: string): Date => new Date(text);

describe('a desk that is staffed on weekdays', () => {
	test('is open from the minute it opens to the minute before it closes', () => {
		expect(isOpenAt(weekdays, at('2026-11-23T07:59:59Z'))).toBe(false);
		expect(isOpenAt(weekdays, at('2026-11-23T08:00:00Z'))).toBe(true);
		expect(isOpenAt(weekdays, at('2026-11-23T17:29:59Z'))).toBe(true);
		expect(isOpenAt(weekdays, at('2026-11-23T17:30:00Z'))).toBe(false);
	});

	test('says on a Friday evening that nobody comes before Monday', () => {
		expect(nextOpening(weekdays, at('2026-11-27T18:00:00Z'))).toEqual(at('2026-11-30T08:00:00Z'));
	});

	test('names its next opening, not the one of now, while it is open', () => {
		expect(nextOpening(weekdays, at('2026-11-23T08:00:00Z'))).toEqual(at('2026-11-24T08:00:00Z'));
		expect(closingAt(weekdays, at('2026-11-23T08:00:00Z'))).toEqual(at('2026-11-23T17:30:00Z'));
	});

	test('has no closing time while it is closed', () => {
		expect(closingAt(weekdays, at('2026-11-22T12:00:00Z'))).toBeNull();
	});

	test('keeps wall time through the summer', () => {
		expect(isOpenAt(weekdays, at('2026-07-06T07:00:00Z'))).toBe(true);
		expect(isOpenAt(weekdays, at('2026-07-06T16:30:00Z'))).toBe(false);
		expect(closingAt(weekdays, at('2026-07-06T12:00:00Z'))).toEqual(at('2026-07-06T16:30:00Z'));
	});

	test('opens at 8 by the wall on the Monday after each clock change', () => {
		expect(nextOpening(weekdays, at('2026-03-27T18:00:00Z'))).toEqual(at('2026-03-30T07:00:00Z'));
		expect(nextOpening(weekdays, at('2026-10-23T18:00:00Z'))).toEqual(at('2026-10-26T08:00:00Z'));
	});
});

describe('the nights on which the clocks change', () => {
	const sunday = (opens: string, closes: string): DeskHours[] => [{ weekday: 7, opens, closes }];

	test('a time that is skipped in March is the moment the clocks jump', () => {
		const hours = sunday('01:30', '06:00');
		expect(nextOpening(hours, at('2026-03-29T00:10:00Z'))).toEqual(at('2026-03-29T01:00:00Z'));
		expect(isOpenAt(hours, at('2026-03-29T00:59:59Z'))).toBe(false);
		expect(isOpenAt(hours, at('2026-03-29T01:00:00Z'))).toBe(true);
	});

	test('a time that comes twice in October opens twice when the wall says so', () => {
		const hours = sunday('01:30', '06:00');
		expect(nextOpening(hours, at('2026-10-25T00:00:00Z'))).toEqual(at('2026-10-25T00:30:00Z'));
		expect(isOpenAt(hours, at('2026-10-25T01:10:00Z'))).toBe(false);
		expect(nextOpening(hours, at('2026-10-25T01:10:00Z'))).toEqual(at('2026-10-25T01:30:00Z'));
	});
});

describe('odd hours', () => {
	test('a desk without hours never opens', () => {
		expect(isOpenAt([], at('2026-11-23T12:00:00Z'))).toBe(false);
		expect(nextOpening([], at('2026-11-23T12:00:00Z'))).toBeNull();
	});

	test('a desk with one hour a week opens in a week when its hour is over', () => {
		const hours = [{ weekday: 1, opens: '09:00', closes: '10:00' }];
		expect(nextOpening(hours, at('2026-11-23T10:00:00Z'))).toEqual(at('2026-11-30T09:00:00Z'));
	});

	test('a lunch break is a time when nobody reads', () => {
		const hours = [
			{ weekday: 1, opens: '13:00', closes: '17:00' },
			{ weekday: 1, opens: '08:00', closes: '12:00' }
		];
		expect(isOpenAt(hours, at('2026-11-23T12:30:00Z'))).toBe(false);
		expect(nextOpening(hours, at('2026-11-23T12:30:00Z'))).toEqual(at('2026-11-23T13:00:00Z'));
	});

	test('a desk that is staffed to midnight closes with the day', () => {
		const hours = [{ weekday: 1, opens: '08:00', closes: '24:00' }];
		expect(isOpenAt(hours, at('2026-11-23T23:59:00Z'))).toBe(true);
		expect(closingAt(hours, at('2026-11-23T20:00:00Z'))).toEqual(at('2026-11-24T00:00:00Z'));
	});

	test('what is said to be the next opening is the first open minute, all year round', () => {
		const hours = [
			{ weekday: 7, opens: '01:15', closes: '02:45' },
			{ weekday: 3, opens: '22:30', closes: '23:45' }
		];
		for (const start of ['2026-03-28T20:00:00Z', '2026-10-24T20:00:00Z', '2026-06-30T20:00:00Z']) {
			const now = at(start);
			let minute = new Date(now.getTime() + 60_000);
			while (!isOpenAt(hours, minute)) minute = new Date(minute.getTime() + 60_000);
			expect(nextOpening(hours, now)).toEqual(minute);
		}
	});
});
