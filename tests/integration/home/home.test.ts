import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { NeedId } from '#lib/domain/need/catalogue.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as events from '#lib/server/events/service.ts';
import * as home from '#lib/server/home/service.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { agencyMachine } from '../cases/machine.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

async function full(ctx: Ctx = w.victim): Promise<home.FullHome> {
	const read = await home.read(ctx);
	if (read.kind !== 'full') throw new Error(`home is ${read.kind}`);
	return read;
}

async function happens(milestone: string, change: Partial<events.NewEvent> = {}): Promise<string> {
	const taken = await events.take(agencyMachine(w), {
		...{ caseReference: w.case.reference, milestone, agency: 'police', source: 'records' },
		happenedOn: '2026-11-12',
		...change
	});
	if (!taken.ok) throw new Error(taken.error);
	return taken.value.id;
}

async function saidAndAnswered(needId: NeedId, area: 'practical' | 'contact', choice: string) {
	const answer = { kind: 'answered' as const, choices: [choice], words: 'Plantedanswer' };
	const said = await needs.say(w.victim, {
		...{ key: randomUUID(), area },
		answers: [{ needId, version: 0, answer }]
	});
	if (!said.ok) throw new Error('not said');
	const place = { reference: w.case.reference, person: w.case.person };
	const { cards } = await viewing.area(w.officer, place, area);
	const statementId = cards.find((card) => card.id === needId)?.waiting?.statementId ?? '';
	await answering.review(w.officer, {
		...{ key: randomUUID(), place },
		answer: { needId, statementId, answer: 'agreed', words: 'Plantedreply' }
	});
}

test('in the plain view there is nothing to read, whatever there is', async () => {
	await happens('M06');
	const plain = { ...w.victim, actor: { ...w.victim.actor, view: 'plain' as const } };
	expect(await home.read(plain)).toEqual({ kind: 'plain' });
});

test('it says what is happening now, since when, how we know, and who to ask', async () => {
	await happens('M01', { happenedOn: '2026-11-01' });
	await happens('M16');
	const read = await full();
	expect(read).toMatchObject({
		...{ officer: w.officer.actor.label, days: 11, maySay: true, maySpeakOfEffect: true },
		now: { milestone: 'M16', happenedOn: '2026-11-12', source: 'records', heardAt: w.now.at }
	});
	expect(read.journey.map((dot) => dot.state)).toEqual([
		...['done', 'now', 'ahead', 'ahead', 'ahead']
	]);
});

test('a hearing that moved shows the new date, and remembers the old one', async () => {
	const court = { agency: 'court', source: 'courts' } as const;
	const first = await happens('M20', { ...court, next: { on: '2026-12-01', precision: 'day' } });
	await happens('M20', {
		...{ ...court, supersedes: first },
		next: { on: '2026-12-14', precision: 'week_commencing' }
	});
	expect((await full()).coming).toEqual({ on: '2026-12-14', precision: 'week_commencing' });
	const progress = await home.progress(w.victim);
	expect(progress?.steps).toHaveLength(1);
	expect(progress?.steps[0]?.was).toEqual([{ on: '2026-12-01', precision: 'day' }]);
});

test('a date that went by without a word is named', async () => {
	const court = { agency: 'court', source: 'courts' } as const;
	await happens('M20', { ...court, next: { on: '2026-11-20', precision: 'day' } });
	expect(await full()).toMatchObject({
		coming: null,
		unheard: { on: '2026-11-20', precision: 'day' }
	});
});

test('before anything is known it says so and claims nothing', async () => {
	expect(await full()).toMatchObject({ now: null, latest: [], waiting: [], coming: null });
});

test('an officer’s answer waits under its area, without a word of it', async () => {
	await saidAndAnswered('PRA3', 'practical', 'letter_work');
	const read = await full();
	expect(read.waiting).toContainEqual({ kind: 'answer', area: 'practical', count: 1 });
	expect(read.latest).toMatchObject([{ kind: 'answer', area: 'practical' }]);
	expect(JSON.stringify(read)).not.toMatch(/Planted|letter_work/);
});

test('an answer of class C waits without its area', async () => {
	await saidAndAnswered('CON1', 'contact', 'text');
	const read = await full();
	expect(read.waiting).toEqual([{ kind: 'answer', area: null, count: 1 }]);
	expect(read.latest).toMatchObject([{ kind: 'answer', area: null }]);
	expect(JSON.stringify(read)).not.toMatch(/contact|CON1|Planted/);
});

test('after the sentence nobody is asked to say how it has affected them', async () => {
	const id = await happens('M31', { agency: 'court', source: 'courts' });
	expect((await full()).maySpeakOfEffect).toBe(true);
	await events.markTold(w.officer, id);
	expect((await full()).maySpeakOfEffect).toBe(false);
});

test('somebody with several cases and none chosen is asked which; others’ are not among them', async () => {
	const second = await w.caseOf(w.otherOfficer, w.victim);
	const unchosen = { ...w.victim, actor: { ...w.victim.actor, participationId: null } };
	const read = await home.read(unchosen);
	expect(read.kind === 'choose' && read.cases.map((one) => one.id).sort()).toEqual(
		[second.participationId, w.case.participationId].sort()
	);
});

test('a participation of somebody else shows nothing, even when it is on the session', async () => {
	await happens('M06');
	const foreign = {
		...w.otherVictim,
		actor: { ...w.otherVictim.actor, participationId: w.case.participationId }
	};
	expect((await home.read(foreign)).kind).toBe('choose');
	expect(await home.progress(foreign)).toBeNull();
});

test('who stands in for somebody is written down when they look; the victim is not', async () => {
	const parent = await w.person('victim');
	await t.owner
		.insertInto('representative')
		.values({
			...{ force_id: w.forceId, participation_id: w.case.participationId },
			...{ account_id: parent.actor.accountId ?? '', role: 'parent_guardian' },
			...{ approved_by: w.officer.actor.accountId, approved_at: new Date('2026-11-20T10:00:00Z') },
			...{ until_at: null, revoked_at: null }
		})
		.execute();
	const { participationId } = w.case;
	const standsIn = { ...parent, actor: { ...parent.actor, participationId } };
	expect((await full(standsIn)).role).toBe('parent_guardian');
	await full(w.victim);
	const views = await t.owner
		.selectFrom('audit')
		.select('account_id')
		.where('action', '=', 'participation.viewed')
		.where('participation_id', '=', participationId)
		.execute();
	expect(views).toEqual([{ account_id: parent.actor.accountId }]);
});

test('staff have no such page', async () => {
	for (const ctx of [w.officer, w.caseworker, w.supervisor]) {
		await expect(home.read(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(home.progress(ctx)).rejects.toMatchObject({ kind: 'not_found' });
	}
});
