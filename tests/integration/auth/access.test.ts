import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce } from './people.ts';

let database: TestDatabase;
let forceId: string;

beforeAll(async () => {
	database = await testDatabase();
	forceId = await addForce(database, 'access');
});

afterAll(async () => {
	await database.close();
});

const tables = ['session', 'step_up'];
const refused = { code: '42501' };

test.each(tables)('the application and the worker cannot touch %s directly', async (table) => {
	for (const db of [database.app, database.worker]) {
		await expect(sql`select from ${sql.id(table)}`.execute(db)).rejects.toMatchObject(refused);
		await expect(sql`delete from ${sql.id(table)}`.execute(db)).rejects.toMatchObject(refused);
	}
	await expect(sql`select from ${sql.id(table)}`.execute(database.owner)).resolves.toBeDefined();
});

test('of the failures the application sees those of its force, and a name cannot be kept there', async () => {
	const other = await addForce(database, 'other');
	const put = (force: string, hash: string) =>
		sql`insert into throttle values (${`${force}:failures:source:${hash}`}, 1, 9)`;
	const hash = 'a'.repeat(64);
	for (const force of [forceId, other]) await put(force, hash).execute(database.owner);
	const seen = await database.app.transaction().execute(async (tx) => {
		const before = await sql`select from throttle`.execute(tx);
		await sql`select set_config('waymark.force', ${forceId}, true)`.execute(tx);
		const { rows } = await sql<{ key: string }>`select key from throttle`.execute(tx);
		return [before.rows.length, ...rows.map(({ key }) => key.slice(0, 36))];
	});
	expect(seen).toEqual([0, forceId]);
	await expect(put(forceId, 'b'.repeat(64)).execute(database.app)).rejects.toMatchObject(refused);
	await expect(put(forceId, 'maya@example.com').execute(database.owner)).rejects.toMatchObject({
		constraint: 'throttle_key_is_hash'
	});
	await expect(sql`select from throttle`.execute(database.worker)).rejects.toMatchObject(refused);
});

test('the functions are the application’s alone, but for purging', async () => {
	const token = '0'.repeat(64);
	await expect(sessions.end(database.worker, forceId, token)).rejects.toMatchObject(refused);
	await expect(sessions.find(database.worker, forceId, token)).rejects.toMatchObject(refused);
	await expect(sessions.purge(database.worker, forceId)).resolves.toBeUndefined();
	await expect(sessions.find(database.app, forceId, token)).resolves.toBeNull();
});

test('every function of these fixes its search path, so no temporary table can stand in', async () => {
	const { rows } = await sql<{ proname: string; proconfig: string[] }>`
		select proname, proconfig from pg_proc
		where pronamespace = 'public'::regnamespace and prosecdef
			and (proname like 'session%' or proname like 'sign_in%' or proname like 'account_%')
		`.execute(database.owner);
	expect(rows.length).toBeGreaterThanOrEqual(16);
	for (const { proname, proconfig } of rows) {
		expect([proname, proconfig]).toEqual([proname, ['search_path=pg_catalog, public, pg_temp']]);
	}
});

test('the table refuses a raw token and a view it does not know, and cuts a life too long', async () => {
	const accountId = await addAccount(database, forceId, { name: 'somebody' });
	const put = (id: string, hours: number, view: string) =>
		sql`select session_put(${forceId}, ${id}, ${accountId},
			now() + make_interval(hours => ${hours}), ${view}, null)`.execute(database.app);
	const hash = 'a'.repeat(64);
	await expect(put('a raw token', 1, 'plain')).rejects.toMatchObject({
		constraint: 'session_id_is_hash'
	});
	await expect(put(hash, 1, 'wide')).rejects.toMatchObject({ constraint: 'session_view' });
	await expect(put(hash, 25, 'plain')).resolves.toBeDefined();
	const { rows } = await sql<{ hours: number }>`
		select extract(epoch from expires_at - created_at)::integer / 3600 as hours
		from session where id = ${hash}`.execute(database.owner);
	expect(rows).toEqual([{ hours: 2 }]);
});

test('a session can be about its own participations, and those it stands in for, and no others', async () => {
	const owner = await addAccount(database, forceId, { name: 'owner' });
	const parent = await addAccount(database, forceId, { name: 'parent' });
	const approver = await addAccount(database, forceId, { name: 'approver', role: 'officer' });
	const participation = await addParticipation(owner);
	const issued = { db: database.app, forceId, view: 'full' } as const;
	const own = await sessions.issue({ ...issued, accountId: owner });
	const standing = await sessions.issue({ ...issued, accountId: parent });
	// Each change moves the session on: the token in hand is the last one given.
	const tokens = { own: own.token, standing: standing.token };
	const set = async (whose: keyof typeof tokens, id: string | null) => {
		const moved = await sessions.setParticipation(database.app, forceId, tokens[whose], id);
		tokens[whose] = moved?.token ?? tokens[whose];
		return moved !== null;
	};
	const chosen = async () =>
		(await sessions.find(database.app, forceId, tokens.own))?.session.participationId;

	expect(await set('own', randomUUID())).toBe(false);
	expect(await set('own', participation)).toBe(true);
	expect(await chosen()).toBe(participation);
	expect(await set('own', null)).toBe(true);
	expect(await chosen()).toBeNull();

	expect(await set('standing', participation)).toBe(false);
	const grant = { force_id: forceId, participation_id: participation, account_id: parent };
	await database.owner
		.insertInto('representative')
		.values({ ...grant, role: 'parent_guardian', approved_by: approver, approved_at: new Date() })
		.execute();
	expect(await set('standing', participation)).toBe(true);
	await database.owner.updateTable('representative').set({ revoked_at: new Date() }).execute();
	expect(await set('standing', participation)).toBe(false);
});

async function addParticipation(accountId: string): Promise<string> {
	const [id, victim, team, crime] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
	const db = database.owner;
	await db
		.insertInto('victim')
		.values({ force_id: forceId, id: victim, name_sealed: 'ey' })
		.execute();
	await db.insertInto('team').values({ force_id: forceId, id: team, name: 'Team' }).execute();
	await db
		.insertInto('crime_case')
		.values({
			force_id: forceId,
			id: crime,
			reference: 'CR-10001',
			crime_reference: '20/1/26',
			category: 'assault',
			reported_at: new Date(),
			team_id: team
		})
		.execute();
	await db
		.insertInto('participation')
		.values({
			force_id: forceId,
			id,
			case_id: crime,
			victim_id: victim,
			account_id: accountId,
			reference: 'VR-10001',
			role: 'self',
			tier: 'standard'
		})
		.execute();
	return id;
}
