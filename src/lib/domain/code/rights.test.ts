import { describe, expect, test } from 'vitest';
import { allDuties, dutyById, rights } from '#lib/domain/code/rights.ts';

describe('the Code as data', () => {
	test('has twelve rights in order, and each duty belongs to the right its id names', () => {
		expect(rights.map((right) => right.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
		const ids = allDuties().map((duty) => duty.id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(allDuties().filter((duty) => !duty.id.startsWith(`R${duty.right}-`))).toEqual([]);
	});

	test('enhanced rights never mean waiting longer', () => {
		for (const { id, limits } of allDuties()) {
			expect(limits.standard === null, id).toBe(limits.enhanced === null);
			expect(limits.enhanced ?? 0, id).toBeLessThanOrEqual(limits.standard ?? 0);
		}
	});

	test('a bail change is told within five working days, or one with enhanced rights', () => {
		expect(dutyById('R6-BAILVAR')).toMatchObject({
			agency: 'police',
			limits: { standard: 5, enhanced: 1 },
			clockStart: 'event',
			flag: 'V'
		});
	});

	test('the court has its own days before the clock of witness care starts', () => {
		expect(dutyById('R9-OUT')).toMatchObject({ courtFirst: 5, limits: { standard: 1 } });
		expect(dutyById('R8-WIT')?.courtFirst).toBeNull();
	});

	test('the needs assessment has no limit in the Code, which is why a standard is needed', () => {
		expect(dutyById('R4-VNA')?.limits).toEqual({ standard: null, enhanced: null });
		expect(dutyById('R11-VNS')).toBeNull();
	});
});
