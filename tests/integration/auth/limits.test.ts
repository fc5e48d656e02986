import { randomBytes, randomUUID } from 'node:crypto';
import { sql, type Updateable } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { limitBounds, standardLimits } from '#lib/domain/session/limits.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, findAged } from './people.ts';

let database: TestDatabase;
let forceId: string;

beforeAll(async () => {
	database = await testDatabase();
});
beforeEach(async () => {
	forceId = await addForce(database, `f-${randomUUID().slice(0, 8)}`);
});
afterAll(() => database.close());

const people = [
	{ who: 'victim', role: 'victim', ...standardLimits.victim },
	{ who: 'staff', role: 'officer', ...standardLimits.staff }
] as const;

async function issue(role: 'victim' | 'officer', force = forceId): Promise<string> {
	const name = randomBytes(8).toString('hex');
	const accountId = await addAccount(database, force, { name, role });
	const issued = { db: database.app, forceId: force, accountId };
	return (await sessions.issue({ ...issued, view: 'plain' })).token;
}

type Age = Parameters<typeof findAged>[3];
const aged = (token: string, age: Age) => findAged(database, forceId, token, age);
const find = (token: string) => sessions.find(database.app, forceId, token);

function set(values: Updateable<Database['force']>, force = forceId) {
	return database.owner.updateTable('force').set(values).where('id', '=', force).execute();
}

describe.each(people)('limits of a $role where the force set none', ({ role, idle, absolute }) => {
	test('alive a second before the idle limit, gone at it and a second after', async () => {
		expect(await aged(await issue(role), { seen: idle - 1 })).not.toBeNull();
		expect(await aged(await issue(role), { seen: idle })).toBeNull();
		expect(await aged(await issue(role), { seen: idle + 1 })).toBeNull();
	});

	test('alive a second before the absolute limit, gone at it and a second after', async () => {
		expect(await aged(await issue(role), { made: absolute - 1 })).not.toBeNull();
		expect(await aged(await issue(role), { made: absolute })).toBeNull();
		expect(await aged(await issue(role), { made: absolute + 1 })).toBeNull();
	});

	test('use late in its life does not move its end', async () => {
		const used = await issue(role);
		const left = (found: Awaited<ReturnType<typeof find>>) =>
			(Number(found?.session.expiresAt) - Date.now()) / 1000;
		expect(left(await aged(used, { made: absolute * 0.75 }))).toBeCloseTo(absolute / 4, -2);
		expect(left(await find(used))).toBeCloseTo(absolute / 4, -2);
	});

	test('the absolute limit holds even for a row whose own end was pushed out', async () => {
		const pushed = await issue(role);
		const id = sessions.hashOf(pushed);
		await sql`select session_extend(${forceId}, ${id}, now() + interval '1 day')
			`.execute(database.app);
		await sql`update session set expires_at = created_at + interval '24 hours'
			where id = ${id}`.execute(database.owner);
		expect(await aged(pushed, { made: absolute - 1 })).not.toBeNull();
		expect(await aged(pushed, { made: absolute + 1 })).toBeNull();
	});

	test('the limit is told with the session, so that a page can say until when', async () => {
		expect((await find(await issue(role)))?.session.idleSeconds).toBe(idle);
	});
});

describe('limits that a force sets', () => {
	test('count for its people and for nobody else, at once and for sessions to come', async () => {
		const other = await addForce(database, `o-${randomUUID().slice(0, 8)}`);
		const [before, theirs] = [await issue('victim'), await issue('victim', other)];
		await set({ victim_idle_seconds: 300, victim_absolute_seconds: 1800 });
		expect(await aged(before, { seen: 300 })).toBeNull();
		expect(await findAged(database, other, theirs, { seen: 300 })).not.toBeNull();
		expect(await aged(await issue('officer'), { seen: 300 })).not.toBeNull();

		const made = await issue('victim');
		expect((await find(made))?.session.idleSeconds).toBe(300);
		expect(await aged(made, { made: 1799 })).not.toBeNull();
		expect(await aged(made, { made: 1800 })).toBeNull();
		await set({ victim_absolute_seconds: 7200 });
		// The row's own end was cut to the limit there was: a longer one does not bring it back.
		expect(await aged(made, { made: 1801 })).toBeNull();
	});

	test('say who counts as signed in', async () => {
		const name = randomBytes(8).toString('hex');
		const accountId = await addAccount(database, forceId, { name });
		const issued = { db: database.app, forceId, accountId, view: 'plain' } as const;
		const { token } = await sessions.issue(issued);
		await sessions.issue(issued);
		await sql`update session set last_seen = now() - interval '6 minutes'
			where id = ${sessions.hashOf(token)}`.execute(database.owner);
		const count = () => sessions.count(database.app, forceId, accountId);
		expect(await count()).toBe(2);
		await set({ victim_idle_seconds: 300 });
		expect(await count()).toBe(1);
	});

	test.each(people)('of $who go to the bounds and not a second beyond', async ({ who }) => {
		const { leastIdle, mostIdle, mostAbsolute } = limitBounds[who];
		const of = (idle: number, absolute: number) =>
			set({ [`${who}_idle_seconds`]: idle, [`${who}_absolute_seconds`]: absolute });
		await of(leastIdle, leastIdle);
		await of(mostIdle, mostAbsolute);
		const refused = { constraint: `force_${who}_limits` };
		await expect(of(leastIdle - 1, mostAbsolute)).rejects.toMatchObject(refused);
		await expect(of(mostIdle + 1, mostAbsolute)).rejects.toMatchObject(refused);
		await expect(of(mostIdle, mostAbsolute + 1)).rejects.toMatchObject(refused);
		await expect(of(mostIdle, mostIdle - 1)).rejects.toMatchObject(refused);
		await expect(of(mostIdle, 7 * 86_400)).rejects.toMatchObject(refused);
	});

	test('are the operator’s: the application cannot set them', async () => {
		for (const db of [database.app, database.worker]) {
			const change = sql`update force set victim_idle_seconds = 600`.execute(db);
			await expect(change).rejects.toMatchObject({ code: '42501' });
		}
	});
});
