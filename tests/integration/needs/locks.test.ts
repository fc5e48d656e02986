import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const planted = [
	'plantedstatement',
	'plantedentry',
	'plantedoutcome',
	'plantedreply',
	'planteddispute'
];
const t = await testDatabase();
let w: World;
let place: { reference: string; person: string };

beforeAll(async () => {
	w = await world(t);
	place = { reference: w.case.reference, person: w.case.person };
	await everythingSaid();
});
afterAll(() => t.close());

/** One need of class C and one of class B, said, recorded, answered and disputed. */
async function everythingSaid(): Promise<void> {
	const answered = { kind: 'answered', choices: [], words: planted[0] ?? '' } as const;
	await needs.say(w.victim, {
		key: randomUUID(),
		area: 'contact',
		answers: [
			{ needId: 'CON1', version: 0, answer: { ...answered, choices: ['text'] } },
			{ needId: 'CON5', version: 0, answer: { ...answered, words: 'plantedstatement word' } }
		]
	});
	await needs.say(w.victim, {
		key: randomUUID(),
		area: 'support',
		answers: [{ needId: 'SUP1', version: 0, answer: { ...answered, choices: ['yes'], words: '' } }]
	});
	await recording.recordEntry(w.officer, {
		key: randomUUID(),
		place,
		line: {
			...{ needId: 'CON1', version: 0, choices: ['call'], words: planted[1] ?? '' },
			source: 'pasted',
			outcome: { kind: 'none', words: planted[2] ?? '' }
		}
	});
	const { cards } = await viewing.area(w.officer, place, 'contact');
	const card = cards.find((one) => one.id === 'CON1');
	const statementId = card?.waiting?.statementId ?? '';
	await answering.review(w.officer, {
		key: randomUUID(),
		place,
		answer: { needId: 'CON1', statementId, answer: 'not_agreed', words: planted[3] ?? '' }
	});
	await needs.respond(w.victim, {
		key: randomUUID(),
		area: 'contact',
		kind: 'not_right',
		about: {
			...{ needId: 'CON1', entryId: card?.recorded?.id ?? '' },
			...{ version: 1, words: planted[4] ?? '' }
		}
	});
}

const tables = ['statement', 'entry', 'review', 'assessment'] as const;

async function rowsOf(ctx: Ctx, table: (typeof tables)[number]): Promise<number> {
	const count = (tx: Tx) =>
		sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx);
	const { rows } = await within(ctx, count);
	return rows[0]?.n ?? -1;
}

describe('two locks', () => {
	test('another officer gets the same “not found” as for a person who does not exist', async () => {
		const opens = [
			() => viewing.person(w.otherOfficer, place),
			() => viewing.area(w.otherOfficer, place, 'contact'),
			() => viewing.person(w.officer, { reference: 'CA-00000', person: 'VR-00000' }),
			() => viewing.person(w.officer, { reference: w.otherCase.reference, person: w.case.person }),
			() => recording.confirm(w.otherOfficer, { key: randomUUID(), place, version: 1 })
		];
		for (const open of opens) await expect(open()).rejects.toMatchObject({ kind: 'not_found' });
	});

	test.each(tables)(
		'without our own check, PostgreSQL alone keeps %s from another officer',
		async (table) => {
			expect(await rowsOf(w.officer, table)).toBeGreaterThan(0);
			expect(await rowsOf(w.otherOfficer, table)).toBe(0);
			expect(await rowsOf(w.otherVictim, table)).toBe(0);
			expect(await rowsOf(w.caseworker, table)).toBe(0);
		}
	);

	test('another victim can neither read her areas nor speak in her name', async () => {
		const actor = { ...w.otherVictim.actor, participationId: w.case.participationId };
		const posing = { ...w.otherVictim, actor };
		await expect(needs.overview(posing)).rejects.toMatchObject({ kind: 'not_found' });
		const forged = within(posing, (tx) => forge(tx, w.otherVictim));
		await expect(forged).rejects.toMatchObject({ code: '42501' });
	});

	test('nobody can speak in the name of another account', async () => {
		const forged = within(w.victim, (tx) => forge(tx, w.otherVictim));
		await expect(forged).rejects.toMatchObject({ code: '42501' });
	});

	async function forge(tx: Tx, sayer: Ctx): Promise<void> {
		const { rows } = await sql<{ sealed: string }>`select 'eyforged' as sealed`.execute(tx);
		await tx
			.insertInto('statement')
			.values({
				force_id: w.forceId,
				id: randomUUID(),
				participation_id: w.case.participationId,
				catalogue_version: 'needs 2026-11',
				need_id: 'CRT1',
				sequence: 1,
				kind: 'answered',
				about_entry_id: null,
				answer_sealed: rows[0]?.sealed ?? '',
				language: 'en',
				said_by: sayer.actor.accountId ?? '',
				said_as: 'self',
				said_at: w.now.at,
				answer_due_at: null
			})
			.execute();
	}
});

describe('what is stored', () => {
	test('nothing that was written can be read in the database', async () => {
		for (const table of [...tables, 'audit', 'notice'] as const) {
			const { rows } = await sql`select t::text as line from ${sql.table(table)} t`.execute(
				t.owner
			);
			const dump = JSON.stringify(rows);
			expect(rows.length, table).toBeGreaterThan(0);
			for (const words of planted) expect(dump, table).not.toContain(words);
		}
	});

	test.each(['answer_sealed', 'kind', 'said_at'])(
		'the application cannot change %s of a statement, nor remove one',
		async (column) => {
			const change = within(w.victim, (tx) =>
				sql`update statement set ${sql.ref(column)} = ${sql.ref(column)}`.execute(tx)
			);
			await expect(change).rejects.toMatchObject({ code: '42501' });
			const remove = within(w.victim, (tx) => sql`delete from statement`.execute(tx));
			await expect(remove).rejects.toMatchObject({ code: '42501' });
		}
	);

	test('each act and each view by the police is written down, without words', async () => {
		const rows = await t.owner
			.selectFrom('audit')
			.select(['action', 'account_id', 'participation_id'])
			.where('participation_id', '=', w.case.participationId)
			.execute();
		const actions = new Set(rows.map((row) => row.action));
		expect(actions).toContain('statement.made');
		expect(actions).toContain('entry.recorded');
		expect(actions).toContain('statement.reviewed');
		const views = rows.filter((row) => row.action === 'participation.viewed');
		expect(views.map((row) => row.account_id)).toEqual([w.officer.actor.accountId]);
	});
});

describe('class C', () => {
	const text = (value: unknown): string => JSON.stringify(value);

	test('the list of areas, and an area before the secret is given again, hold no answer', async () => {
		const list = text(await needs.overview(w.victim));
		const area = text(await needs.area(w.victim, 'contact', true));
		const history = text(await needs.history(w.victim, 'contact', 'CON1', true));
		const page = text(await viewing.person(w.officer, place));
		for (const view of [list, area, history, page]) {
			for (const words of planted) expect(view).not.toContain(words);
		}
		const card = (await needs.area(w.victim, 'contact', true)).cards.find(
			(one) => one.id === 'CON1'
		);
		expect(card).toMatchObject({ hidden: true, told: { text: null }, recorded: { text: null } });
	});

	test('with the secret given again they are shown, and that is written down; later they are not', async () => {
		const steppedUpUntil = new Date(w.now.at.getTime() + 1000);
		const ctx = { ...w.victim, actor: { ...w.victim.actor, steppedUpUntil } };
		const shown = text(await needs.area(ctx, 'contact', true));
		for (const words of planted) expect(shown).toContain(words);
		const hidden = text(await needs.area(ctx, 'contact', false));
		for (const words of planted) expect(hidden).not.toContain(words);
		const late = { ...ctx, clock: () => steppedUpUntil };
		expect(text(await needs.area(late, 'contact', true))).not.toContain(planted[0]);
		const { n } = await t.owner
			.selectFrom('audit')
			.select(({ fn }) => fn.countAll<string>().as('n'))
			.where('action', '=', 'statement.revealed')
			.executeTakeFirstOrThrow();
		expect(n).toBe('1');
	});
});
