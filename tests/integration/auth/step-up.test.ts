import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import * as stepUp from '#lib/server/auth/step-up.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, keys, rightPassword } from './people.ts';
import { beginWaits, forget, pass } from './throttled.ts';

let database: TestDatabase;
let forceId: string;
let accountId: string;
let token: string;

beforeAll(async () => {
	database = await testDatabase();
	forceId = await addForce(database, 'step-up');
	accountId = await addAccount(database, forceId, { name: 'maya' });
});

afterAll(async () => {
	await database.close();
});

beforeEach(async () => {
	await forget(database);
	token = await issue();
});

async function issue(): Promise<string> {
	const issued = { db: database.app, forceId, accountId, view: 'full' } as const;
	return (await sessions.issue(issued)).token;
}

function confirm(password: string, given = token) {
	const ctx = { db: database.app, forceId, keys };
	return stepUp.confirm(ctx, { token: given, password, source: '192.0.2.1' });
}

async function confirmed(): Promise<string> {
	const outcome = await confirm(rightPassword);
	if (!outcome.ok) throw new Error('refused');
	return outcome.value.token;
}

const find = (given: string) => sessions.find(database.app, forceId, given);

async function isSteppedUp(given: string): Promise<boolean> {
	const found = await find(given);
	if (!found) throw new Error('no session');
	return sessions.steppedUp(found.session);
}

/** Whether the session is stepped up so many seconds after it was; see `findAged` for how. */
async function isSteppedUpAfter(seconds: number, given: string): Promise<boolean> {
	return database.owner.transaction().execute(async (trx) => {
		const made = sql`now() - make_interval(secs => ${seconds})`;
		await sql`update step_up set made_at = ${made}, expires_at = ${made} + (expires_at - made_at)
			where session_id = ${sessions.hashOf(given)}`.execute(trx);
		const found = await sessions.find(trx, forceId, given);
		if (!found) throw new Error('no session');
		return sessions.steppedUp(found.session);
	});
}

test('nobody starts stepped up; the secret given again lasts five minutes and no more', async () => {
	expect(await isSteppedUp(token)).toBe(false);
	const raised = await confirmed();
	expect(await isSteppedUp(raised)).toBe(true);
	expect(await isSteppedUpAfter(299, raised)).toBe(true);
	expect(await isSteppedUpAfter(300, raised)).toBe(false);
	expect(await isSteppedUpAfter(301, raised)).toBe(false);
});

test('it moves the session to a new token, and a copy of the old one is worth nothing', async () => {
	const before = await find(token);
	const raised = await confirmed();
	expect(await find(token)).toBeNull();
	const after = await find(raised);
	expect(after?.session).toMatchObject({ accountId, view: 'full' });
	expect(after?.session.expiresAt).toEqual(before?.session.expiresAt);
});

test('it counts for this session alone', async () => {
	const other = await issue();
	await confirmed();
	expect(await isSteppedUp(other)).toBe(false);
});

test('a wrong secret raises nothing and leaves the session as it was', async () => {
	expect(await confirm('wrong')).toEqual({ ok: false, error: { kind: 'refused' } });
	expect(await isSteppedUp(token)).toBe(false);
});

test('an unknown session is refused', async () => {
	const outcome = await confirm(rightPassword, '0'.repeat(64));
	expect(outcome).toEqual({ ok: false, error: { kind: 'refused' } });
});

test('guessing at it is slowed down, and the right secret works after the wait', async () => {
	for (let failures = 0; failures < 5; failures += 1) await confirm('wrong');
	await beginWaits(database);
	const held = await confirm(rightPassword);
	expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds: 1 } });
	await pass(database, 1);
	expect(await isSteppedUp(await confirmed())).toBe(true);
});

test('it cannot revive a session past its end', async () => {
	await sql`update session set created_at = created_at - interval '2 hours',
		expires_at = expires_at - interval '2 hours'`.execute(database.owner);
	expect(await sessions.stepUp(database.app, forceId, token)).toBeNull();
});
