import { describe, expect, test } from 'vitest';
import { actingRoles, actingRolesFor, actingRules, mayAct } from '#lib/domain/acting/roles.ts';
import { actingState, type ActingFacts } from '#lib/domain/acting/standing.ts';
import { birthdayAt, endOf, endOfDay } from '#lib/domain/acting/until.ts';

const now = new Date('2026-11-27T10:00:00Z');

describe('when it ends', () => {
	test.each([
		['2010-06-15', '2028-06-14T23:00:00.000Z', 'in summer time, an hour before UTC’s midnight'],
		['2010-01-15', '2028-01-15T00:00:00.000Z', 'in winter'],
		['2012-02-29', '2030-03-01T00:00:00.000Z', 'born on a leap day']
	])('a child born on %s is 18 at %s (%s)', (birth, at) => {
		expect(birthdayAt(birth, 18).toISOString()).toBe(at);
	});

	test.each([
		['parent_guardian', null, 'birth_missing'],
		['parent_guardian', '2008-11-27', 'grown'],
		['parent_guardian', '2026-11-28', 'unborn']
	] as const)('%s of a child born %s is refused: %s', (role, birth, fault) => {
		expect(endOf(role, { birth, until: null }, now)).toEqual({ ok: false, error: fault });
	});

	test('a parent acts until the day before the child is 18 is over, to the second', () => {
		const end = endOf('parent_guardian', { birth: '2008-11-28', until: '2040-01-01' }, now);
		expect(end).toEqual({ ok: true, value: new Date('2026-11-28T00:00:00Z') });
	});

	test.each([
		[null, 'day_missing'],
		['2026-11-26', 'past'],
		['2027-11-28', 'far']
	])('a supporter until %s is refused: %s', (until, fault) => {
		const end = endOf('supporter_readonly', { birth: null, until }, now);
		expect(end).toEqual({ ok: false, error: fault });
	});

	test('a supporter reads until the end of the day that was named', () => {
		const end = endOf('supporter_readonly', { birth: null, until: '2026-11-27' }, now);
		expect(end).toEqual({ ok: true, value: new Date('2026-11-28T00:00:00Z') });
		expect(endOfDay('2026-06-30').toISOString()).toBe('2026-06-30T23:00:00.000Z');
	});

	test('a spokesperson may have no end, or one', () => {
		expect(endOf('family_spokesperson', { birth: null, until: null }, now).ok).toBe(true);
		const past = endOf('family_spokesperson', { birth: null, until: '2026-01-01' }, now);
		expect(past).toEqual({ ok: false, error: 'past' });
	});
});

describe('who may do what', () => {
	test('a supporter reads and does nothing else; everyone else may do all', () => {
		for (const act of ['say', 'ask', 'write', 'reach'] as const) {
			expect(mayAct('supporter_readonly', act)).toBe(false);
			expect(mayAct('parent_guardian', act)).toBe(true);
			expect(mayAct('family_spokesperson', act)).toBe(true);
		}
		expect(mayAct('supporter_readonly', 'read')).toBe(true);
	});

	test('whoever only reads is shown nothing that matters for safety, and needs a consent', () => {
		for (const role of actingRoles) {
			const { may, readsClassC, needsConsent, source } = actingRules[role];
			expect([role, readsClassC, needsConsent]).toEqual([role, may.length > 1, may.length === 1]);
			expect(source).not.toBe('');
		}
	});

	test('a parent acts for a child, never for a bereaved relative or a business', () => {
		expect(actingRolesFor('self')).toEqual(actingRoles);
		expect(actingRolesFor('bereaved_relative')).not.toContain('parent_guardian');
		expect(actingRolesFor('business_contact')).toEqual([]);
	});
});

describe('where it stands', () => {
	const facts: ActingFacts = { link: 'clear', approvedAt: null, untilAt: null, revokedAt: null };
	const approved = { ...facts, approvedAt: now };

	test.each([
		['waiting', facts],
		['stopped', { ...facts, link: 'hit' }],
		['waiting', { ...facts, link: 'cleared' }],
		['active', approved],
		['active', { ...approved, untilAt: new Date(now.getTime() + 1) }],
		['over', { ...approved, untilAt: now }],
		['ended', { ...approved, revokedAt: now }]
	] as const)('%s', (state, given) => {
		expect(actingState(given, now)).toBe(state);
	});
});
