import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as opening from '#lib/server/acting/opening.ts';
import * as own from '#lib/server/acting/own.ts';
import * as page from '#lib/server/acting/page.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as me from '#lib/server/me/service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import * as reach from '#lib/server/reach/service.ts';
import * as safety from '#lib/server/safety/service.ts';
import * as support from '#lib/server/support/service.ts';
import * as work from '#lib/server/cases/work.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { deskOf, parent } from './acts.ts';

const t = await testDatabase();
let w: World;
let child: Ctx;
let mother: Ctx;
let father: Ctx;
let motherId: string;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	const desk = deskOf(t, w, w.case, w.officer);
	child = w.victim;
	({ ctx: mother, id: motherId } = await desk.open(parent));
	const dad = { ...parent, who: { ...parent.who, given: 'Rob', family: 'Marsh' } };
	({ ctx: father } = await desk.open(dad));
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };
const say = (ctx: Ctx, choice: string, version = 0) =>
	needs.say(ctx, {
		...{ key: randomUUID(), area: 'practical' },
		answers: [
			{ needId: 'PRA2', version, answer: { kind: 'answered', choices: [choice], words: '' } }
		]
	});
const card = async (ctx: Ctx) =>
	(await needs.area(ctx, 'practical', false)).cards.find(({ id }) => id === 'PRA2');
const staffCard = async () =>
	(await viewing.area(w.officer, w.case, 'practical')).cards.find(({ id }) => id === 'PRA2');
const write = (ctx: Ctx, words = 'When is it?') =>
	messages.start(ctx, randomUUID(), { subject: 'dates', words });
const ask = async (ctx: Ctx): Promise<number> => {
	const asked = await support.ask(ctx, randomUUID(), {
		...{ kind: 'money', urgency: 'two_days', deskId: w.policeDeskId, words: 'a form' },
		reach: { channels: ['portal'], words: 'after nine' }
	});
	if (!asked.ok) throw new Error(asked.error);
	return asked.value;
};
const record = (needId: 'PRA2' | 'SAF1', version = 0) =>
	recording.recordEntry(w.officer, {
		...{ key: randomUUID(), place: w.case },
		line: {
			...{ needId, version, source: 'waymark', choices: [], words: 'noted' },
			outcome: { kind: 'missing' }
		}
	});
const open = (area: 'practical' | 'conversations' | 'contact' | 'safety', ctx = w.officer) =>
	opening.openArea(ctx, w.case, {
		...{ id: motherId, area, words: 'She asked for it.', formKey: randomUUID() }
	});
const fresh = (ctx: Ctx): Ctx => ({
	...ctx,
	actor: { ...ctx.actor, steppedUpUntil: new Date(w.now.at.getTime() + 60_000) }
});
const bare = async (ctx: Ctx, table: string): Promise<number> =>
	within(ctx, async (tx) => {
		const { rows } = await sql<{ n: number }>`
			select count(*)::int as n from ${sql.table(table)}`.execute(tx);
		return rows[0]?.n ?? 0;
	});

describe('what a child says', () => {
	test('is not shown to a parent, nor that it was said, and the parent speaks for themselves', async () => {
		await say(child, 'food');
		await record('PRA2');
		expect(await card(mother)).toMatchObject({ told: null, recorded: null, lines: 0, version: 0 });
		expect(await needs.overview(mother)).toMatchObject({ apart: 'parent' });
		expect(await needs.overview(child)).toMatchObject({ apart: 'child' });
		expect((await say(mother, 'phone')).ok).toBe(true);
		expect(await card(mother)).toMatchObject({ told: { mine: true }, lines: 1, version: 1 });
		expect((await say(mother, 'benefits', 1)).ok).toBe(true);
		expect(await bare(mother, 'statement')).toBe(2);
		expect(await bare(father, 'statement')).toBe(0);
	});

	test('waits for its own answer, whatever a parent says later, and comes first', async () => {
		await say(child, 'food');
		w.now.at = new Date(w.now.at.getTime() + 60_000);
		await say(mother, 'phone');
		const shown = await staffCard();
		expect(shown).toMatchObject({ told: { as: 'self', text: { choices: ['food'] } } });
		expect(shown?.history).toHaveLength(2);
		const lines = (await work.list(w.officer)).lines.filter(({ kind }) => kind === 'statement');
		expect(lines).toMatchObject([{ count: 2 }]);
		const answer = (statementId = '') =>
			answering.review(w.officer, {
				...{ key: randomUUID(), place: w.case },
				answer: { needId: 'PRA2', statementId, answer: 'agreed', words: 'Yes.' }
			});
		expect((await answer(shown?.waiting?.statementId)).ok).toBe(true);
		expect(await card(mother)).toMatchObject({ reply: null, standing: 'with_officer' });
		expect(await card(child)).toMatchObject({ reply: { words: 'Yes.' }, standing: 'agreed' });
		const next = await staffCard();
		expect(next).toMatchObject({ told: { as: 'parent_guardian' } });
		expect((await answer(next?.waiting?.statementId)).ok).toBe(true);
		expect(await card(mother)).toMatchObject({ reply: { words: 'Yes.' }, standing: 'agreed' });
	});

	test('is theirs even in the words of the parent, who does not fill the form in for them', async () => {
		await say(mother, 'food');
		expect(await card(child)).toMatchObject({ told: { mine: false, own: false }, version: 1 });
		expect(await say(child, 'food', 1)).toMatchObject({ value: { said: 1 } });
		expect(await card(child)).toMatchObject({ told: { mine: true, own: true } });
	});

	test('and what was recorded of safety is not a parent’s to read', async () => {
		await record('SAF1');
		expect(await bare(mother, 'entry')).toBe(0);
		await open('safety');
		expect(await bare(mother, 'entry')).toBe(1);
		expect(await bare(father, 'entry')).toBe(0);
	});
});

describe('what a child asks and writes', () => {
	test('is not found by a parent by any number, and no number tells of it', async () => {
		const thread = await write(child);
		const request = await ask(child);
		await expect(messages.read(mother, thread)).rejects.toMatchObject(gone);
		await expect(support.read(mother, request)).rejects.toMatchObject(gone);
		expect(await messages.threads(mother)).toMatchObject({ threads: [] });
		expect(await support.overview(mother)).toMatchObject({ requests: [] });
		for (const table of ['message', 'thread', 'support_request', 'support_transition']) {
			expect([table, await bare(mother, table)]).toEqual([table, 0]);
		}
		const numbers = [await ask(mother), await write(mother), await ask(mother)];
		expect(numbers.every((number) => number >= 100)).toBe(true);
		expect(thread).toBeGreaterThanOrEqual(100);
		await messages.read(mother, numbers[1] ?? 0);
		expect(await bare(mother, 'support_request')).toBe(2);
		expect(await bare(child, 'support_request')).toBe(3);
	});

	test('is answered to the child, and what a parent asked to that parent', async () => {
		const [theirs, hers] = [await write(child), await write(mother)];
		const reply = (number: number) =>
			messages.reply(w.officer, w.case, number, {
				key: randomUUID(),
				version: 1,
				words: 'At ten.'
			});
		await reply(theirs);
		await reply(hers);
		const { rows } = await sql<{ account_id: string }>`
			select account_id from notice where kind = 'victim_news' and force_id = ${w.forceId}
			order by queued_at, account_id`.execute(t.owner);
		expect(new Set(rows.map(({ account_id }) => account_id))).toEqual(
			new Set([child.actor.accountId, mother.actor.accountId])
		);
		expect(rows).toHaveLength(2);
	});

	test('leaves no trace among who looked', async () => {
		await needs.area(fresh(child), 'safety', true);
		await viewing.area(w.officer, w.case, 'practical');
		const looked = (await me.looked(mother)).flatMap(({ by }) => by);
		expect(looked.map(({ role }) => role)).toEqual(['officer']);
	});
});

describe('how a child with an account is reached', () => {
	test('is not a parent’s to read or change until it is opened to them', async () => {
		await expect(safety.read(fresh(mother))).rejects.toMatchObject(gone);
		await expect(reach.read(mother)).rejects.toMatchObject(gone);
		await open('contact');
		expect((await safety.read(fresh(mother))).ok).toBe(true);
		await reach.read(mother);
		await expect(reach.read(father)).rejects.toMatchObject(gone);
	});

	test('is the parent’s to say while the child has none', async () => {
		await sql`update participation set account_id = null
			where id = ${w.case.participationId}`.execute(t.owner);
		expect((await safety.read(fresh(mother))).ok).toBe(true);
		await reach.read(mother);
	});
});

describe('opening', () => {
	test('shows a parent one part, until it is closed; the child reads to whom and why', async () => {
		await say(child, 'food');
		await write(child);
		expect((await open('practical')).ok).toBe(true);
		expect(await card(mother)).toMatchObject({
			told: { mine: false, text: { choices: ['food'] } }
		});
		expect(await card(father)).toMatchObject({ told: null });
		expect(await bare(mother, 'thread')).toBe(0);
		const people = (await own.read(child)).people;
		expect(people[0]?.opened).toMatchObject([{ area: 'practical', words: 'She asked for it.' }]);
		expect(await bare(mother, 'opened_area')).toBe(0);
		const [listed] = (await page.read(w.officer, w.case)).people;
		await opening.closeArea(w.officer, w.case, listed?.opened[0]?.id ?? '', randomUUID());
		expect(await card(mother)).toMatchObject({ told: null });
		expect((await own.read(child)).people[0]?.opened).toEqual([]);
	});

	test('twice at once opens once, and tells the child of it', async () => {
		await Promise.all([open('conversations'), open('conversations')]);
		expect(await bare(w.officer, 'opened_area')).toBe(1);
		const { rows } = await sql`select 1 from notice where kind = 'victim_news'
			and account_id = ${child.actor.accountId}`.execute(t.owner);
		expect(rows).toHaveLength(1);
	});

	test('takes a fresh code, an officer of the case, and a parent who acts now', async () => {
		const tired = { ...w.officer, actor: { ...w.officer.actor, steppedUpUntil: null } };
		expect(await open('practical', tired)).toEqual({ ok: false, error: 'not_fresh' });
		await expect(open('practical', w.otherOfficer)).rejects.toMatchObject(gone);
		await expect(open('practical', w.supervisor)).rejects.toMatchObject({ kind: 'not_found' });
		await sql`update representative set until_at = ${w.now.at} where id = ${motherId}`.execute(
			t.owner
		);
		expect(await open('practical')).toEqual({ ok: false, error: 'not_now' });
	});
});
