import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within, type Ctx } from '#lib/server/context.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as support from '#lib/server/support/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { about, world, type World } from '../../support/world.ts';
import { ask, asked, form, value } from './asking.ts';

let t: TestDatabase;
let w: World;
let toPolice: { number: number; reference: string };
let toService: { number: number; reference: string };
let toOfficer: number;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	toPolice = await ask(t, w, { words: 'planted: for the police desk' });
	toService = await ask(t, w, { deskId: w.serviceDeskId, words: 'planted: for the advocates' });
	toOfficer = await messages.start(w.victim, randomUUID(), {
		subject: 'news',
		words: 'planted: for the officer'
	});
	value(await desk.take(w.caseworker, toPolice.reference, await form(t, toPolice.reference)));
	value(
		await desk.take(w.serviceCaseworker, toService.reference, await form(t, toService.reference))
	);
	for (const [who, one] of [
		[w.caseworker, toPolice],
		[w.serviceCaseworker, toService]
	] as const) {
		const { reference } = one;
		value(
			await desk.reply(who, reference, { ...(await form(t, reference)), words: 'planted: reply' })
		);
		await desk.note(who, reference, { key: randomUUID(), words: 'planted: note', attempt: null });
	}
});
afterAll(() => t.close());

/** What row security alone lets somebody read: the application's own check is left out. */
async function rowsOf(
	who: Ctx
): Promise<{ requests: string[]; threads: string[]; messages: string[] }> {
	return within(who, async (tx) => {
		const [requests, threads, all] = await Promise.all([
			tx.selectFrom('support_request').select('controller_id').execute(),
			tx.selectFrom('thread').select('controller_id').execute(),
			tx.selectFrom('message').select('controller_id').execute()
		]);
		const ids = (rows: { controller_id: string }[]) => [
			...new Set(rows.map((r) => r.controller_id))
		];
		return { requests: ids(requests), threads: ids(threads), messages: ids(all) };
	});
}

describe('what was told to an independent service', () => {
	test('is not the police’s to read, by row security alone', async () => {
		const only = [w.forceControllerId];
		for (const who of [w.officer, w.supervisor, w.caseworker]) {
			expect(await rowsOf(who), who.actor.role).toEqual({
				requests: only,
				threads: only,
				messages: only
			});
		}
	});

	test('nor the police’s the service’s', async () => {
		const only = [w.serviceControllerId];
		expect(await rowsOf(w.serviceCaseworker)).toEqual({
			requests: only,
			threads: only,
			messages: only
		});
	});

	test('is not found by the other desk, whatever it does with the reference', async () => {
		const { reference } = toService;
		const taking = await form(t, reference);
		const words = { ...taking, words: 'Hello' };
		await expect(desk.open(w.caseworker, reference)).rejects.toThrow('not_found');
		await expect(desk.take(w.caseworker, reference, taking)).rejects.toThrow('not_found');
		await expect(desk.reply(w.caseworker, reference, words)).rejects.toThrow('not_found');
		const queue = await desk.queue(w.caseworker, { show: 'all', urgency: null });
		expect(queue.rows.map((row) => row.reference)).toEqual([toPolice.reference]);
	});

	test('cannot be moved into the police’s thread: the database refuses a mixed audience', async () => {
		const rows = await t.owner
			.selectFrom('thread')
			.select(['id', 'participation_id'])
			.where('controller_id', '=', w.forceControllerId)
			.execute();
		const mixed = within(w.serviceCaseworker, (tx) =>
			tx
				.insertInto('message')
				.values({
					...{ force_id: w.forceId, id: randomUUID(), thread_id: rows[0]?.id ?? '' },
					...{ participation_id: rows[0]?.participation_id ?? '', sequence: 99, side: 'staff' },
					...{ controller_id: w.serviceControllerId, words_sealed: 'ey.', language: 'en' },
					...{ written_by: w.serviceCaseworker.actor.accountId ?? '', written_label: 'x' },
					...{ written_at: new Date(), read_at: null }
				})
				.execute()
		);
		await expect(mixed).rejects.toThrow('message_thread_fk');
	});
});

describe('an officer', () => {
	test('reads and answers the threads with the police of their own case, not those of a desk', async () => {
		const address = { reference: w.case.reference, person: w.case.person };
		const page = await messages.threadsFor(w.officer, address, toOfficer);
		expect(page.threads.map((thread) => thread.number)).toEqual([toOfficer]);
		expect(page.open?.lines.map((line) => line.words)).toEqual(['planted: for the officer']);
		const requestThread = 1;
		await expect(messages.threadsFor(w.officer, address, requestThread)).rejects.toThrow(
			'not_found'
		);
	});

	test('of another case finds nothing, and the same nothing as for a case that is not there', async () => {
		const address = { reference: w.case.reference, person: w.case.person };
		await expect(messages.threadsFor(w.otherOfficer, address, null)).rejects.toThrow('not_found');
		const nowhere = { reference: 'CA-00000', person: 'VR-00000' };
		await expect(messages.threadsFor(w.officer, nowhere, null)).rejects.toThrow('not_found');
	});

	test('leaves a trace for each look', async () => {
		const address = { reference: w.case.reference, person: w.case.person };
		const looks = async () =>
			(
				await t.owner
					.selectFrom('audit')
					.select('id')
					.where('account_id', '=', w.officer.actor.accountId)
					.where('participation_id', '=', w.case.participationId)
					.where('action', '=', 'participation.viewed')
					.execute()
			).length;
		const before = await looks();
		await messages.threadsFor(w.officer, address, null);
		expect(await looks()).toBe(before + 1);
	});
});

describe('another victim', () => {
	test('finds nothing under the same numbers', async () => {
		await expect(support.read(w.otherVictim, toPolice.number)).rejects.toThrow('not_found');
		await expect(messages.read(w.otherVictim, toOfficer)).rejects.toThrow('not_found');
		expect(await rowsOf(w.otherVictim)).toEqual({ requests: [], threads: [], messages: [] });
	});

	test('cannot reach it by naming the participation', async () => {
		const pretending = about(w.otherVictim, w.case);
		await expect(support.read(pretending, toPolice.number)).rejects.toThrow('not_found');
		await expect(support.ask(pretending, randomUUID(), asked(w))).rejects.toThrow('not_found');
	});
});

test('a supporter who may only read reads, and the database keeps them from writing', async () => {
	const supporter = about(await w.person('victim'), w.case);
	const accountId = supporter.actor.accountId ?? '';
	await t.owner
		.insertInto('representative')
		.values({
			...{ force_id: w.forceId, participation_id: w.case.participationId, account_id: accountId },
			...{ role: 'supporter_readonly', approved_by: w.officer.actor.accountId },
			...{ approved_at: new Date(), until_at: new Date(Date.now() + 86_400_000), revoked_at: null }
		})
		.execute();
	const page = await support.read(supporter, toPolice.number);
	expect(page).toMatchObject({ mayWrite: false, mayWithdraw: false });
	await expect(support.ask(supporter, randomUUID(), asked(w))).rejects.toThrow('not_found');
	await expect(messages.newPage(supporter)).rejects.toThrow('not_found');
	const taken = { ...(await form(t, toPolice.reference)), words: 'Hello' };
	await expect(support.write(supporter, toPolice.number, taken)).rejects.toThrow();
	const forced = within(supporter, (tx) =>
		tx
			.updateTable('support_request')
			.set({ state: 'withdrawn', closed_at: new Date() })
			.where('participation_id', '=', w.case.participationId)
			.executeTakeFirst()
	);
	expect((await forced).numUpdatedRows).toBe(0n);
});

test('a caseworker who is barred from the case cannot take its requests, which stay for others', async () => {
	const barred = await w.person('caseworker');
	await t.owner
		.insertInto('case_access')
		.values({
			...{ force_id: w.forceId, case_id: w.case.id, account_id: barred.actor.accountId ?? '' },
			kind: 'barred'
		})
		.execute();
	const { reference } = await ask(t, w);
	await expect(desk.take(barred, reference, await form(t, reference))).rejects.toThrow('not_found');
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
});

test('no word of it stands in any table as it was written', async () => {
	const { rows: tables } = await sql<{ schema: string; name: string }>`
		select schemaname as schema, format('%I.%I', schemaname, tablename) as name from pg_tables
		where schemaname in ('public', 'graphile_worker')
	`.execute(t.owner);
	let lines = 0;
	for (const { schema, name } of tables) {
		// The job queue belongs to the worker alone.
		const reader = schema === 'public' ? t.owner : t.worker;
		const { rows } = await sql<{ line: string }>`
			select row_to_json(x)::text as line from ${sql.raw(name)} x
		`.execute(reader);
		lines += rows.length;
		const leaks = rows.filter(({ line }) => /planted|After 2pm|Sam Example/.test(line));
		expect(leaks, name).toEqual([]);
	}
	expect(lines).toBeGreaterThan(50);
	expect(tables.some(({ name }) => name.includes('_private_jobs'))).toBe(true);
});
