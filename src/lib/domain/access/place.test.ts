import { expect, test } from 'vitest';
import { isUnplaced } from './place.ts';

test.each([
	['officer', null, null, true],
	['officer', null, 'd', true],
	['officer', 't', null, false],
	['supervisor', null, null, true],
	['caseworker', 't', null, true],
	['caseworker', null, 'd', false],
	['agency_desk', null, null, true],
	['oversight', null, null, false],
	['victim', null, null, false],
	['operator', null, null, false],
	['worker', null, null, false]
])('%s with team %s and desk %s waits for a place: %s', (role, teamId, deskId, waits) => {
	expect(isUnplaced({ role, teamId, deskId })).toBe(waits);
});
