import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { needById, type AreaId, type NeedId } from '#lib/domain/need/catalogue.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as answering from '#lib/server/needs/answering.ts';
import { assessmentsDue, unansweredFor } from '#lib/server/needs/queries.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
let place: { reference: string; person: string };

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	place = { reference: w.case.reference, person: w.case.person };
});
afterAll(() => t.close());

const areaOf = (needId: NeedId) => needById(needId)?.area ?? 'safety';

const say = (area: AreaId, needId: NeedId, choices: string[], version = 0) =>
	needs.say(w.victim, {
		key: randomUUID(),
		area,
		answers: [{ needId, version, answer: { kind: 'answered', choices, words: '' } }]
	});
const waiting = (ctx: Ctx) => within(ctx, (tx) => unansweredFor(tx, ctx.actor));
const due = (ctx: Ctx) => within(ctx, (tx) => assessmentsDue(tx, ctx.actor));

async function agree(needId: NeedId): Promise<void> {
	const { cards } = await viewing.area(w.officer, place, areaOf(needId));
	const statementId = cards.find((card) => card.id === needId)?.waiting?.statementId ?? '';
	const answer = { needId, statementId, answer: 'agreed', words: 'Yes' } as const;
	expect((await answering.review(w.officer, { key: randomUUID(), place, answer })).ok).toBe(true);
}

test('the work list has each waiting statement once, the earliest limit first, without words', async () => {
	await say('court', 'CRT1', ['ready']);
	await say('safety', 'SAF1', ['no']);
	w.now.at = new Date('2026-11-24T10:00:00Z');
	await say('court', 'CRT1', ['very_worried'], 1);
	const rows = await waiting(w.officer);
	expect(rows).toEqual([
		{
			...{ caseReference: w.case.reference, person: w.case.person, kind: 'answered' },
			...{ area: 'safety', needId: 'SAF1', sensitivity: 'C', takesSomeoneElse: false },
			...{ saidAt: new Date('2026-11-23T10:00:00Z'), dueAt: new Date('2026-11-24T17:00:00Z') }
		},
		{
			...{ caseReference: w.case.reference, person: w.case.person, kind: 'answered' },
			...{ area: 'court', needId: 'CRT1', sensitivity: 'B', takesSomeoneElse: false },
			...{ saidAt: w.now.at, dueAt: new Date('2026-11-30T17:00:00Z') }
		}
	]);
	expect(await waiting(w.otherOfficer)).toEqual([]);
	expect(await waiting(w.supervisor)).toHaveLength(2);
	await agree('CRT1');
	expect((await waiting(w.officer)).map((row) => row.needId)).toEqual(['SAF1']);
});

test('a dispute about the officer’s own entry on safety is marked for someone else', async () => {
	await recording.recordEntry(w.officer, {
		key: randomUUID(),
		place,
		line: {
			...{ needId: 'SAF4', version: 0, choices: ['work'], words: '', source: 'waymark' },
			outcome: { kind: 'missing' }
		}
	});
	const { cards } = await needs.area(w.victim, 'safety', false);
	const entryId = cards.find((card) => card.id === 'SAF4')?.recorded?.id ?? '';
	await needs.respond(w.victim, {
		key: randomUUID(),
		area: 'safety',
		kind: 'not_right',
		about: { needId: 'SAF4', entryId, version: 0, words: '' }
	});
	expect((await waiting(w.officer))[0]).toMatchObject({ takesSomeoneElse: true });
	expect((await waiting(w.supervisor))[0]).toMatchObject({ takesSomeoneElse: false });
	const { findings } = await viewing.person(w.officer, place);
	expect(findings.map((found) => [found.rule, found.result])).toEqual([
		['VNA-T2', 'unanswered'],
		['VNA-Q1', 'thin']
	]);
});

test('an assessment is due from the report until it is confirmed, begun or not', async () => {
	expect(await due(w.officer)).toEqual([
		{
			...{ caseReference: w.case.reference, person: w.case.person, begun: false },
			dueAt: new Date('2026-11-24T17:00:00Z')
		}
	]);
	const { assessment } = await viewing.person(w.officer, place);
	await recording.confirm(w.officer, { key: randomUUID(), place, version: assessment.version });
	expect(await due(w.officer)).toEqual([]);
	const confirmed = await viewing.person(w.officer, place);
	expect(confirmed.assessment).toMatchObject({
		confirmedAt: w.now.at,
		confirmedBy: w.officer.actor.label,
		changedSince: false
	});
	expect(confirmed.findings[0]).toMatchObject({ rule: 'VNA-T1', result: 'met' });
	w.now.at = new Date('2026-11-23T11:00:00Z');
	await say('court', 'CRT1', ['ready']);
	expect((await viewing.person(w.officer, place)).assessment.changedSince).toBe(true);

	w.now.at = new Date('2026-12-01T11:00:00Z');
	const { version } = (await viewing.person(w.officer, place)).assessment;
	await recording.confirm(w.officer, { key: randomUUID(), place, version });
	const again = await viewing.person(w.officer, place);
	expect(again.assessment).toMatchObject({ confirmedAt: w.now.at, changedSince: false });
	expect(again.findings).toContainEqual(expect.objectContaining({ rule: 'VNA-T1', result: 'met' }));
});

test('home counts what she has not read, until she says that she has', async () => {
	const home = () => within(w.victim, (tx) => needs.summary(w.victim, tx));
	await say('court', 'CRT1', ['ready']);
	expect(await home()).toEqual({
		unseen: [],
		differing: [],
		withOfficer: { count: 1, dueAt: new Date('2026-11-30T17:00:00Z'), late: false }
	});
	await agree('CRT1');
	await recording.recordEntry(w.officer, {
		key: randomUUID(),
		place,
		line: {
			...{ needId: 'CRT1', version: 0, choices: ['know_more'], words: '', source: 'waymark' },
			outcome: { kind: 'missing' }
		}
	});
	expect(await home()).toMatchObject({
		unseen: [{ area: 'court', count: 1 }],
		differing: ['court'],
		withOfficer: { count: 0, dueAt: null, late: false }
	});
	await needs.markSeen(w.victim, 'safety');
	expect((await home()).unseen).toHaveLength(1);
	await needs.markSeen(w.victim, 'court');
	expect((await home()).unseen).toEqual([]);
});
