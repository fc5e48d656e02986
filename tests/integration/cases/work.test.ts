import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import * as work from '#lib/server/cases/work.ts';
import * as events from '#lib/server/events/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { agencyMachine } from './machine.ts';

const t = await testDatabase();
let w: World;
let opened: cases.Opened;
let eventId: string;

beforeAll(async () => {
	w = await world(t);
	const made = await cases.open(w.officer, {
		crimeReference: '20/700001/26',
		category: 'burglary',
		reportedAt: new Date('2026-11-16T09:00:00Z'),
		person: { name: 'Sam Example', role: 'self', language: 'en', tier: 'standard', grounds: [] }
	});
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	opened = made.value;
	await sayTwoThings();
	const machine = agencyMachine(w);
	const taken = await events.take(machine, {
		...{ caseReference: w.case.reference, milestone: 'M18', agency: 'police', source: 'records' },
		happenedOn: '2026-11-22'
	});
	if (!taken.ok) throw new Error(taken.error);
	eventId = taken.value.id;
});
afterAll(() => t.close());

// Everyday things, so that the limit is five working days.
async function sayTwoThings(): Promise<void> {
	const answer = { kind: 'answered', words: '' } as const;
	const said = await needs.say(w.victim, {
		key: randomUUID(),
		area: 'practical',
		answers: [
			{ needId: 'PRA3', version: 0, answer: { ...answer, choices: ['letter_work'] } },
			{ needId: 'PRA5', version: 0, answer: { ...answer, choices: ['parking'] } }
		]
	});
	expect(said.ok).toBe(true);
}

const shape = ({ kind, urgency, href }: work.WorkLine) => `${urgency} ${kind} ${href}`;

test('my work is one list, the most pressing first, each with the place to act', async () => {
	const mine = await work.list(w.officer);
	const place = `/cases/${w.case.reference}`;
	const soonest = mine.lines.map((line) => line.dueAt.getTime());
	expect(soonest).toEqual([...soonest].sort((a, b) => a - b));
	expect(mine.lines.map(shape)).toEqual([
		`overdue assessment /cases/${opened.reference}/${opened.person}`,
		`week assessment ${place}/${w.case.person}`,
		`week statement ${place}/${w.case.person}/practical`,
		`week untold ${place}#event-${eventId}`
	]);
	expect(mine.counts).toEqual({ overdue: 1, today: 0, week: 3 });
	expect(mine.lines.find((line) => line.kind === 'statement')).toMatchObject({ count: 2 });
});

test('the list holds nothing that anybody said, and no name', async () => {
	const text = JSON.stringify([await work.list(w.officer), await work.board(w.supervisor)]);
	expect(text).not.toContain('Example');
	expect(text).not.toContain('parking');
});

test('another officer has none of it; a supervisor has the team’s', async () => {
	const references = (list: work.Work) => new Set(list.lines.map((line) => line.caseReference));
	expect(references(await work.list(w.otherOfficer))).toEqual(new Set([w.otherCase.reference]));
	const team = references(await work.list(w.supervisor));
	expect(team).toEqual(new Set([opened.reference, w.case.reference, w.otherCase.reference]));
});

test('an agency’s desk has an empty list that says it is a desk’s', async () => {
	const desk = await work.list(await w.person('agency_desk'));
	expect(desk).toMatchObject({ lines: [], desk: true });
});

test('nobody else has work here', async () => {
	for (const ctx of [w.victim, w.caseworker]) {
		await expect(work.list(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(work.board(ctx)).rejects.toMatchObject({ kind: 'not_found' });
	}
	await expect(work.board(w.officer)).rejects.toMatchObject({ kind: 'not_found' });
});

test('cases come with what waits in each, the most in need first', async () => {
	const mine = await views.list(w.officer);
	expect(mine.map((line) => line.reference)).toEqual([opened.reference, w.case.reference]);
	expect(mine[0]?.waiting).toMatchObject({ assessmentsLate: 1, overdue: 1, statements: 0 });
	expect(mine[1]?.waiting).toMatchObject({ statements: 2, untold: 1, statementsOverdue: 0 });
});

test('the board counts real work by officer, the one with most overdue first', async () => {
	const board = await work.board(w.supervisor);
	const [first] = board.rows;
	expect(first?.officer?.label).toBe(w.officer.actor.label);
	expect(first).toMatchObject({ cases: 2, waiting: { statements: 2, assessmentsLate: 1 } });
	const sum = board.rows.reduce((n, row) => n + row.waiting.overdue, 0);
	expect(sum).toBe(board.total.overdue);
});

test('each exact reference leads to its page', async () => {
	const place = `/cases/${opened.reference}`;
	expect(await views.find(w.officer, opened.reference.toLowerCase())).toBe(place);
	expect(await views.find(w.officer, ` ${opened.person} `)).toBe(`${place}/${opened.person}`);
	expect(await views.find(w.officer, '20/700001/26')).toBe(place);
});

test('what is unknown and what is not yours are the same nothing', async () => {
	for (const typed of [opened.reference, opened.person, '20/700001/26', 'CA-00000', '', '%']) {
		expect(await views.find(w.otherOfficer, typed)).toBeNull();
		expect(await views.find(w.caseworker, typed)).toBeNull();
	}
	expect(await views.find(w.officer, opened.reference.slice(0, -1))).toBeNull();
});

test('late and about safety comes before what has been late for longer', async () => {
	const safety = { kind: 'answered', words: '', choices: ['text'] } as const;
	const said = await needs.say(w.victim, {
		key: randomUUID(),
		area: 'contact',
		answers: [{ needId: 'CON2', version: 0, answer: safety }]
	});
	expect(said.ok).toBe(true);
	const later = { ...w.officer, clock: () => new Date('2026-12-20T12:00:00Z') };
	const [first, ...rest] = (await work.list(later)).lines;
	expect(first).toMatchObject({ kind: 'statement', area: 'contact', safety: true });
	expect(rest.some((line) => line.dueAt < (first?.dueAt ?? later.clock()))).toBe(true);
});
