import { describe, expect, test } from 'vitest';
import { isStaffLabel, readClaims, type ClaimRules } from './claims.ts';

const rules: ClaimRules = {
	roleClaim: 'realm_access.roles',
	roles: [
		['wm-supervisors', 'supervisor'],
		['wm-officers', 'officer']
	],
	forceClaim: 'tid',
	forceValue: 'midshire',
	labelClaim: 'collar',
	secondStep: ['mfa', 'urn:example:strong']
};
const of = (...roles: string[]) => ({ tid: 'midshire', realm_access: { roles } });

describe('claims', () => {
	test('give a role, a label and whether a second step was taken', () => {
		expect(
			readClaims({ ...of('wm-officers'), collar: ' PC 4021 ', amr: ['pwd', 'mfa'] }, rules)
		).toEqual({
			ok: true,
			value: { role: 'officer', label: 'PC 4021', secondStep: true }
		});
	});

	test('of two roles give the one named first in the settings', () => {
		const both = readClaims(of('wm-officers', 'wm-supervisors'), rules);
		expect(both).toMatchObject({ ok: true, value: { role: 'supervisor' } });
	});

	test('may sit in a claim whose own name has dots', () => {
		const dotted = { ...rules, roleClaim: 'https://example.com/roles' };
		const claims = { tid: 'midshire', 'https://example.com/roles': 'wm-officers' };
		expect(readClaims(claims, dotted)).toMatchObject({ ok: true, value: { role: 'officer' } });
	});

	test.each([
		['another force', { ...of('wm-officers'), tid: 'northshire' }, 'force'],
		['no force', { realm_access: { roles: ['wm-officers'] } }, 'force'],
		['a part of our force’s name', { ...of('wm-officers'), tid: 'midshire2' }, 'force'],
		['an unknown role', of('wm-canteen'), 'role'],
		['a role in other letters', of('WM-Officers'), 'role'],
		['roles that are no list', { tid: 'midshire', realm_access: 'wm-officers' }, 'role'],
		[
			'an inherited property',
			{ tid: 'midshire', realm_access: Object.create({ roles: ['wm-officers'] }) },
			'role'
		]
	])('with %s give nobody', (_name, claims, error) => {
		expect(readClaims(claims, rules)).toEqual({ ok: false, error });
	});

	test.each([
		[{ amr: ['pwd'] }, false],
		[{ acr: 'urn:example:strong' }, true],
		[{ amr: 'mfa' }, true],
		[{}, false]
	])('%j: a second step is %s', (more, secondStep) => {
		const read = readClaims({ ...of('wm-officers'), ...more }, rules);
		expect(read).toMatchObject({ ok: true, value: { secondStep } });
	});

	test('never show a mail address to victims', () => {
		const read = readClaims({ ...of('wm-officers'), collar: 'sam@example.com' }, rules);
		expect(read).toMatchObject({ ok: true, value: { label: 'Officer' } });
	});
});

test.each([
	['PC 4021', true],
	['DS O’Neill-Patel', true],
	['sam@example.com', false],
	['<b>PC</b>', false],
	['P', false],
	['', false],
	['A'.repeat(41), false]
])('%j may stand for a colleague: %s', (label, fine) => {
	expect(isStaffLabel(label)).toBe(fine);
});
