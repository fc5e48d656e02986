import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { within } from '#lib/server/context.ts';
import { tell } from '#lib/server/notice/tell.ts';
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

describe('queueing a notice', () => {
	test('writes the notice and its job together, and a rollback leaves neither', async () => {
		const failing = within(w.officer, async (tx) => {
			await tell(w.officer, tx, [staffWork(w.supervisor)]);
			throw new Error('the command failed after all');
		});
		await expect(failing).rejects.toThrow('after all');
		expect([await notices(t), await jobs(t)]).toEqual([[], 0]);

		await say(w.officer, staffWork(w.supervisor));
		expect([(await notices(t)).length, await jobs(t)]).toEqual([1, 1]);
	});

	test('tells an account once, however often one command names it', async () => {
		await say(w.officer, staffWork(w.supervisor), staffWork(w.caseworker), staffWork(w.supervisor));
		expect([(await notices(t)).length, await jobs(t)]).toEqual([2, 2]);
	});

	test('of nobody writes nothing', async () => {
		await say(w.officer);
		expect([await notices(t), await jobs(t)]).toEqual([[], 0]);
	});

	test('leaves ids and nothing else in the tables of the worker', async () => {
		await say(w.officer, staffWork(w.supervisor, w.case.participationId));
		const { rows } = await sql<{ payload: Record<string, string> }>`
			select payload from graphile_worker._private_jobs`.execute(t.worker);
		expect(rows.map((row) => Object.keys(row.payload).sort())).toEqual([['force', 'notice']]);
		for (const value of Object.values(rows[0]?.payload ?? {})) {
			expect(value).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		}
	});
});

describe('a notice to a member of staff', () => {
	test('arrives, to that person alone, and says nothing of the case', async () => {
		await say(w.officer, staffWork(w.supervisor, w.case.participationId));
		await office.runJobs();
		expect(office.post.arrived.map((each) => each.to)).toEqual([
			[`${w.supervisor.actor.accountId ?? ''}@example.com`]
		]);
		const raw = office.post.arrived[0]?.raw ?? '';
		const facts = [w.case.reference, w.case.person, w.case.participationId, w.case.id, w.forceId];
		for (const fact of [...facts, 'midshire', 'Midshire', 'Sam Example', 'nodemailer']) {
			expect(raw).not.toContain(fact);
		}
		expect(await notices(t)).toMatchObject([{ state: 'sent', reason: null, attempts: 1 }]);
		expect(await jobs(t)).toBe(0);
	});

	test('is withheld from one who was barred from the case after it was queued', async () => {
		await say(w.officer, staffWork(w.supervisor, w.case.participationId));
		const bar = { force_id: w.forceId, case_id: w.case.id, kind: 'barred' } as const;
		const account_id = w.supervisor.actor.accountId ?? '';
		await t.owner
			.insertInto('case_access')
			.values({ ...bar, account_id })
			.execute();
		await office.runJobs();
		await t.owner.deleteFrom('case_access').execute();
		expect(office.post.arrived).toEqual([]);
		expect(await notices(t)).toMatchObject([{ state: 'withheld', reason: 'shut_out' }]);
	});

	test('is in the audit once, written by the worker', async () => {
		await say(w.officer, staffWork(w.supervisor, w.otherCase.participationId));
		await office.runJobs();
		const rows = await t.owner
			.selectFrom('audit')
			.select(['actor_role', 'account_id'])
			.where('action', '=', 'notice.sent')
			.where('participation_id', '=', w.otherCase.participationId)
			.execute();
		expect(rows).toEqual([{ actor_role: 'worker', account_id: null }]);
	});
});
