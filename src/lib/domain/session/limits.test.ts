import { expect, test } from 'vitest';
import { roles } from '#lib/domain/access/role.ts';
import { limitsFor, standardLimits, stepUpSeconds } from './limits.ts';

test('a victim is signed out after 10 idle minutes and after 2 hours in all', () => {
	expect(limitsFor('victim')).toEqual({ idle: 600, absolute: 7200 });
});

test.each(roles.filter((role) => role !== 'victim'))(
	'a session of role %s lasts 15 idle minutes and 8 hours in all',
	(role) => {
		expect(limitsFor(role)).toEqual({ idle: 900, absolute: 28_800 });
	}
);

test("a force's own limits replace the standard ones", () => {
	const settings = { ...standardLimits, victim: { idle: 300, absolute: 1800 } };
	expect(limitsFor('victim', settings)).toEqual({ idle: 300, absolute: 1800 });
	expect(limitsFor('officer', settings)).toEqual(standardLimits.staff);
});

test('a step-up is shorter than any idle limit', () => {
	expect(stepUpSeconds).toBe(300);
	expect(stepUpSeconds).toBeLessThan(standardLimits.victim.idle);
});
