import { expect, test } from 'vitest';
import { countOf, type Item } from '#lib/server/cases/waiting.ts';

const now = new Date('2026-11-23T12:00:00Z');
const yesterday = new Date('2026-11-22T17:00:00Z');
const friday = new Date('2026-11-27T17:00:00Z');
const place = { caseReference: 'CK-10001', person: 'VR-10001' };

const area: Item = {
	...{ ...place, kind: 'statement', area: 'practical', dueAt: yesterday },
	...{ count: 3, limits: [yesterday, friday, friday] },
	...{ safety: false, disputed: false, someoneElse: false }
};

test('one late answer does not make late the others that wait in the same area', () => {
	expect(countOf([area], now)).toMatchObject({
		statements: 3,
		statementsOverdue: 1,
		overdue: 1,
		firstDue: yesterday
	});
});

test('each kind is counted by itself, and all that is late together', () => {
	const items: Item[] = [
		area,
		{ ...place, kind: 'assessment', begun: true, dueAt: yesterday },
		{ ...place, kind: 'untold', eventId: 'e', milestone: 'M18', dueAt: friday }
	];
	expect(countOf(items, now)).toMatchObject({
		...{ assessments: 1, assessmentsLate: 1, untold: 1, untoldLate: 0 },
		overdue: 2
	});
});

test('nothing waits where there is nothing', () => {
	expect(countOf([], now)).toMatchObject({ statements: 0, overdue: 0, firstDue: null });
});
