import { expect, test } from 'vitest';
import { dayFrom, instant } from '#lib/server/demo/seed/times.ts';

test('days are counted on the calendar, late in the evening and over both clock changes', () => {
	const lateInNovember = new Date('2026-11-26T23:30:00Z');
	expect(dayFrom(lateInNovember, 0)).toBe('2026-11-26');
	expect(dayFrom(lateInNovember, -32)).toBe('2026-10-25');
	expect(dayFrom(lateInNovember, -33)).toBe('2026-10-24');
	// 23:30 in London's summer time, and the same minute in winter, are one day each.
	expect(dayFrom(new Date('2026-03-28T23:30:00Z'), 1)).toBe('2026-03-29');
	expect(dayFrom(new Date('2026-03-28T23:30:00Z'), 2)).toBe('2026-03-30');
});

test('what was later by the calendar is later in the world, at every hour of today', () => {
	for (let hour = 0; hour < 24; hour += 1) {
		const today = new Date(Date.UTC(2026, 10, 26, hour, 30));
		for (let ago = 1; ago < 60; ago += 1) {
			expect(instant(today, [ago + 1, 23]) < instant(today, [ago, 1])).toBe(true);
		}
	}
});
