import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Codes } from '#lib/domain/invitation/code.ts';
import * as activation from '#lib/server/accounts/activation.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as me from '#lib/server/me/service.ts';
import { testDatabase } from '../../support/database.ts';
import { testKeys, world, type TestCase, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
let fresh: TestCase;
let outside: activation.Outside;
let address = 0;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	fresh = await w.caseOf(w.officer, null);
	await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
	outside = { db: t.app, forceId: w.forceId, keys: testKeys, requestId: 'test' };
});
afterAll(() => t.close());

// Each try comes from an address of its own, so that only what is meant to slow down does.
const from = () => `192.0.2.${String((address += 1) % 250)}`;
const secret = { name: 'quiet harbour', password: 'lantern orchard nine', own: true };

async function codes(of: TestCase = fresh): Promise<Codes> {
	const made = await invitations.invite(w.officer, of, randomUUID());
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	return made.value;
}

async function ticket(given?: Codes): Promise<string> {
	const begun = await activation.begin(outside, given ?? (await codes()), from());
	if (!begun.ok) throw new Error(begun.error.kind);
	return begun.value.ticket;
}

test('code and second number open a ticket, and a name and password a session', async () => {
	const entered = await activation.withPassword(outside, await ticket(), secret);
	if (!entered.ok) throw new Error(entered.error);
	const found = await sessions.find(t.app, w.forceId, entered.value.token);
	expect(found?.session).toMatchObject({ view: 'plain', accountId: entered.value.accountId });
	const again = await signIn(outside, { ...secret, source: from() });
	expect(again).toMatchObject({ ok: true, value: { role: 'victim', view: 'full' } });
	const shown = await invitations.read(w.officer, fresh);
	expect(shown).toMatchObject({ signsIn: true, invitations: [{ state: 'used' }] });
});

test('words are shown once, must be typed back, and then sign in', async () => {
	const mine = await ticket();
	const drawn = await activation.withWords(outside, mine, 'quiet harbour');
	if (!drawn.ok) throw new Error(drawn.error);
	const { words } = drawn.value;
	expect(words.split(' ')).toHaveLength(6);
	expect(await activation.confirmWords(outside, mine, 'not these at all')).toEqual({
		ok: false,
		error: 'wrong'
	});
	expect((await invitations.read(w.officer, fresh)).signsIn).toBe(false);
	const entered = await activation.confirmWords(outside, mine, words.toUpperCase());
	expect(entered.ok).toBe(true);
	const again = { name: 'quiet harbour', password: words, source: from() };
	expect(await signIn(outside, again)).toMatchObject({ ok: true, value: { view: 'plain' } });
});

describe('the same refusal meets', () => {
	const refused = { ok: false, error: { kind: 'refused' } };
	const tried = (given: Codes) => activation.begin(outside, given, from());

	test('an unknown code', async () => {
		expect(await tried({ code: '000000000000', second: '000000' })).toEqual(refused);
	});
	test('a wrong second number, and after ten of them the right one', async () => {
		const mine = await codes();
		const wrong = { ...mine, second: mine.second === '111111' ? '222222' : '111111' };
		await sql`update invitation set tries = 9 where force_id = ${w.forceId}`.execute(t.owner);
		expect(await tried(wrong)).toEqual(refused);
		expect(await tried(mine)).toEqual(refused);
		const shown = await invitations.read(w.officer, fresh);
		expect(shown.invitations[0]?.state).toBe('worn_out');
	});
	test('a second number of another code', async () => {
		const [mine, other] = [await codes(), await codes(await w.caseOf(w.officer, null))];
		expect(await tried({ code: mine.code, second: other.second })).toEqual(refused);
	});
	test('a code that was ended, and one that another replaced', async () => {
		const first = await codes();
		const second = await codes();
		expect(await tried(first)).toEqual(refused);
		await invitations.revoke(w.officer, fresh, randomUUID());
		expect(await tried(second)).toEqual(refused);
	});
	test('a code that ran out', async () => {
		const mine = await codes();
		await sql`update invitation set made_at = now() - interval '4 days',
			expires_at = now() - interval '1 second' where force_id = ${w.forceId}`.execute(t.owner);
		expect(await tried(mine)).toEqual(refused);
	});
	test('a code that was used', async () => {
		const mine = await codes();
		await activation.withPassword(outside, await ticket(mine), secret);
		expect(await tried(mine)).toEqual(refused);
	});
	test('a code of another force', async () => {
		const mine = await codes();
		const there = await world(t, `force-${randomUUID().slice(0, 8)}`);
		const elsewhere = { ...outside, forceId: there.forceId };
		expect(await activation.begin(elsewhere, mine, from())).toEqual(refused);
	});
});

test('guessing at one code from one address is slowed down', async () => {
	const mine = await codes();
	const wrong = { ...mine, second: mine.second === '111111' ? '222222' : '111111' };
	const kinds: string[] = [];
	for (let n = 0; n < 7; n += 1) {
		const tried = await activation.begin(outside, wrong, '198.51.100.7');
		kinds.push(tried.ok ? 'open' : tried.error.kind);
	}
	expect(kinds.slice(0, 5)).toEqual(Array(5).fill('refused'));
	expect(kinds.at(-1)).toBe('wait');
});

test('of fifty who finish at once with one code, one gets the account', async () => {
	const mine = await ticket();
	const drawn = await activation.withWords(outside, mine, 'quiet harbour');
	if (!drawn.ok) throw new Error(drawn.error);
	const all = await Promise.all(
		Array.from({ length: 50 }, () => activation.confirmWords(outside, mine, drawn.value.words))
	);
	expect(all.filter((one) => one.ok)).toHaveLength(1);
	expect(all.filter((one) => !one.ok && one.error === 'gone')).toHaveLength(49);
	const { rows } = await sql<{ accounts: number }>`select count(*)::int as accounts
		from audit where force_id = ${w.forceId} and action = 'account.made'
			and participation_id = ${fresh.participationId}`.execute(t.owner);
	expect(rows[0]?.accounts).toBe(1);
});

test('a name that somebody has is refused, and the code still good', async () => {
	await activation.withPassword(outside, await ticket(), secret);
	const other = await w.caseOf(w.officer, null);
	const mine = await ticket(await codes(other));
	const taken = await activation.withPassword(outside, mine, { ...secret, name: ' QUIET harbour' });
	expect(taken).toEqual({ ok: false, error: 'taken' });
	const free = await activation.withPassword(outside, mine, { ...secret, name: 'quiet harbour 2' });
	expect(free.ok).toBe(true);
});

test('a ticket ends after a quarter of an hour, and after twenty names', async () => {
	const mine = await ticket();
	await sql`update activation set names_tried = 20`.execute(t.owner);
	const gone = { ok: false, error: 'gone' };
	expect(await activation.withPassword(outside, mine, secret)).toEqual(gone);
	await sql`update activation set names_tried = 0, expires_at = now()`.execute(t.owner);
	expect(await activation.withPassword(outside, mine, secret)).toEqual(gone);
	expect(await activation.find(outside, mine)).toBeNull();
});

test('a stolen table of tickets opens nothing: only hashes are in it', async () => {
	const mine = await ticket();
	const { rows } = await sql<{ id: string }>`select id from activation`.execute(t.owner);
	expect(rows.map(({ id }) => id)).not.toContain(mine);
	expect(await activation.find(outside, rows[0]?.id ?? '')).toBeNull();
});

test('a new way in ends the old one and every session', async () => {
	const first = await activation.withPassword(outside, await ticket(), secret);
	if (!first.ok) throw new Error(first.error);
	w.now.at = new Date(w.now.at.getTime() + 60_000);
	const made = await codes();
	const shown = await invitations.read(w.officer, fresh);
	expect(shown.invitations[0]).toMatchObject({ purpose: 'recovery', state: 'open' });
	const changed = { name: 'quiet harbour', password: 'another way to the sea', own: true };
	const second = await activation.withPassword(outside, await ticket(made), changed);
	expect(second).toMatchObject({ ok: true, value: { accountId: first.value.accountId } });
	expect(await sessions.find(t.app, w.forceId, first.value.token)).toBeNull();
	const { accountId } = first.value;
	const own = { accountId, participationId: fresh.participationId };
	const person = { ...w.victim, actor: { ...w.victim.actor, ...own } };
	expect(await me.recoveries(person)).toHaveLength(1);
	expect(await me.recoveries(w.victim)).toEqual([]);
	expect((await signIn(outside, { ...secret, source: from() })).ok).toBe(false);
	expect((await signIn(outside, { ...changed, source: from() })).ok).toBe(true);
});
