import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import {
	clockOf,
	firstDue,
	inOrder,
	nextDue,
	queueFilter,
	type Waiting
} from '#lib/domain/support/queue.ts';
import { requestStates, urgencies } from '#lib/domain/support/request.ts';

const now = new Date('2026-11-23T10:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

function waiting(reference: string, more: Partial<Waiting> = {}): Waiting {
	return {
		reference,
		urgency: 'two_days',
		state: 'new',
		askedAt: hours(-5),
		dueAt: hours(5),
		...more
	};
}

function order(...requests: Waiting[]): string[] {
	return inOrder(requests, now).map((request) => request.reference);
}

describe('the order of the queue', () => {
	test('what is longest late comes first, then what is due soonest', () => {
		expect(
			order(
				waiting('due later', { dueAt: hours(9) }),
				waiting('late', { dueAt: hours(-1) }),
				waiting('due soon', { dueAt: hours(1) }),
				waiting('longest late', { dueAt: hours(-30) })
			)
		).toEqual(['longest late', 'late', 'due soon', 'due later']);
	});

	test('what waits for the victim comes after every running clock, even when its day is past', () => {
		expect(
			order(
				waiting('asked her', { state: 'waiting_for_victim', dueAt: hours(-9) }),
				waiting('ours', { dueAt: hours(90) })
			)
		).toEqual(['ours', 'asked her']);
	});

	test('of two due at one instant the more urgent comes first, then the one that waits longer', () => {
		expect(
			order(
				waiting('newer', { askedAt: hours(-1) }),
				waiting('older', { askedAt: hours(-2) }),
				waiting('urgent', { urgency: 'today', askedAt: hours(-1) })
			)
		).toEqual(['urgent', 'older', 'newer']);
	});

	test('closed ones come last, newest first', () => {
		expect(
			order(
				waiting('old', { state: 'done', askedAt: hours(-90) }),
				waiting('new', { state: 'withdrawn', askedAt: hours(-9) }),
				waiting('open', { dueAt: hours(90) })
			)
		).toEqual(['open', 'new', 'old']);
	});

	test('does not depend on the order in which requests arrive, and loses none', () => {
		const request = fc.record({
			reference: fc.uuid(),
			urgency: fc.constantFrom(...urgencies),
			state: fc.constantFrom(...requestStates),
			askedAt: fc.integer({ min: -90, max: -1 }).map(hours),
			dueAt: fc.integer({ min: -50, max: 50 }).map(hours)
		});
		fc.assert(
			fc.property(fc.uniqueArray(request, { selector: (one) => one.askedAt.getTime() }), (all) => {
				expect(inOrder([...all].reverse(), now)).toEqual(inOrder(all, now));
				expect(inOrder(all, now)).toHaveLength(all.length);
			}),
			{ seed: 7, numRuns: 100 }
		);
	});
});

describe('the clock of a request', () => {
	test('says how long is left, and since when it is late', () => {
		expect(clockOf(waiting('a', { dueAt: hours(2) }), now)).toMatchObject({
			kind: 'left',
			minutes: 120
		});
		expect(clockOf(waiting('a', { dueAt: hours(-1.5) }), now)).toEqual({
			kind: 'late',
			minutes: 90,
			since: hours(-1.5)
		});
	});

	test('is late at the very instant it is due', () => {
		expect(clockOf(waiting('a', { dueAt: now }), now).kind).toBe('late');
	});
});

describe('by when a new request is answered', () => {
	const mornings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:00', closes: '12:00' }));
	const noon = new Date('2026-11-23T13:00:00Z');

	test('today is not promised once nobody comes to the desk any more today', () => {
		expect(firstDue('today', mornings, now)).toEqual(new Date('2026-11-23T17:00:00Z'));
		expect(firstDue('today', mornings, noon)).toEqual(new Date('2026-11-24T17:00:00Z'));
	});

	test('what is not due before the desk opens keeps its day', () => {
		expect(firstDue('two_days', mornings, noon)).toEqual(new Date('2026-11-25T17:00:00Z'));
	});

	test('a desk that opens once a week promises no day before it', () => {
		const fridays = [{ weekday: 5, opens: '09:00', closes: '16:00' }];
		expect(firstDue('one_day', fridays, now)).toEqual(new Date('2026-11-27T17:00:00Z'));
	});

	test('a desk without hours keeps the limit of the urgency', () => {
		expect(firstDue('one_day', [], now)).toEqual(new Date('2026-11-24T17:00:00Z'));
	});
});

describe('by when the victim hears again', () => {
	const request = { urgency: 'two_days', dueAt: new Date('2026-11-24T17:00:00Z') } as const;

	test('what she writes never moves a promise further away', () => {
		expect(nextDue('victim_wrote', request, now)).toEqual(request.dueAt);
	});

	test('what she writes when nothing was due for long brings the answer nearer', () => {
		const idle = { ...request, dueAt: new Date('2026-11-30T17:00:00Z') };
		expect(nextDue('victim_wrote', idle, now)).toEqual(new Date('2026-11-25T17:00:00Z'));
	});

	test('an answer starts the longest limit, and reopening starts the urgency anew', () => {
		expect(nextDue('staff_answered', request, now)).toEqual(new Date('2026-11-30T17:00:00Z'));
		expect(nextDue('reopened', request, now)).toEqual(new Date('2026-11-25T17:00:00Z'));
	});
});

describe('the filter in the address', () => {
	test('takes the words it knows and falls back to the open queue', () => {
		expect(queueFilter({ show: 'mine', urgency: 'today' })).toEqual({
			show: 'mine',
			urgency: 'today'
		});
		expect(queueFilter({ show: 'everyone', urgency: '' })).toEqual({ show: 'open', urgency: null });
		expect(queueFilter({})).toEqual({ show: 'open', urgency: null });
	});
});
