import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openForForce } from '#lib/server/sealing/seal.ts';
import { codeAt, newSecret, stepOf } from '#lib/server/auth/authenticator.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { complete, signIn } from '#lib/server/auth/sign-in.ts';
import { confirm } from '#lib/server/auth/step-up.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, keys, rightPassword } from './people.ts';

let t: TestDatabase;
let forceId: string;
let number = 0;
let now: Date;

beforeAll(async () => {
	t = await testDatabase();
	forceId = await addForce(t, 'second-step');
});
afterAll(() => t.close());
beforeEach(() => {
	now = new Date();
});

const place = () => ({ db: t.app, forceId, keys });
const holder = (token: string): secondStep.Holder => ({
	...{ ...place(), clock: () => now, requestId: 'test', token }
});
const later = (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000));
const source = () => `192.0.2.${String((number += 1) % 250)}`;

async function person(role: 'victim' | 'officer') {
	const name = `person ${String((number += 1))}`;
	return { name, id: await addAccount(t, forceId, { name, role }) };
}

async function enter(name: string, replaces?: string) {
	const entered = await signIn(place(), {
		name,
		password: rightPassword,
		source: source(),
		replaces
	});
	if (!entered.ok) throw new Error('refused');
	return entered.value;
}

async function half(name: string): Promise<secondStep.Holder> {
	const entered = await enter(name);
	if (entered.kind !== 'half') throw new Error('whole');
	return holder(entered.token);
}

async function takeUp(mine: secondStep.Holder) {
	const { sealed } = await secondStep.offer(mine, 'Account');
	const { secret } = await openForForce<{ secret: string }>(keys, sealed);
	const accepted = await secondStep.accept(mine, { sealed, typed: codeAt(secret, now) });
	if (!accepted.ok) throw new Error(accepted.error);
	return { secret, codes: accepted.value.codes };
}

/** A colleague with an authenticator, and its next code not yet used. */
async function atWork() {
	const { name, id } = await person('officer');
	const given = await takeUp(await half(name));
	later(30);
	return { name, id, ...given };
}

/** A victim with a session in which the secret was given again. */
async function steppedUp() {
	const { name, id } = await person('victim');
	const entered = await enter(name);
	const { token } = entered;
	const raised = await confirm(place(), { token, password: rightPassword, source: source() });
	if (!raised.ok) throw new Error('refused');
	return { name, id, mine: holder(raised.value.token) };
}

const answer = (mine: secondStep.Holder, typed: string) =>
	secondStep.answer(mine, { typed, source: source() });
const refused = { ok: false, error: { kind: 'refused' } };

describe('a code of an authenticator', () => {
	test('is right half a minute before and after, and no longer', () => {
		const secret = newSecret();
		const step = Math.floor(now.getTime() / 30_000);
		const at = (seconds: number) => new Date((step * 30 + seconds) * 1_000);
		const code = codeAt(secret, at(0));
		expect([-30, -1, 0, 29, 59].map((seconds) => stepOf(secret, code, at(seconds)))).toEqual(
			[-30, -1, 0, 29, 59].map(() => step)
		);
		expect([stepOf(secret, code, at(60)), stepOf(secret, code, at(-31))]).toEqual([null, null]);
	});

	test('opens a session, once', async () => {
		const { name, secret } = await atWork();
		const mine = await half(name);
		expect(await secondStep.takeHalf(mine)).toBeNull();
		expect(await answer(mine, codeAt(secret, now))).toEqual({ ok: true });
		const signedIn = await complete(place(), mine);
		expect(signedIn).toMatchObject({ role: 'officer', view: 'full' });
		expect(await sessions.find(t.app, forceId, signedIn?.token ?? '')).not.toBeNull();
		expect(await complete(place(), mine)).toBeNull();
		// Nor does the same code open another, however quickly it was copied.
		expect(await answer(await half(name), codeAt(secret, now))).toEqual(refused);
	});

	test('sent by several at once lets one of them in', async () => {
		const { name, secret } = await atWork();
		const all = await Promise.all(Array.from({ length: 8 }, () => half(name)));
		const many = await Promise.all(all.map((mine) => answer(mine, codeAt(secret, now))));
		expect(many.filter(({ ok }) => ok)).toHaveLength(1);
	});

	test('older than the last one taken is refused', async () => {
		const { name, secret } = await atWork();
		const older = codeAt(secret, now);
		later(30);
		expect(await answer(await half(name), codeAt(secret, now))).toEqual({ ok: true });
		expect(await answer(await half(name), older)).toEqual(refused);
	});

	test('of somebody else is refused', async () => {
		const [one, other] = [await atWork(), await atWork()];
		expect(await answer(await half(one.name), codeAt(other.secret, now))).toEqual(refused);
		expect(await answer(await half(one.name), other.codes[0] ?? '')).toEqual(refused);
	});

	test('is kept sealed: nothing of it can be read in the tables', async () => {
		const { secret, codes, id } = await atWork();
		const { rows } = await sql<{ line: string }>`
			select a::text || (select string_agg(c::text, ' ') from recovery_code c) as line
			from authenticator a where account_id = ${id}`.execute(t.owner);
		expect(rows[0]?.line).toContain('ey');
		for (const text of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))]) {
			expect(rows[0]?.line).not.toContain(text);
		}
	});
});

describe('codes that were kept', () => {
	test('let in once each, however they are written, and that is recorded', async () => {
		const { name, id, codes } = await atWork();
		const [first = ''] = codes;
		const typed = first.replace('-', ' ').toUpperCase();
		const mine = await half(name);
		expect(await answer(mine, typed)).toEqual({ ok: true });
		expect(await complete(place(), mine)).not.toBeNull();
		expect(await answer(await half(name), first)).toEqual(refused);
		const { rows } = await sql<{ action: string }>`
			select action from audit where account_id = ${id}`.execute(t.owner);
		expect(rows).toEqual([{ action: 'second_step.recovered' }]);
		expect((await secondStep.find(await half(name)))?.codesLeft).toBe(9);
	});

	test('are replaced whole by new ones, in a session and after the secret only', async () => {
		const { mine } = await steppedUp();
		expect(await secondStep.newCodes(mine)).toBeNull();
		const { codes } = await takeUp(mine);
		const fresh = await secondStep.newCodes(mine);
		expect(fresh).toHaveLength(10);
		expect(fresh).not.toContain(codes[0]);
		await sql`delete from step_up where force_id = ${forceId}`.execute(t.owner);
		expect(await secondStep.newCodes(mine)).toBeNull();
	});
});

describe('an authenticator is set up', () => {
	test('by a colleague who has none, and by nobody over one that is there', async () => {
		const { name } = await person('officer');
		const [mine, thief] = [await half(name), await half(name)];
		const { sealed } = await secondStep.offer(thief, 'Account');
		await takeUp(mine);
		const { secret } = await openForForce<{ secret: string }>(keys, sealed);
		const late = await secondStep.accept(thief, { sealed, typed: codeAt(secret, now) });
		expect(late).toEqual({ ok: false, error: 'gone' });
		expect(await complete(place(), thief)).toBeNull();
		expect(await complete(place(), mine)).not.toBeNull();
	});

	test('never with an offer that was made for another, or was written by hand', async () => {
		const [one, other] = [await person('officer'), await person('officer')];
		const [mine, theirs] = [await half(one.name), await half(other.name)];
		const { sealed } = await secondStep.offer(theirs, 'Account');
		const { secret } = await openForForce<{ secret: string }>(keys, sealed);
		const typed = codeAt(secret, now);
		expect(await secondStep.accept(mine, { sealed, typed })).toEqual({ ok: false, error: 'gone' });
		expect(await secondStep.accept(mine, { sealed: 'x', typed })).toMatchObject({ error: 'gone' });
		expect(await secondStep.offerAgain(mine, sealed, 'Account')).toBeNull();
	});

	test('by a victim only shortly after the secret was given again', async () => {
		const { name, mine } = await steppedUp();
		const { secret } = await takeUp(mine);
		later(30);
		const next = await half(name);
		expect(await answer(next, codeAt(secret, now))).toEqual({ ok: true });
		expect(await complete(place(), next)).toMatchObject({ role: 'victim', view: 'plain' });
		const other = await person('victim');
		const plain = await enter(other.name);
		const { sealed } = await secondStep.offer(holder(plain.token), 'Account');
		const offered = await openForForce<{ secret: string }>(keys, sealed);
		const given = { sealed, typed: codeAt(offered.secret, now) };
		expect(await secondStep.accept(holder(plain.token), given)).toMatchObject({ error: 'gone' });
	});
});

test('a victim may turn it off, and a colleague may not', async () => {
	const { name, mine } = await steppedUp();
	await takeUp(mine);
	expect(await secondStep.remove(mine)).toBe(true);
	expect((await enter(name)).kind).toBe('whole');
	const colleague = await atWork();
	const theirs = await half(colleague.name);
	await answer(theirs, codeAt(colleague.secret, now));
	const signedIn = await complete(place(), theirs);
	const given = { token: signedIn?.token ?? '', password: rightPassword, source: source() };
	const raised = await confirm(place(), given);
	if (!raised.ok) throw new Error('refused');
	expect(await secondStep.remove(holder(raised.value.token))).toBe(false);
});

test('after ten wrong codes the password is asked for again, and guessing is slowed down', async () => {
	const { name, secret } = await atWork();
	const mine = await half(name);
	await sql`update half_sign_in set tries = 9 where force_id = ${forceId}`.execute(t.owner);
	expect(await answer(mine, '000000x')).toEqual(refused);
	expect(await secondStep.find(mine)).toBeNull();
	const again = await half(name);
	const here = { typed: 'nothing', source: '198.51.100.9' };
	for (let tries = 0; tries < 5; tries += 1) await secondStep.answer(again, here);
	const held = await secondStep.answer(again, { ...here, typed: codeAt(secret, now) });
	expect(held).toMatchObject({ ok: false, error: { kind: 'wait' } });
});

test('a half sign-in ends after ten minutes, and when the password changes', async () => {
	const { name, id, secret } = await atWork();
	const [mine, other] = [await half(name), await half(name)];
	await sql`update half_sign_in set made_at = now() - interval '601 seconds',
		expires_at = now() - interval '1 second'
		where id = encode(sha256(${other.token}::bytea), 'hex')`.execute(t.owner);
	expect(await secondStep.find(other)).toBeNull();
	expect(await answer(other, codeAt(secret, now))).toEqual(refused);
	await sql`update account set password_hash = password_hash where id = ${id}`.execute(t.owner);
	expect(await secondStep.find(mine)).toBeNull();
});
