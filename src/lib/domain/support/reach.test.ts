import { expect, test } from 'vitest';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import { contactAt, contactBy } from '#lib/domain/support/reach.ts';

const now = new Date('2026-11-23T10:00:00Z');
const later = new Date('2026-11-23T17:00:00Z');

test('a stored yes holds until its hour', () => {
	expect(contactAt({ okNow: true, nextChangeAt: later }, now)).toEqual({
		state: 'ok',
		until: later
	});
	expect(contactAt({ okNow: false, nextChangeAt: later }, now)).toEqual({
		state: 'not',
		until: later
	});
});

test('a stored answer whose hour has come counts as not known', () => {
	expect(contactAt({ okNow: true, nextChangeAt: later }, later)).toEqual({ state: 'ask' });
});

test('nothing stored is never a yes', () => {
	expect(contactAt(null, now)).toEqual({ state: 'ask' });
});

test('an answer without an end stands', () => {
	expect(contactAt({ okNow: true, nextChangeAt: null }, now)).toEqual({ state: 'ok', until: null });
});

test('an opened plan says until when; without one, or with an old one, ask', () => {
	const rules = wholeRules({ safe: ['call'], hours: 'day' });
	const plan = { rules, confirmedAt: now, askAgainAt: null };
	expect(contactBy(plan, now).state).not.toBe('ask');
	expect(contactBy({ ...plan, rules: { ...rules, hours: 'never' } }, now)).toEqual({
		...{ state: 'not', until: null }
	});
	expect(contactBy({ ...plan, confirmedAt: new Date('2026-01-01'), askAgainAt: now }, now)).toEqual(
		{
			state: 'ask'
		}
	);
	expect(contactBy(null, now)).toEqual({ state: 'ask' });
});
