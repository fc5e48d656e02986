import { expect, test } from 'vitest';
import { limitBounds, standardLimits, stayOf, stepUpSeconds, warningSeconds } from './limits.ts';

test('a victim is signed out after 10 idle minutes and 2 hours in all, staff after 15 and 8', () => {
	expect(standardLimits).toEqual({
		victim: { idle: 600, absolute: 7200 },
		staff: { idle: 900, absolute: 28_800 }
	});
});

test.each(['victim', 'staff'] as const)(
	'the standard of a %s is within the bounds, and every idle limit leaves time to be warned',
	(who) => {
		const { leastIdle, mostIdle, mostAbsolute } = limitBounds[who];
		const { idle, absolute } = standardLimits[who];
		expect(idle).toBeGreaterThanOrEqual(leastIdle);
		expect(idle).toBeLessThanOrEqual(mostIdle);
		expect(absolute).toBeLessThanOrEqual(mostAbsolute);
		expect(leastIdle).toBeGreaterThanOrEqual(2 * warningSeconds);
		expect(stepUpSeconds).toBeLessThanOrEqual(leastIdle);
	}
);

test('a session ends after its idle time, and never later than its end in all', () => {
	const at = (minutes: number) => new Date(Date.UTC(2026, 10, 27, 12, minutes));
	const seen = { seenAt: at(0), idleSeconds: 600 };
	expect(stayOf({ ...seen, expiresAt: at(50) })).toEqual({ until: at(10), last: at(50) });
	expect(stayOf({ ...seen, expiresAt: at(7) })).toEqual({ until: at(7), last: at(7) });
});
