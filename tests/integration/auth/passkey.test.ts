import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as passkeys from '#lib/server/auth/passkey.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import { confirm } from '#lib/server/auth/step-up.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addAccount, addForce, keys, rightPassword } from './people.ts';
import { device, type Device } from './device.ts';

let t: TestDatabase;
let site: passkeys.Site;
let number = 0;
const origin = 'https://passkeys.example';

beforeAll(async () => {
	t = await testDatabase();
	site = { db: t.app, forceId: await addForce(t, 'passkeys'), origin };
});
afterAll(() => t.close());

/** A victim on a device of their own, in a session in which the secret was given again. */
async function person(more: { private_device?: boolean } = {}) {
	const name = `person ${String((number += 1))}`;
	const id = await addAccount(t, site.forceId, { name, private_device: true, ...more });
	const place = { db: t.app, forceId: site.forceId, keys };
	const source = `192.0.2.${String(number)}`;
	const entered = await signIn(place, { name, password: rightPassword, source });
	if (!entered.ok) throw new Error('refused');
	const { token } = entered.value;
	const raised = await confirm(place, { token, password: rightPassword, source });
	if (!raised.ok) throw new Error('refused');
	return { id, token: raised.value.token };
}

async function withPasskey(): Promise<{ id: string; token: string; phone: Device }> {
	const one = await person();
	const phone = device(origin);
	const options = await passkeys.askToAdd(site, one.token);
	expect(await passkeys.add(site, one.token, phone.make(options))).toBe(true);
	return { ...one, phone };
}

test('a passkey is made and signs in, under a name that says nothing', async () => {
	const one = await person();
	const phone = device(origin);
	const options = await passkeys.askToAdd(site, one.token);
	expect([options.rp.name, options.user.name, options.user.displayName]).toEqual([
		...['Account', 'Account', 'Account']
	]);
	expect(await passkeys.add(site, one.token, phone.make(options))).toBe(true);
	const asked = await passkeys.askForSignIn(site);
	const found = await passkeys.signedInBy(site, phone.answer(asked));
	expect(found).toMatchObject({ accountId: one.id, role: 'victim', privateDevice: true });
	expect(await passkeys.list(site, one.token)).toMatchObject([{ usedAt: expect.any(Date) }]);
});

test('an answer is taken once, and of several at once one is', async () => {
	const { phone } = await withPasskey();
	const answer = phone.answer(await passkeys.askForSignIn(site));
	const all = await Promise.all(Array.from({ length: 6 }, () => passkeys.signedInBy(site, answer)));
	expect(all.filter(Boolean)).toHaveLength(1);
	expect(await passkeys.signedInBy(site, answer)).toBeNull();
});

test('one refusal meets whatever is not right', async () => {
	const { phone, token } = await withPasskey();
	const ask = () => passkeys.askForSignIn(site);
	const wrong = [
		device(origin).answer(await ask()),
		phone.answer({ ...(await ask()), challenge: randomBytes(32).toString('base64url') }),
		phone.answer(await ask(), { origin: 'https://evil.example' }),
		phone.answer(await ask(), { userVerified: false }),
		phone.answer(await ask(), { forged: true }),
		// Made for another purpose.
		phone.answer(await passkeys.askForSecondStep(site, token)),
		...['', 'null', '[]', '{"id":1}', '{"id":"AAAAAAAAAAAAAAAAAAAAAA"}', '{', '"😀"']
	];
	for (const answer of wrong) expect(await passkeys.signedInBy(site, answer)).toBeNull();
	expect(await passkeys.signedInBy(site, phone.answer(await ask()))).not.toBeNull();
});

test('a challenge runs out after five minutes', async () => {
	const { phone } = await withPasskey();
	const options = await passkeys.askForSignIn(site);
	const id = createHash('sha256').update(options.challenge).digest('hex');
	await sql`update passkey_challenge set expires_at = now() where id = ${id}`.execute(t.owner);
	expect(await passkeys.signedInBy(site, phone.answer(options))).toBeNull();
});

test('a copy whose count does not rise is refused', async () => {
	const { phone } = await withPasskey();
	expect(
		await passkeys.signedInBy(site, phone.answer(await passkeys.askForSignIn(site), { count: 5 }))
	).not.toBeNull();
	expect(
		await passkeys.signedInBy(site, phone.answer(await passkeys.askForSignIn(site), { count: 5 }))
	).toBeNull();
});

test('none is kept on a shared device, without the secret, or beyond the fifth', async () => {
	const shared = await person({ private_device: false });
	const made = async (token: string) =>
		passkeys.add(site, token, device(origin).make(await passkeys.askToAdd(site, token)));
	expect(await made(shared.token)).toBe(false);
	const own = await person();
	for (let count = 0; count < 5; count += 1) expect(await made(own.token)).toBe(true);
	expect(await made(own.token)).toBe(false);
	await sql`delete from step_up where force_id = ${site.forceId}`.execute(t.owner);
	const [first] = await passkeys.list(site, own.token);
	expect(await passkeys.remove(site, own.token, first?.id ?? '')).toBe(false);
	expect(await made((await person()).token)).toBe(true);
});

test('a passkey made for one session cannot be kept by another', async () => {
	const [one, other] = [await person(), await person()];
	const answer = device(origin).make(await passkeys.askToAdd(site, one.token));
	expect(await passkeys.add(site, other.token, answer)).toBe(false);
});

test('saying that others use the device ends every passkey, and nobody removes another’s', async () => {
	const [one, other] = [await withPasskey(), await withPasskey()];
	const [theirs] = await passkeys.list(site, other.token);
	expect(await passkeys.remove(site, one.token, theirs?.id ?? '')).toBe(false);
	await sql`update account set private_device = false where id = ${one.id}`.execute(t.owner);
	expect(await passkeys.list(site, one.token)).toEqual([]);
	const asked = await passkeys.askForSignIn(site);
	expect(await passkeys.signedInBy(site, one.phone.answer(asked))).toBeNull();
	expect(await passkeys.list(site, other.token)).toHaveLength(1);
});

test('a passkey stands in for a code of its own account, and for no other', async () => {
	const [one, other] = [await withPasskey(), await withPasskey()];
	const half = await secondStep.beginHalf(t.app, site.forceId, one.id);
	const theirs = other.phone.answer(await passkeys.askForSecondStep(site, half));
	expect(await passkeys.passedBy(site, half, theirs)).toBe(false);
	const mine = one.phone.answer(await passkeys.askForSecondStep(site, half));
	expect(await passkeys.passedBy(site, half, mine)).toBe(true);
	const more = { keys, clock: () => new Date(), requestId: 'test' };
	const holder = { ...more, db: t.app, forceId: site.forceId, token: half };
	expect(await secondStep.takeHalf(holder)).toMatchObject({ accountId: one.id });
});
