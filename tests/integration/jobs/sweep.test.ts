import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

let t: TestDatabase;
let w: World;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());

async function draft(keptFor: string): Promise<void> {
	await sql`insert into sealed_draft (force_id, account_id, place, answers_sealed, kept_until)
		values (${w.forceId}, ${w.victim.actor.accountId}, 'form', 'ey', now() + ${keptFor}::interval)
	`.execute(t.owner);
}

async function session(id: string, endsIn: string): Promise<void> {
	await sql`insert into session (force_id, id, account_id, view, created_at, last_seen, expires_at)
		values (${w.forceId}, ${id.repeat(64)}, ${w.victim.actor.accountId}, 'plain',
			now() - interval '6 hours', now() - interval '6 hours', now() + ${endsIn}::interval)
	`.execute(t.owner);
}

async function hold(hash: string, endsInSeconds: number): Promise<void> {
	await sql`insert into throttle (key, points, expire)
		values (${`${w.forceId}:hold:source:${hash.repeat(64)}`}, 1, ${Date.now() + endsInSeconds * 1000})
	`.execute(t.owner);
}

test('the worker sweeps what has served its time, and nothing else', async () => {
	await draft('1 minute');
	await draft('-1 minute');
	await session('a', '1 hour');
	await session('b', '-30 minutes');
	await session('c', '-2 hours');
	await hold('a', 1);
	await hold('b', -1);
	await sql`select sweep_ended()`.execute(t.worker);
	const drafts = await sql`select 1 from sealed_draft`.execute(t.owner);
	const sessions = await sql<{ id: string }>`select id from session order by id`.execute(t.owner);
	const holds = await sql<{ key: string }>`select key from throttle`.execute(t.owner);
	expect(holds.rows.map(({ key }) => key.at(-1))).toEqual(['a']);
	expect(drafts.rows).toHaveLength(1);
	expect(sessions.rows.map((row) => row.id[0])).toEqual(['a', 'b']);
});

test('the application cannot sweep', async () => {
	await expect(sql`select sweep_ended()`.execute(t.app)).rejects.toMatchObject({ code: '42501' });
});
