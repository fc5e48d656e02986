import { createHash, randomBytes } from 'node:crypto';
import { sql, type Updateable } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, findAged } from './people.ts';

let database: TestDatabase;
let forceId: string;
let accountId: string;

beforeAll(async () => {
	database = await testDatabase();
	forceId = await addForce(database, 'sessions');
});

afterAll(async () => {
	await database.close();
});

beforeEach(async () => {
	accountId = await addAccount(database, forceId, { name: randomBytes(8).toString('hex') });
});

async function issue(options: { accountId?: string } = {}): Promise<string> {
	const details = { db: database.app, forceId, accountId, ...options };
	return (await sessions.issue({ ...details, view: 'plain' })).token;
}

const find = (token: string) => sessions.find(database.app, forceId, token);

type Age = Parameters<typeof findAged>[3];
const aged = (token: string, age: Age) => findAged(database, forceId, token, age);

describe('a token', () => {
	test('finds its session and everything a request needs of the account', async () => {
		const officer = await addAccount(database, forceId, { name: 'officer', role: 'officer' });
		const found = await find(await issue({ accountId: officer }));
		expect(found?.session).toMatchObject({
			accountId: officer,
			view: 'plain',
			participationId: null,
			steppedUpUntil: null
		});
		expect(found?.account).toEqual({
			id: officer,
			role: 'officer',
			deskId: null,
			teamId: null,
			controllerId: null,
			staffLabel: 'PC 1021',
			language: 'en',
			privateDevice: false
		});
	});

	test('is at least 128 bits, and no two are the same', async () => {
		const [one, other] = [await issue(), await issue()];
		expect(Buffer.from(one, 'hex').length).toBeGreaterThanOrEqual(16);
		expect(one).not.toBe(other);
	});

	test('is nowhere in the table: only its hash is, and that signs nobody in', async () => {
		const token = await issue();
		const { rows } = await sql<{ line: string; id: string }>`
			select session::text as line, id from session where account_id = ${accountId}
			`.execute(database.owner);
		const [row] = rows;
		expect(row?.id).toBe(createHash('sha256').update(token).digest('hex'));
		expect(row?.line).not.toContain(token);
		expect(await find(row?.id ?? '')).toBeNull();
		expect(await find(token)).not.toBeNull();
	});

	test('made up by a browser finds nothing, and is never taken over', async () => {
		const brought = randomBytes(32).toString('hex');
		expect(await find(brought)).toBeNull();
		expect(await issue()).not.toBe(brought);
		expect(await find(brought)).toBeNull();
		for (const odd of ['', 'x', "' or true --", '0'.repeat(10_000)]) {
			expect(await find(odd)).toBeNull();
		}
	});

	test('of one force means nothing in another', async () => {
		const other = await addForce(database, 'other');
		const token = await issue();
		expect(await sessions.find(database.app, other, token)).toBeNull();
		await sessions.end(database.app, other, token);
		await sessions.endAll(database.app, other, accountId);
		expect(await find(token)).not.toBeNull();
	});
});

test('looking a session up is one query', async () => {
	const token = await issue();
	const queries: string[] = [];
	const watched = database.app.withPlugin({
		transformQuery: ({ node }) => {
			queries.push(node.kind);
			return node;
		},
		transformResult: ({ result }) => Promise.resolve(result)
	});
	expect(await sessions.find(watched, forceId, token)).not.toBeNull();
	expect(queries).toHaveLength(1);
});

describe('being seen', () => {
	const secondsAgo = (found: Awaited<ReturnType<typeof find>>) =>
		(Date.now() - Number(found?.session.seenAt)) / 1000;

	test('is written once half a minute has passed, and not before', async () => {
		const token = await issue();
		expect(secondsAgo(await aged(token, { seen: 29 }))).toBeGreaterThan(28);
		expect(secondsAgo(await find(token))).toBeGreaterThan(28);
		expect(secondsAgo(await aged(token, { seen: 30 }))).toBeLessThan(10);
		expect(secondsAgo(await find(token))).toBeLessThan(10);
	});

	test('is not what a background request does: the idle time runs on', async () => {
		const token = await issue();
		expect(secondsAgo(await aged(token, { seen: 599, background: true }))).toBeGreaterThan(590);
		expect(secondsAgo(await find(token))).toBeLessThan(10);
	});
});

describe('ending', () => {
	test('one session leaves the others', async () => {
		const [one, other] = [await issue(), await issue()];
		await sessions.end(database.app, forceId, one);
		expect(await find(one)).toBeNull();
		expect(await find(other)).not.toBeNull();
	});

	test('all of an account leaves nobody else out, and can spare the one in use', async () => {
		const [one, two, three] = [await issue(), await issue(), await issue()];
		const neighbour = await addAccount(database, forceId, { name: 'neighbour' });
		const theirs = await issue({ accountId: neighbour });
		expect(await count()).toBe(3);
		await sessions.endAll(database.app, forceId, accountId, { but: two });
		expect([await find(one), await find(three)]).toEqual([null, null]);
		expect(await find(two)).not.toBeNull();
		await sessions.endAll(database.app, forceId, accountId);
		expect(await find(two)).toBeNull();
		expect(await find(theirs)).not.toBeNull();
	});

	test('what is past its idle limit does not count as signed in', async () => {
		const [left] = [await issue(), await issue()];
		await sql`update session set last_seen = now() - interval '11 minutes'
			where id = ${sessions.hashOf(left)}`.execute(database.owner);
		expect(await count()).toBe(1);
	});

	test.each(['suspended', 'ended'] as const)('an account %s is out at once', async (state) => {
		const token = await issue();
		await change({ state });
		expect(await find(token)).toBeNull();
		await change({ state: 'active' });
		expect(await find(token)).toBeNull();
	});

	test('an account that gets another role signs in anew', async () => {
		const token = await issue();
		await change({ language: 'cy' });
		expect((await find(token))?.account.language).toBe('cy');
		await change({ role: 'officer', staff_label: 'PC 1021' });
		expect(await find(token)).toBeNull();
	});

	test('purging removes what is over and nothing else', async () => {
		const [over, alive] = [await issue(), await issue()];
		await aged(over, { made: 7201 });
		await sessions.purge(database.app, forceId);
		const { rows } = await sql<{ id: string }>`
			select id from session where account_id = ${accountId}`.execute(database.owner);
		expect(rows).toEqual([{ id: sessions.hashOf(alive) }]);
	});

	const count = () => sessions.count(database.app, forceId, accountId);

	async function change(values: Updateable<Database['account']>): Promise<void> {
		await database.owner
			.updateTable('account')
			.set(values)
			.where('force_id', '=', forceId)
			.where('id', '=', accountId)
			.execute();
	}
});

test('the view is the session’s own', async () => {
	const [one, other] = [await issue(), await issue()];
	const full = await sessions.showAll(database.app, forceId, one);
	expect((await find(full?.token ?? ''))?.session.view).toBe('full');
	expect((await find(other))?.session.view).toBe('plain');
	expect(await sessions.showLess(database.app, forceId, full?.token ?? '')).toBe(true);
	expect((await find(full?.token ?? ''))?.session.view).toBe('plain');
	expect(await sessions.showAll(database.app, forceId, one)).toBeNull();
});
