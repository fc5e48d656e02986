import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { jobs, notices, openOffice, say, staffWork, type Office } from './office.ts';

let t: TestDatabase;
let w: World;
let office: Office;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());
beforeEach(async () => {
	office = await openOffice(t, w);
});
afterEach(() => office.close());

describe('a mail server that fails', () => {
	test('and heals gets the notice once', async () => {
		office.post.mood = 'refuses';
		await say(w.officer, staffWork(w.supervisor));
		await office.runJobs();
		expect(await notices(t)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
		office.post.mood = 'takes';
		await office.runJobs();
		await office.runJobs();
		expect(office.post.arrived).toHaveLength(1);
		expect(await notices(t)).toMatchObject([{ state: 'sent', attempts: 2 }]);
	});

	test('after it has taken the mail is sent it again under the same name', async () => {
		office.post.mood = 'late';
		await say(w.officer, staffWork(w.supervisor));
		await office.runJobs();
		office.post.mood = 'takes';
		await office.runJobs();
		const names = office.post.arrived.map(({ mail }) => mail.messageId);
		expect(names).toHaveLength(2);
		expect(names[0]).toMatch(/^<[0-9a-f-]{36}@notices\.example\.com>$/);
		expect(names[1]).toBe(names[0]);
	});

	test('to the last attempt leaves the notice dead and no job behind', async () => {
		office.post.mood = 'refuses';
		await say(w.officer, staffWork(w.supervisor));
		await sql`update graphile_worker._private_jobs set max_attempts = 2`.execute(t.worker);
		await office.runJobs();
		await office.runJobs();
		expect(await notices(t)).toMatchObject([{ state: 'dead', reason: 'not_taken', attempts: 2 }]);
		expect(await jobs(t)).toBe(0);
	});

	test('never gets an address into the tables of the worker', async () => {
		office.post.mood = 'refuses';
		await say(w.officer, staffWork(w.supervisor));
		await office.runJobs();
		const { rows } = await sql<{ row: string }>`
			select to_json(j)::text as row from graphile_worker._private_jobs j`.execute(t.worker);
		expect(rows).toHaveLength(1);
		expect(rows[0]?.row).toContain('EENVELOPE 451');
		expect(rows[0]?.row).not.toContain('example.com');
	});
});
