import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as passwords from '#lib/server/auth/password.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { confirmSecret } from '#lib/server/me/secret.ts';
import * as safety from '#lib/server/safety/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { beginWaits, forget } from '../auth/throttled.ts';

const t = await testDatabase();
const right = 'lantern orchard nine';
let w: World;
let token: string;

beforeAll(async () => {
	w = await world(t);
	const password_hash = await passwords.hash(right);
	const { accountId } = w.victim.actor;
	await t.owner
		.updateTable('account')
		.set({ password_hash })
		.where('id', '=', accountId ?? '')
		.execute();
});
beforeEach(async () => {
	await forget(t);
	const { forceId, accountId } = w.victim.actor;
	const issued = { db: t.app, forceId, accountId: accountId ?? '' };
	token = (await sessions.issue({ ...issued, view: 'full' })).token;
});
afterAll(() => t.close());

const confirm = (password: string) =>
	confirmSecret(w.victim, { token, password, source: '192.0.2.1' });

test('the right secret opens what is of class C, and the session goes on under a new token', async () => {
	expect(await safety.read(w.victim)).toEqual({ ok: false, error: 'step_up' });
	const confirmed = await confirm(right);
	if (!confirmed.ok) throw new Error('refused');
	expect((await safety.read(confirmed.value.ctx)).ok).toBe(true);
	expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	expect(await sessions.find(t.app, w.forceId, confirmed.value.token)).not.toBeNull();
});

test('a wrong secret is refused at the password, and guessing has to wait', async () => {
	expect(await confirm('wrong')).toEqual({
		ok: false,
		error: { status: 422, problem: { field: 'password', key: 'victim:check.error.refused' } }
	});
	for (let guess = 0; guess < 5; guess += 1) await confirm('wrong');
	await beginWaits(t);
	expect(await confirm(right)).toMatchObject({
		error: { status: 429, problem: { field: 'password', key: 'common:error.wait' } }
	});
});

test('without a session there is nothing to open', async () => {
	const given = { token: undefined, password: right, source: '192.0.2.1' };
	await expect(confirmSecret(w.victim, given)).rejects.toMatchObject({ kind: 'not_found' });
});
