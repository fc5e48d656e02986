import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	contactOk,
	contactState,
	contradictions,
	awayUntil,
	safeHours,
	wholeRules,
	type SafetyRules
} from '#lib/domain/contact/safety-plan.ts';

function rules(hours: SafetyRules['hours'], more: Partial<SafetyRules> = {}): SafetyRules {
	return wholeRules({ safe: ['call', 'text'], hours, ...more });
}

const at = (instant: string) => new Date(instant);
const ok = (hours: SafetyRules['hours'], instant: string) => {
	const { ok: open, nextChangeAt } = contactOk(rules(hours), at(instant));
	return `${open ? 'yes' : 'no'} until ${nextChangeAt?.toISOString() ?? 'ever'}`;
};

test('at any time means now, and nothing changes', () => {
	expect(ok('any', '2026-11-23T03:00:00Z')).toBe('yes until ever');
	expect(ok('never', '2026-11-23T12:00:00Z')).toBe('no until ever');
});

test('by day opens at nine and closes at five, to the minute', () => {
	expect(ok('day', '2026-11-23T08:59:59Z')).toBe('no until 2026-11-23T09:00:00.000Z');
	expect(ok('day', '2026-11-23T09:00:00Z')).toBe('yes until 2026-11-23T17:00:00.000Z');
	expect(ok('day', '2026-11-23T17:00:00Z')).toBe('no until 2026-11-24T09:00:00.000Z');
});

test('on weekdays a Friday evening waits for Monday', () => {
	expect(ok('weekdays_day', '2026-11-20T18:00:00Z')).toBe('no until 2026-11-23T09:00:00.000Z');
	expect(ok('weekend_day', '2026-11-22T18:00:00Z')).toBe('no until 2026-11-28T09:00:00.000Z');
});

test('hours are London’s own on both sides of the clocks going forward', () => {
	expect(ok('evening', '2026-03-28T20:30:00Z')).toBe('no until 2026-03-29T16:00:00.000Z');
	expect(ok('evening', '2026-03-29T16:30:00Z')).toBe('yes until 2026-03-29T19:00:00.000Z');
});

test('hours are London’s own on both sides of the clocks going back', () => {
	expect(ok('day', '2026-10-24T16:30:00Z')).toBe('no until 2026-10-25T09:00:00.000Z');
	expect(ok('day', '2026-10-24T15:30:00Z')).toBe('yes until 2026-10-24T16:00:00.000Z');
});

test('nobody is rung who has not said that it is safe', () => {
	const now = at('2026-11-23T12:00:00Z');
	expect(contactOk(rules('any', { safe: ['text'] }), now).ok).toBe(false);
	expect(contactOk(rules('any', { unsafe: ['call'] }), now).ok).toBe(false);
});

test('the answer changes exactly when it says, and not before', () => {
	const instants = fc.date({ min: at('2026-01-01'), max: at('2028-12-01'), noInvalidDate: true });
	fc.assert(
		fc.property(instants, fc.constantFrom(...safeHours), fc.boolean(), (now, hours, goes) => {
			const day = (ahead: number) =>
				new Date(now.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
			const away = goes
				? [
						{ from: day(0), until: day(3) },
						{ from: day(6), until: day(9) }
					]
				: [];
			const first = contactOk(rules(hours, { away }), now);
			if (first.nextChangeAt === null) return;
			expect(first.nextChangeAt > now).toBe(true);
			expect(contactOk(rules(hours, { away }), first.nextChangeAt).ok).toBe(!first.ok);
			const justBefore = new Date(first.nextChangeAt.getTime() - 1);
			expect(contactOk(rules(hours, { away }), justBefore).ok).toBe(first.ok);
		})
	);
});

test('nobody is rung on a day away, and hours go on after it', () => {
	const away = [
		{ from: '2026-11-24', until: '2026-11-25' },
		{ from: '2026-11-26', until: '2026-11-26' }
	];
	const by = (hours: SafetyRules['hours'], instant: string) => {
		const { ok: open, nextChangeAt } = contactOk(rules(hours, { away }), at(instant));
		return `${open ? 'yes' : 'no'} until ${nextChangeAt?.toISOString() ?? 'ever'}`;
	};
	expect(by('any', '2026-11-23T12:00:00Z')).toBe('yes until 2026-11-24T00:00:00.000Z');
	expect(by('any', '2026-11-24T12:00:00Z')).toBe('no until 2026-11-27T00:00:00.000Z');
	expect(by('any', '2026-11-27T00:00:00Z')).toBe('yes until ever');
	expect(by('day', '2026-11-23T18:00:00Z')).toBe('no until 2026-11-27T09:00:00.000Z');
	expect(by('weekend_day', '2026-11-26T12:00:00Z')).toBe('no until 2026-11-28T09:00:00.000Z');
	expect(awayUntil(rules('any', { away }), at('2026-11-25T12:00:00Z'))).toEqual(
		at('2026-11-26T00:00:00Z')
	);
	expect(awayUntil(rules('any', { away }), at('2026-11-27T00:00:00Z'))).toBeNull();
});

test('days away are London’s own in summer', () => {
	const away = [{ from: '2026-07-01', until: '2026-07-01' }];
	const may = contactOk(rules('any', { away }), at('2026-06-30T12:00:00Z'));
	expect(may.nextChangeAt).toEqual(at('2026-06-30T23:00:00Z'));
});

test('what was never asked is never a yes', () => {
	expect(wholeRules({})).toEqual({
		...{ safe: [], unsafe: [], hours: 'never', phone: 'unsure', away: [], word: '', note: '' }
	});
});

test('what is stored holds until it changes, and then the answer is to ask', () => {
	const nextChangeAt = at('2026-11-23T17:00:00Z');
	const before = at('2026-11-23T16:59:59Z');
	expect(contactState({ okNow: true, nextChangeAt }, before)).toBe('ok');
	expect(contactState({ okNow: false, nextChangeAt }, before)).toBe('not');
	expect(contactState({ okNow: true, nextChangeAt }, nextChangeAt)).toBe('ask');
	expect(contactState({ okNow: true, nextChangeAt: null }, nextChangeAt)).toBe('ok');
	expect(contactState(null, before)).toBe('ask');
});

test('a way that is both safe and unsafe is a contradiction', () => {
	expect(contradictions({ safe: ['text', 'call'], unsafe: ['call', 'visit'] })).toEqual(['call']);
	expect(contradictions({ safe: ['portal'], unsafe: ['call'] })).toEqual([]);
});
