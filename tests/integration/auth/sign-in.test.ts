import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, keys, rightPassword } from './people.ts';
import { beginWaits, forget, pass } from './throttled.ts';

const counted = vi.hoisted(() => ({ costs: [] as string[] }));

vi.mock('node:crypto', async (original) => {
	const crypto = await original<typeof import('node:crypto')>();
	const argon2: typeof crypto.argon2 = (algorithm, parameters, done) => {
		const { memory, passes, parallelism, tagLength } = parameters;
		counted.costs.push([algorithm, memory, passes, parallelism, tagLength].join());
		crypto.argon2(algorithm, parameters, done);
	};
	return { ...crypto, argon2 };
});

let database: TestDatabase;
let forceId: string;

beforeAll(async () => {
	database = await testDatabase();
	forceId = await addForce(database, 'sign-in');
	await addAccount(database, forceId, { name: 'Maya@example.com' });
	await addAccount(database, forceId, { name: 'alone@example.com', private_device: true });
	await addAccount(database, forceId, { name: 'pc1021', role: 'officer' });
	await addAccount(database, forceId, { name: 'single-sign-on', role: 'officer', password: null });
	for (const state of ['suspended', 'ended'] as const) {
		const id = await addAccount(database, forceId, { name: state });
		await database.owner.updateTable('account').set({ state }).where('id', '=', id).execute();
	}
});

afterAll(async () => {
	await database.close();
});

beforeEach(async () => {
	await forget(database);
	counted.costs = [];
});

function attempt(
	name: string,
	password: string,
	more: { source?: string; replaces?: string } = {}
) {
	const ctx = { db: database.app, forceId, keys };
	return signIn(ctx, { name, password, source: '192.0.2.1', ...more });
}

/** Fails so many times in a row, and makes the failures a moment old however long they took. */
async function fail(times: number, name: string, source = '192.0.2.1'): Promise<void> {
	for (let failures = 0; failures < times; failures += 1) {
		expect(await attempt(name, 'wrong', { source })).toEqual(refused);
	}
	await beginWaits(database);
}

const refused = { ok: false, error: { kind: 'refused' } };

describe('the right password', () => {
	test.each([
		['Maya@example.com', 'victim', 'plain'],
		['alone@example.com', 'victim', 'full']
	])('signs %s in as %s, in the %s view', async (name, role, view) => {
		const outcome = await attempt(name, rightPassword);
		if (!outcome.ok || outcome.value.kind !== 'whole') throw new Error('refused');
		expect(outcome.value).toMatchObject({ role, view });
		const found = await sessions.find(database.app, forceId, outcome.value.token);
		expect(found?.account).toMatchObject({ id: outcome.value.accountId, role });
		expect(found?.session.view).toBe(view);
	});

	test.each(['  maya@EXAMPLE.com ', 'ＭＡＹＡ@example.com'])(
		'works however the name is typed: %j',
		async (name) => {
			expect(await attempt(name, rightPassword)).toMatchObject({ ok: true });
		}
	);

	test('lets nobody who works here in alone', async () => {
		const outcome = await attempt('pc1021', rightPassword);
		expect(outcome).toMatchObject({ ok: true, value: { kind: 'half', next: 'set-up' } });
		if (!outcome.ok) throw new Error('refused');
		expect(await sessions.find(database.app, forceId, outcome.value.token)).toBeNull();
	});

	test('makes a new session each time and ends the one the browser brought', async () => {
		const first = await attempt('alone@example.com', rightPassword);
		if (!first.ok) throw new Error('refused');
		const replaces = first.value.token;
		const second = await attempt('alone@example.com', rightPassword, { replaces });
		if (!second.ok) throw new Error('refused');
		expect(second.value.token).not.toBe(replaces);
		expect(await sessions.find(database.app, forceId, replaces)).toBeNull();
		expect(await sessions.find(database.app, forceId, second.value.token)).not.toBeNull();
	});

	test('is of no use in another force', async () => {
		const other = await addForce(database, 'elsewhere');
		const ctx = { db: database.app, forceId: other, keys };
		const given = { name: 'pc1021', password: rightPassword, source: '192.0.2.1' };
		expect(await signIn(ctx, given)).toEqual(refused);
	});
});

test('unknown, wrong, suspended, ended and without a password: one answer, one and the same work', async () => {
	const outcomes = [
		await attempt('nobody@example.com', rightPassword),
		await attempt('Maya@example.com', 'wrong'),
		await attempt('suspended', rightPassword),
		await attempt('ended', rightPassword),
		await attempt('single-sign-on', rightPassword)
	];
	expect(outcomes).toEqual(outcomes.map(() => refused));
	const [first] = counted.costs;
	expect(counted.costs).toEqual(outcomes.map(() => first));
});

describe('after five failures', () => {
	const passed = (seconds: number) => pass(database, seconds);

	test('there is a wait, in which no password is looked at, and then the right one lets in', async () => {
		await fail(5, 'Maya@example.com');
		counted.costs = [];
		const held = await attempt('Maya@example.com', rightPassword);
		expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds: 1 } });
		expect(counted.costs).toEqual([]);
		await passed(1);
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
	});

	test('an unknown name waits in just the same way', async () => {
		await fail(5, 'nobody@example.com');
		const held = await attempt('nobody@example.com', 'wrong');
		expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds: 1 } });
	});

	test('trying during the wait does not lengthen it, and nothing ever takes over half a minute', async () => {
		for (let failures = 0; failures < 15; failures += 1) {
			await fail(1, 'Maya@example.com');
			await passed(31);
		}
		await fail(1, 'Maya@example.com');
		for (const seconds of [30, 30, 30]) {
			const held = await attempt('Maya@example.com', rightPassword);
			expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds } });
		}
		await passed(30);
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
	});

	test('somebody who fails at her name from elsewhere does not keep Maya out', async () => {
		await fail(5, 'Maya@example.com', '198.51.100.7');
		const theirs = await attempt('Maya@example.com', 'wrong', { source: '198.51.100.7' });
		expect(theirs).toMatchObject({ error: { kind: 'wait' } });
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
	});

	test('from over ten places it slows everybody at that name, for half a minute at most', async () => {
		for (let place = 0; place < 10; place += 1) {
			await fail(1, 'Maya@example.com', `198.51.100.${String(place)}`);
		}
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
		await fail(1, 'Maya@example.com', '198.51.100.10');
		const held = await attempt('Maya@example.com', rightPassword);
		expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds: 30 } });
		await passed(30);
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
	});

	test('who gets it right in between wins no guess by it', async () => {
		await fail(5, 'Maya@example.com');
		await passed(1);
		expect(await attempt('Maya@example.com', rightPassword)).toMatchObject({ ok: true });
		await fail(1, 'Maya@example.com');
		const held = await attempt('Maya@example.com', 'wrong');
		expect(held).toEqual({ ok: false, error: { kind: 'wait', seconds: 2 } });
	});

	test('a quarter of an hour later all is forgotten', async () => {
		await fail(5, 'Maya@example.com');
		await passed(15 * 60);
		await fail(5, 'Maya@example.com');
	});
});

test('fifty guesses at once are counted like fifty one after the other', async () => {
	const guesses = Array.from({ length: 50 }, () => attempt('Maya@example.com', 'wrong'));
	await Promise.all(guesses);
	// Five are free; a slow machine may get through the first second's wait, and no further.
	expect(counted.costs.length).toBeGreaterThanOrEqual(5);
	expect(counted.costs.length).toBeLessThanOrEqual(7);
});

test('one source that tries a different name each time waits after twenty', async () => {
	for (let name = 0; name < 20; name += 1) {
		await fail(1, `name${String(name)}`);
	}
	expect(await attempt('one more', 'wrong')).toMatchObject({ error: { kind: 'wait' } });
	const elsewhere = { source: '198.51.100.7' };
	expect(await attempt('one more', 'wrong', elsewhere)).toEqual(refused);
});

test('neither the name nor the address can be read in the table', async () => {
	await attempt('Maya@example.com', 'wrong', { source: '203.0.113.9' });
	const { rows } = await sql<{ line: string }>`
		select throttle::text as line from throttle`.execute(database.owner);
	const bytes = rows.map(({ line }) => line).join();
	const plain = ['maya@example.com', '203.0.113.9'];
	for (const text of [...plain, ...plain.map((word) => Buffer.from(word).toString('hex'))]) {
		expect(bytes).not.toContain(text);
	}
});
