import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as ownSecret from '#lib/server/accounts/own-secret.ts';
import * as passwords from '#lib/server/auth/password.ts';
import { beginHalf, takeHalf } from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signIn, signInHash } from '#lib/server/auth/sign-in.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { setPrivateDevice } from '#lib/server/me/queries.ts';
import { testDatabase } from '../../support/database.ts';
import { testKeys, world, type World } from '../../support/world.ts';

const t = await testDatabase();
const before = 'lantern orchard nine';
const after = 'saddle and a quiet river';
const stored = await passwords.hash(before);
let w: World;
let name: string;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	name = `quiet ${randomUUID()}`;
	await give(w.victim, name);
});
afterAll(() => t.close());

async function give(ctx: Ctx, signInName: string): Promise<void> {
	await t.owner
		.updateTable('account')
		.set({ password_hash: stored, sign_in_hash: signInHash(testKeys, signInName) })
		.where('id', '=', ctx.actor.accountId ?? '')
		.execute();
}

async function session(ctx: Ctx): Promise<string> {
	const { forceId, accountId } = ctx.actor;
	const issued = { db: t.app, forceId, accountId: accountId ?? '' };
	return (await sessions.issue({ ...issued, view: 'full' })).token;
}

/** A session whose secret was given a moment ago, and who acts in it. */
async function fresh(who: Ctx): Promise<{ ctx: Ctx; token: string }> {
	const raised = await sessions.stepUp(t.app, w.forceId, await session(who));
	if (!raised) throw new Error('no session');
	const actor = { ...who.actor, steppedUpUntil: raised.until };
	return { ctx: { ...who, actor }, token: raised.token };
}

const isOwn = (own: boolean) => within(w.victim, (tx) => setPrivateDevice(tx, w.victim.actor, own));
const find = (token: string) => sessions.find(t.app, w.forceId, token);

let address = 0;
const opens = async (password: string, as = name) =>
	(
		await signIn(
			{ db: t.app, forceId: w.forceId, keys: testKeys },
			{ name: as, password, source: `198.51.100.${String((address += 1) % 250)}` }
		)
	).ok;

async function acts(): Promise<number> {
	const { rows } = await sql<{ times: number }>`
		select count(*)::integer as times from audit
		where action = 'account.secret_changed' and force_id = ${w.forceId}`.execute(t.owner);
	return rows[0]?.times ?? 0;
}

describe('a password on a device of one’s own', () => {
	beforeEach(() => isOwn(true));

	test('is changed; this session goes on under a new id, all others end', async () => {
		const elsewhere = await session(w.victim);
		const { ctx, token } = await fresh(w.victim);
		const was = await find(token);
		const sent = { token, key: randomUUID() };
		const changed = await ownSecret.setPassword(ctx, sent, after);
		if (!changed.ok) throw new Error(changed.error);
		expect([await find(token), await find(elsewhere)]).toEqual([null, null]);
		const mine = await find(changed.value.token);
		expect(mine?.session).toMatchObject({ view: 'full', steppedUpUntil: null });
		expect(mine?.session.expiresAt).toEqual(was?.session.expiresAt);
		expect([await opens(before), await opens(after)]).toEqual([false, true]);
		expect(await acts()).toBe(1);
	});

	test('pressed twice at once it is changed once, and nothing stays half done', async () => {
		const { ctx, token } = await fresh(w.victim);
		const sent = { token, key: randomUUID() };
		const both = await Promise.all([
			ownSecret.setPassword(ctx, sent, after),
			ownSecret.setPassword(ctx, sent, after)
		]);
		const done = both.filter(({ ok }) => ok);
		expect(done).toHaveLength(1);
		const [one] = done;
		expect(await find(one?.ok ? one.value.token : '')).not.toBeNull();
		expect(await acts()).toBe(1);
	});

	test('is not taken when it is the one in use or the sign-in name, and all stays', async () => {
		const elsewhere = await session(w.victim);
		const { ctx, token } = await fresh(w.victim);
		const tried = (password: string) =>
			ownSecret.setPassword(ctx, { token, key: randomUUID() }, password);
		expect(await tried(before)).toEqual({ ok: false, error: 'now' });
		expect(await tried(` ${name.toUpperCase()}`)).toEqual({ ok: false, error: 'same' });
		expect(await find(elsewhere)).not.toBeNull();
		expect(await find(token)).not.toBeNull();
		expect(await acts()).toBe(0);
	});

	test('without the secret given a moment ago nothing changes, whoever says that it was', async () => {
		const token = await session(w.victim);
		const sent = { token, key: randomUUID() };
		expect(await ownSecret.setPassword(w.victim, sent, after)).toEqual({
			ok: false,
			error: 'gone'
		});
		// The second lock: PostgreSQL looks at the session itself.
		const claims = { ...w.victim.actor, steppedUpUntil: new Date(Date.now() + 60_000) };
		const claimed = await ownSecret.setPassword({ ...w.victim, actor: claims }, sent, after);
		expect(claimed).toEqual({ ok: false, error: 'gone' });
		expect([await opens(before), await acts()]).toEqual([true, 0]);
		expect(await find(token)).not.toBeNull();
	});

	test('words are not offered there', async () => {
		const { ctx, token } = await fresh(w.victim);
		expect(await ownSecret.drawOwnWords(ctx, token)).toEqual({ ok: false, error: 'gone' });
	});
});

describe('words on a device that others use', () => {
	async function drawn() {
		const mine = await fresh(w.victim);
		const offer = await ownSecret.drawOwnWords(mine.ctx, mine.token);
		if (!offer.ok) throw new Error(offer.error);
		const { words, sealed } = offer.value;
		const type = (typed: string, ctx = mine.ctx, token = mine.token) =>
			ownSecret.confirmOwnWords(ctx, { token, key: randomUUID() }, { typed, sealed });
		return { ...mine, words, type };
	}

	test('count once they were typed back, however they are spaced', async () => {
		const { words, type } = await drawn();
		expect(await opens(before)).toBe(true);
		expect(await type('six words but not those')).toEqual({ ok: false, error: 'wrong' });
		const changed = await type(` ${words.toUpperCase().replaceAll(' ', '  ')}`);
		expect(changed.ok).toBe(true);
		expect([await opens(before), await opens(words)]).toEqual([false, true]);
		expect(await acts()).toBe(1);
	});

	test('are nobody else’s, and over after a quarter of an hour', async () => {
		const { words, type } = await drawn();
		await give(w.otherVictim, `other ${randomUUID()}`);
		const other = await fresh(w.otherVictim);
		const theirs = await type(words, other.ctx, other.token);
		expect(theirs).toEqual({ ok: false, error: 'gone' });
		w.now.at = new Date(w.now.at.getTime() + 15 * 60_000);
		expect(await type(words)).toEqual({ ok: false, error: 'gone' });
	});

	test('a password cannot be chosen there', async () => {
		const { ctx, token } = await fresh(w.victim);
		const sent = { token, key: randomUUID() };
		expect(await ownSecret.setPassword(ctx, sent, after)).toEqual({ ok: false, error: 'gone' });
	});
});

describe('staff', () => {
	test('change the password that is kept here', async () => {
		const as = `${name} at work`;
		await give(w.caseworker, as);
		const { ctx, token } = await fresh(w.caseworker);
		expect(await ownSecret.kindFor(ctx, token)).toBe('password');
		const changed = await ownSecret.setPassword(ctx, { token, key: randomUUID() }, after);
		expect(changed.ok).toBe(true);
		expect([await opens(before, as), await opens(after, as)]).toEqual([false, true]);
	});

	test('who come by the force’s accounts have none to change', async () => {
		await t.owner
			.updateTable('account')
			.set({ provider_hash: Buffer.alloc(32, 5) })
			.where('id', '=', w.officer.actor.accountId ?? '')
			.execute();
		const token = await session(w.officer);
		expect(await ownSecret.hasOne(w.officer, token)).toBe(false);
		await expect(ownSecret.kindFor(w.officer, token)).rejects.toMatchObject({ kind: 'not_found' });
	});
});

describe('a way in that changes by whatever way', () => {
	test.each([
		['the password', { password_hash: stored.replace('$argon2id$', '$argon2id$v=') }],
		['the sign-in name', { sign_in_hash: Buffer.alloc(32, 9) }]
	])('%s: every session ends, and every sign-in that waits for its code', async (_, values) => {
		const { forceId } = w;
		const id = w.officer.actor.accountId ?? '';
		const [one, other] = [await session(w.officer), await session(w.officer)];
		const neighbour = await session(w.victim);
		const half = await beginHalf(t.app, forceId, id);
		await sql`update half_sign_in set passed = true where account_id = ${id}`.execute(t.owner);
		await t.owner.updateTable('account').set(values).where('id', '=', id).execute();
		expect([await find(one), await find(other)]).toEqual([null, null]);
		expect(await find(neighbour)).not.toBeNull();
		if ('password_hash' in values) {
			const holder = { db: t.app, forceId, keys: testKeys, token: half };
			const rest = { clock: () => new Date(), requestId: randomUUID() };
			expect(await takeHalf({ ...holder, ...rest })).toBeNull();
		}
	});

	test('the application has no other way to a password than one’s own', async () => {
		const change = within(w.victim, (tx) =>
			sql`update account set password_hash = ${stored} where id = ${w.victim.actor.accountId}`.execute(
				tx
			)
		);
		await expect(change).rejects.toMatchObject({ code: '42501' });
	});
});
