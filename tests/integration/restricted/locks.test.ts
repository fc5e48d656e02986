import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/views.ts';
import * as work from '#lib/server/cases/work.ts';
import * as contact from '#lib/server/contact/service.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as me from '#lib/server/me/service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { everywhere, fill, take, type Filled } from '../database/eyes.ts';
import { good, listing, standardsPerson } from './office.ts';

let t: TestDatabase;
let w: World;
let filled: Filled;
let standards: Ctx;
let mate: Ctx;
let cover: Ctx;
let barred: Ctx;

// One case, restricted: `officer` and `cover` are named, `mate` worked on it and is not any more,
// `barred` is shut out by name. The other case of the world stays open.
beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	filled = await fill(t, w);
	await sql`delete from case_access`.execute(t.owner);
	await take(t, w, filled.mine.request, w.caseworker);
	[standards, mate] = [await standardsPerson(t, w), await w.person('officer')];
	[cover, barred] = [await w.person('officer'), await w.person('officer')];
	for (const one of [mate, barred]) {
		await t.owner
			.insertInto('case_assignment')
			.values({
				...{ force_id: w.forceId, case_id: w.case.id, kind: 'cover', ended_at: null },
				account_id: one.actor.accountId ?? ''
			})
			.execute();
	}
	const lists = listing(w.case.reference);
	good(await lists.restrict(w.officer));
	good(await lists.add(w.officer, 'named', cover));
	good(await lists.add(w.officer, 'barred', barred));
	// As if somebody had been put on the case past us: what must hold then is the lists alone.
	await sql`update case_assignment set ended_at = null where account_id = any
		(${[mate.actor.accountId, barred.actor.accountId]}::uuid[])`.execute(t.owner);
});
afterAll(() => t.close());

const unheld = (ctx: Ctx): Ctx => ({ ...ctx, db: t.owner });
const gone = { kind: 'not_found' };

describe('PostgreSQL alone keeps a restricted case from', () => {
	const others: [string, () => Ctx][] = [
		['an officer who works on it but is not named', () => mate],
		['an officer who works on it and is barred', () => barred]
	];
	test.each(others)('%s', async (_who, ctx) => {
		expect(await filled.seenBy(ctx())).toEqual(everywhere('', {}));
	});

	test('the supervisor of its team, who sees the team’s other cases', async () => {
		const seen = await filled.seenBy(w.supervisor);
		expect(Object.values(seen).filter((words) => words.includes('mine'))).toEqual([]);
		expect(seen.participation).toBe('other 1');
	});

	test('the caseworker who had taken its request', async () => {
		const seen = await filled.seenBy(w.caseworker);
		expect(Object.values(seen).filter((words) => words.includes('mine'))).toEqual([]);
	});

	test('professional standards, but for its lists', async () => {
		// A notice of their own, about nobody: that something waits. One change is of the filling.
		const lists = { case_access: 'mine 3', access_change: 'mine 4', notice: 'null 1' };
		expect(await filled.seenBy(standards)).toEqual(everywhere('', lists));
	});

	test('oversight and operators', async () => {
		for (const role of ['oversight', 'operator'] as const) {
			expect(await filled.seenBy(await w.person(role))).toEqual(everywhere('', {}));
		}
	});

	test('nobody who is named, and not from its victim', async () => {
		for (const named of [w.officer, cover]) {
			const seen = await filled.seenBy(named);
			expect([seen.participation, seen.statement, seen.message]).toEqual([
				...['mine 1', 'mine 1', 'mine 2']
			]);
		}
		expect((await filled.seenBy(w.victim)).participation).toBe('mine 1');
	});

	test('everybody who would write to its lists past the commands', async () => {
		for (const by of [w.officer, standards, barred, w.supervisor]) {
			for (const statement of [
				`delete from case_access`,
				`update crime_case set restricted = false`,
				`insert into access_change select * from access_change`
			]) {
				const tried = within(by, (tx) => sql.raw(statement).execute(tx));
				await expect(tried).rejects.toMatchObject({ code: '42501' });
			}
		}
	});
});

describe('with row security out of the way, the services alone keep it from', () => {
	test.each([
		['an officer who is not named', () => mate],
		['an officer who is barred', () => barred],
		['the supervisor of its team', () => w.supervisor]
	])('%s', async (_who, who) => {
		const other = unheld(who());
		const place = { reference: w.case.reference, person: w.case.person };
		await expect(cases.view(other, w.case.reference)).rejects.toMatchObject(gone);
		await expect(cases.requireCase(other, w.case.reference)).rejects.toMatchObject(gone);
		await expect(viewing.person(other, place)).rejects.toMatchObject(gone);
		await expect(viewing.area(other, place, 'practical')).rejects.toMatchObject(gone);
		await expect(messages.threadsFor(other, place, null)).rejects.toMatchObject(gone);
		await expect(contact.mail(other, place)).rejects.toMatchObject(gone);
		await expect(invitations.read(other, place)).rejects.toMatchObject(gone);
		for (const typed of [w.case.reference, w.case.person]) {
			expect(await cases.find(other, typed)).toBeNull();
		}
		const listed = JSON.stringify([await cases.list(other), await work.list(other)]);
		expect(listed).not.toContain(w.case.reference);
	});

	test('the board, whose figures do not count it', async () => {
		const board = await work.board(unheld(w.supervisor));
		const of = (ctx: Ctx) => board.rows.find((row) => row.officer?.id === ctx.actor.accountId);
		expect([of(w.officer)?.cases, of(w.otherOfficer)?.cases]).toEqual([0, 1]);
		expect(board.total.assessments).toBe(1);
	});

	test('the desk it was asked at: list, count, page, search and taking', async () => {
		const reference = await t.owner
			.selectFrom('support_request')
			.select('reference')
			.where('id', '=', filled.mine.request)
			.executeTakeFirstOrThrow()
			.then((row) => row.reference);
		for (const one of [w.caseworker, await w.person('caseworker')].map(unheld)) {
			const queue = await desk.queue(one, { show: 'all', urgency: null });
			expect(queue.rows.map((row) => row.reference)).not.toContain(reference);
			expect(queue).toMatchObject({ open: 1, mine: 0 });
			await expect(desk.open(one, reference)).rejects.toMatchObject(gone);
			const form = { key: randomUUID(), version: 2 };
			await expect(desk.take(one, reference, form)).rejects.toMatchObject(gone);
			expect(await cases.find(one, reference)).toBeNull();
		}
	});

	test('nobody who is named', async () => {
		for (const named of [w.officer, cover].map(unheld)) {
			expect(await cases.find(named, w.case.person)).toContain(w.case.reference);
			expect((await cases.list(named)).length).toBe(1);
		}
	});
});

test('its victim reads on a page of their own that it is kept to named people', async () => {
	expect((await me.read(w.victim)).restricted).toBe(true);
	expect((await me.read(w.otherVictim)).restricted).toBe(false);
});
