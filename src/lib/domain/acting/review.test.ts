import { describe, expect, test } from 'vitest';
import { isOpenable, openableAreas } from '#lib/domain/acting/opened.ts';
import { reviewDue, type ReviewFacts } from '#lib/domain/acting/review.ts';
import { ownAccountFrom } from '#lib/domain/acting/until.ts';

const now = new Date('2026-11-27T10:00:00Z');
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const parent: ReviewFacts = {
	...{ role: 'parent_guardian', state: 'active', askedAt: days(-100), untilAt: days(400) },
	...{ accountSince: null, conflictAt: null, reviewedAt: null }
};
const reason = (facts: Partial<ReviewFacts>) => reviewDue({ ...parent, ...facts }, now)?.reason;

describe('when somebody who acts is looked at', () => {
	test('as soon as they are named or asked for, within two working days', () => {
		const named = new Date('2026-11-27T10:00:00Z');
		const due = reviewDue({ ...parent, state: 'waiting', askedAt: named }, now);
		expect(due).toMatchObject({ reason: 'decide' });
		expect(due?.dueAt.toISOString().slice(0, 10)).toBe('2026-12-01');
		expect(reason({ state: 'stopped', role: 'supporter_readonly' })).toBe('decide');
	});

	test.each<[string, Partial<ReviewFacts>, string | undefined]>([
		['nothing changed', {}, undefined],
		['the child has an account', { accountSince: days(-1) }, 'own_account'],
		['they are in conflict', { conflictAt: days(-1), accountSince: days(-2) }, 'conflict'],
		['it was looked at since', { accountSince: days(-2), reviewedAt: days(-1) }, undefined],
		['a new conflict came since', { conflictAt: days(-1), reviewedAt: days(-2) }, 'conflict'],
		['the child is 18 in 90 days', { untilAt: days(90) }, 'turning_18'],
		['the child is 18 in 91 days', { untilAt: days(91) }, undefined],
		['that was looked at', { untilAt: days(80), reviewedAt: days(-1) }, undefined],
		['that was looked at long before', { untilAt: days(80), reviewedAt: days(-20) }, 'turning_18'],
		['it has ended', { state: 'ended', conflictAt: days(-1) }, undefined],
		['they only read', { role: 'supporter_readonly', conflictAt: days(-1) }, undefined]
	])('when %s: %s', (_when, facts, expected) => {
		expect(reason(facts)).toBe(expected);
	});

	test('before the 18th birthday by that day itself', () => {
		expect(reviewDue({ ...parent, untilAt: days(30) }, now)?.dueAt).toEqual(days(30));
	});
});

describe('a young person’s own account', () => {
	test.each([
		['2028-06-14T23:00:00Z', '2022-06-14T23:00:00.000Z'],
		['2028-01-15T00:00:00Z', '2022-01-15T00:00:00.000Z']
	])('of one who is 18 at %s is theirs from %s, at 12', (adult, own) => {
		expect(ownAccountFrom(new Date(adult)).toISOString()).toBe(own);
	});
});

test('what can be opened is an area of needs or what was asked for and written', () => {
	expect(openableAreas).toContain('safety');
	expect(isOpenable('conversations')).toBe(true);
	expect(isOpenable('everything')).toBe(false);
});
