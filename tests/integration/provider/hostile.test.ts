import { generateKeyPair, SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comeBack, setOut } from '#lib/server/provider/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { browser } from './browser.ts';
import { office, origin, type Office } from './office.ts';

let t: TestDatabase;
let w: World;
let o: Office;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	o = await office(t, w.forceId);
	o.there.put({ subject: 'u-1', roles: ['wm-officers'] });
	o.there.put({ subject: 'u-2', roles: ['wm-supervisors'] });
});
afterAll(async () => {
	await o.there.stop();
	await t.close();
});
beforeEach(() => o.there.tamper(null));

const refused = { ok: false, error: { kind: 'refused' } };

/** One way there and back, as far as the door. */
async function toTheDoor(subject = 'u-1') {
	const set = await setOut(o.outside);
	if (!set.ok) throw new Error(set.error.why);
	const { search } = await browser(o.there, origin).visit(set.value.address, subject);
	return { search, cookie: set.value.cookie, token: undefined };
}

/** How many sessions there are: whatever was refused must have made none. */
async function count(): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from session`.execute(
		t.owner
	);
	return rows[0]?.n ?? 0;
}

async function meetsRefusal(work: () => Promise<unknown>): Promise<void> {
	const before = await count();
	expect(await work()).toMatchObject(refused);
	expect(await count()).toBe(before);
}

test('the way back is good without anybody tampering: the control of what follows', async () => {
	o.there.tamper((claims, sign) => sign(claims));
	expect(await comeBack(o.outside, await toTheDoor())).toMatchObject({ ok: true });
});

describe('the way back is refused', () => {
	test('a second time, whole as it was, and of twenty at once to all but one', async () => {
		const back = await toTheDoor();
		const all = await Promise.all(Array.from({ length: 20 }, () => comeBack(o.outside, back)));
		expect(all.filter((one) => one.ok)).toHaveLength(1);
		await meetsRefusal(() => comeBack(o.outside, back));
	});

	test('with a code that was used, under a state of its own', async () => {
		const first = await toTheDoor();
		await comeBack(o.outside, first);
		const second = await toTheDoor();
		const code = new URLSearchParams(first.search).get('code') ?? '';
		const mixed = new URLSearchParams(second.search);
		mixed.set('code', code);
		await meetsRefusal(() => comeBack(o.outside, { ...second, search: `?${mixed.toString()}` }));
	});

	test('with a code that somebody else fetched: the verifier is not theirs', async () => {
		const [mine, theirs] = [await toTheDoor('u-1'), await toTheDoor('u-2')];
		const mixed = new URLSearchParams(mine.search);
		mixed.set('code', new URLSearchParams(theirs.search).get('code') ?? '');
		await meetsRefusal(() => comeBack(o.outside, { ...mine, search: `?${mixed.toString()}` }));
	});

	test('with the cookie of another way, without one, and with one of our other seals', async () => {
		const [first, second] = [await toTheDoor(), await toTheDoor()];
		await meetsRefusal(() => comeBack(o.outside, { ...first, cookie: second.cookie }));
		await meetsRefusal(() => comeBack(o.outside, { ...second, cookie: undefined }));
		await meetsRefusal(() => comeBack(o.outside, { ...second, cookie: 'eyJhbGciOiJkaXIifQ' }));
	});

	test.each([
		['state', 'another'],
		['iss', 'https://elsewhere.example.com'],
		['code', 'guessed']
	])('with another %s in the address', async (name, value) => {
		const back = await toTheDoor();
		const query = new URLSearchParams(back.search);
		query.set(name, value);
		await meetsRefusal(() => comeBack(o.outside, { ...back, search: `?${query.toString()}` }));
	});

	test('without the issuer in the address, which this provider always names', async () => {
		const back = await toTheDoor();
		const query = new URLSearchParams(back.search);
		query.delete('iss');
		await meetsRefusal(() => comeBack(o.outside, { ...back, search: `?${query.toString()}` }));
	});

	test('with a state given twice', async () => {
		const back = await toTheDoor();
		await meetsRefusal(() => comeBack(o.outside, { ...back, search: `${back.search}&state=x` }));
	});

	test('when the provider itself says no', async () => {
		const { cookie } = await toTheDoor();
		const search = '?error=access_denied&error_description=Sam+Example+is+on+leave&state=x';
		await meetsRefusal(() => comeBack(o.outside, { search, cookie, token: undefined }));
	});
});

describe('an ID token is refused', () => {
	const hour = 3600;
	test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
		['with another nonce', (claims) => ({ ...claims, nonce: 'another' })],
		['without a nonce', ({ nonce: _, ...claims }) => claims],
		['of another issuer', (claims) => ({ ...claims, iss: 'https://elsewhere.example.com' })],
		['for another client', (claims) => ({ ...claims, aud: 'somebody-else' })],
		['that has run out', (claims) => ({ ...claims, exp: Number(claims.iat) - hour })],
		['of a time to come', (claims) => ({ ...claims, nbf: Number(claims.iat) + hour })],
		['without a subject', ({ sub: _, ...claims }) => claims]
	])('%s', async (_name, change) => {
		const back = await toTheDoor();
		o.there.tamper((claims, sign) => sign(change(claims)));
		await meetsRefusal(() => comeBack(o.outside, back));
	});

	test('with the algorithm none', async () => {
		const back = await toTheDoor();
		const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
		o.there.tamper(async (claims) => `${part({ alg: 'none' })}.${part(claims)}.`);
		await meetsRefusal(() => comeBack(o.outside, back));
	});

	test('signed with our client secret in place of the provider’s key', async () => {
		const back = await toTheDoor();
		const secret = Buffer.from('a secret of the made-up force');
		o.there.tamper((claims) =>
			new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret)
		);
		await meetsRefusal(() => comeBack(o.outside, back));
	});

	test('signed with a key that is not the provider’s', async () => {
		const back = await toTheDoor();
		const { privateKey } = await generateKeyPair('RS256');
		o.there.tamper((claims) =>
			new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(privateKey)
		);
		await meetsRefusal(() => comeBack(o.outside, back));
	});

	test('that was changed after it was signed', async () => {
		const back = await toTheDoor();
		o.there.tamper(async (claims, sign) => {
			const [head, , tail] = (await sign(claims)).split('.');
			const more = { ...claims, groups: ['wm-supervisors'] };
			return [head, Buffer.from(JSON.stringify(more)).toString('base64url'), tail].join('.');
		});
		await meetsRefusal(() => comeBack(o.outside, back));
	});
});
