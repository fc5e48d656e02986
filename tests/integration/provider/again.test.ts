import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import { setOut } from '#lib/server/provider/service.ts';
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
});
afterAll(async () => {
	await o.there.stop();
	await t.close();
});
beforeEach(() => o.there.tamper(null));

describe('being asked again', () => {
	test('confirms the session, under a new token, for the person whose it is', async () => {
		o.there.put({ subject: 'a-1', roles: ['wm-officers'] });
		const { token } = await o.arrive('a-1');
		const again = { session: sessions.hashOf(token), to: '/cases' };
		const back = await o.come('a-1', { token, again });
		if (!back.ok) throw new Error(back.error.why);
		expect(back.value).toMatchObject({ kind: 'again', to: '/cases' });
		const found = await sessions.find(t.app, w.forceId, back.value.token);
		expect(found && sessions.steppedUp(found.session)).toBe(true);
		expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	});

	test('asks at the provider too, however lately somebody signed in there', async () => {
		o.there.put({ subject: 'a-2', roles: ['wm-officers'] });
		const by = browser(o.there, origin);
		const first = await o.come('a-2', { by });
		if (!first.ok) throw new Error(first.error.why);
		const { token } = first.value;
		const set = await setOut(o.outside, { session: sessions.hashOf(token), to: '/' });
		if (!set.ok) throw new Error(set.error.why);
		expect(set.value.address.searchParams.get('prompt')).toBe('login');
		expect(set.value.address.searchParams.get('max_age')).toBe('0');
	});

	test('does not confirm on the strength of an old sign-in there', async () => {
		o.there.put({ subject: 'a-3', roles: ['wm-officers'] });
		const { token } = await o.arrive('a-3');
		o.there.tamper((claims, sign) => sign({ ...claims, auth_time: Number(claims.iat) - 120 }));
		const again = { session: sessions.hashOf(token), to: '/' };
		expect(await o.come('a-3', { token, again })).toMatchObject({ ok: false });
		const found = await sessions.find(t.app, w.forceId, token);
		expect(found && sessions.steppedUp(found.session)).toBe(false);
	});

	test('does not confirm with a password alone', async () => {
		o.there.put({ subject: 'a-6', roles: ['wm-officers'] });
		const { token } = await o.arrive('a-6');
		o.there.put({ subject: 'a-6', roles: ['wm-officers'], amr: ['pwd'] });
		const again = { session: sessions.hashOf(token), to: '/' };
		expect(await o.come('a-6', { token, again })).toMatchObject({ ok: false });
	});

	test('does not confirm a session of somebody else, nor one that is not brought along', async () => {
		o.there.put({ subject: 'a-4', roles: ['wm-officers'] });
		o.there.put({ subject: 'a-5', roles: ['wm-officers'] });
		const { token } = await o.arrive('a-4');
		const again = { session: sessions.hashOf(token), to: '/' };
		expect(await o.come('a-5', { token, again })).toMatchObject({ ok: false });
		expect(await o.come('a-4', { again })).toMatchObject({ ok: false });
		const other = await o.arrive('a-5');
		expect(await o.come('a-4', { token: other.token, again })).toMatchObject({ ok: false });
	});
});
