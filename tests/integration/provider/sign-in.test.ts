import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as secondStep from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { cameByProvider, comeBack, setOut } from '#lib/server/provider/service.ts';
import { openForForce } from '#lib/server/sealing/seal.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { testKeys, world, type World } from '../../support/world.ts';
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
beforeEach(() => {
	o.there.tamper(null);
	o.now.at = new Date();
});

const account = (id: string) =>
	t.owner
		.selectFrom('account')
		.select([
			'role',
			'team_id',
			'desk_id',
			'staff_label',
			'contact_sealed',
			'state',
			'controller_id'
		])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();

const audited = async (id: string) => {
	const rows = await t.owner
		.selectFrom('audit')
		.select('action')
		.where('subject_id', '=', id)
		.orderBy('at')
		.execute();
	return rows.map(({ action }) => action);
};

describe('somebody of the force', () => {
	test('gets an account at the first sign-in, in the role of their claims and without a place', async () => {
		o.there.put({
			subject: 'u-1',
			roles: ['wm-officers'],
			label: 'PC 4021',
			mail: 'pc4021@example.com'
		});
		const { accountId, token, role } = await o.arrive('u-1');
		expect(role).toBe('officer');
		const made = await account(accountId);
		expect(made).toMatchObject({ role: 'officer', team_id: null, desk_id: null, state: 'active' });
		expect(made).toMatchObject({ staff_label: 'PC 4021', controller_id: w.forceControllerId });
		expect(await openForForce(testKeys, made.contact_sealed ?? '')).toEqual({
			mail: 'pc4021@example.com'
		});
		expect(await audited(accountId)).toEqual(['account.made', 'session.began']);
		const found = await sessions.find(t.app, w.forceId, token);
		expect(found?.account).toMatchObject({ id: accountId, role: 'officer', teamId: null });
		expect(await cameByProvider(t.app, w.forceId, token)).toBe(true);
	});

	test('comes back to the same account, by issuer and subject alone', async () => {
		o.there.put({
			subject: 'u-2',
			roles: ['wm-officers'],
			label: 'PC 1',
			mail: 'shared@example.com'
		});
		o.there.put({
			subject: 'u-3',
			roles: ['wm-officers'],
			label: 'PC 1',
			mail: 'shared@example.com'
		});
		const first = await o.arrive('u-2');
		const other = await o.arrive('u-3');
		o.there.put({ subject: 'u-2', roles: ['wm-officers'], label: 'PC 9', mail: 'new@example.com' });
		const again = await o.arrive('u-2');
		expect(again.accountId).toBe(first.accountId);
		expect(other.accountId).not.toBe(first.accountId);
		expect(await audited(first.accountId)).toEqual([
			'account.made',
			'session.began',
			'session.began'
		]);
	});

	test('ten at once for the first time make one account', async () => {
		o.there.put({ subject: 'u-4', roles: ['wm-officers'] });
		const all = await Promise.all(Array.from({ length: 10 }, () => o.arrive('u-4')));
		expect(new Set(all.map(({ accountId }) => accountId)).size).toBe(1);
		const made = await audited(all[0]?.accountId ?? '');
		expect(made.filter((action) => action === 'account.made')).toHaveLength(1);
	});

	test('ends the session that the browser brought along', async () => {
		o.there.put({ subject: 'u-5', roles: ['wm-officers'] });
		const first = await o.arrive('u-5');
		await o.arrive('u-5', first.token);
		expect(await sessions.find(t.app, w.forceId, first.token)).toBeNull();
	});

	test('takes our second step where the provider names none, and has no session before it', async () => {
		o.there.put({ subject: 'u-6', roles: ['wm-care'], amr: ['pwd'] });
		const arrived = await o.come('u-6');
		if (!arrived.ok || arrived.value.kind !== 'half') throw new Error('not half');
		const { token, accountId } = arrived.value;
		expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
		expect(await sessions.count(t.app, w.forceId, accountId)).toBe(0);
		const step = await secondStep.find({ ...o.outside, token });
		expect(step).toMatchObject({ accountId, role: 'caseworker', since: null, passed: false });
	});

	test('whose role has changed loses sessions, team and desk with it', async () => {
		o.there.put({ subject: 'u-7', roles: ['wm-officers'] });
		const { accountId } = await o.arrive('u-7');
		await t.owner
			.updateTable('account')
			.set({ team_id: w.teamId })
			.where('id', '=', accountId)
			.execute();
		const placed = await o.arrive('u-7');
		o.there.put({ subject: 'u-7', roles: ['wm-officers', 'wm-supervisors'] });
		const raised = await o.arrive('u-7');
		expect(raised).toMatchObject({ accountId, role: 'supervisor' });
		expect(await account(accountId)).toMatchObject({ role: 'supervisor', team_id: null });
		expect(await sessions.find(t.app, w.forceId, placed.token)).toBeNull();
		expect(await audited(accountId)).toContain('account.changed');
	});

	test.each(['team_id', 'desk_id'] as const)('whose %s changes is signed out', async (column) => {
		o.there.put({ subject: `place-${column}`, roles: ['wm-officers'] });
		const { accountId, token } = await o.arrive(`place-${column}`);
		const value = column === 'team_id' ? w.teamId : w.policeDeskId;
		await t.owner
			.updateTable('account')
			.set({ [column]: value })
			.where('id', '=', accountId)
			.execute();
		expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	});
});

describe('one refusal meets', () => {
	const refused = { ok: false, error: { kind: 'refused' } };

	test.each([
		['a role that nobody mapped', { roles: ['wm-canteen'] }],
		['no role at all', { roles: [] }],
		['somebody of another force', { roles: ['wm-officers'], tenant: 'northshire' }]
	])('%s', async (name, colleague) => {
		o.there.put({ subject: name, ...colleague });
		expect(await o.come(name)).toMatchObject(refused);
	});

	test.each(['suspended', 'ended'] as const)('an account that is %s', async (state) => {
		o.there.put({ subject: state, roles: ['wm-officers'] });
		const { accountId, token } = await o.arrive(state);
		await t.owner.updateTable('account').set({ state }).where('id', '=', accountId).execute();
		expect(await o.come(state)).toMatchObject(refused);
		expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	});
});

test('a way back that took more than ten minutes is refused', async () => {
	o.there.put({ subject: 'slow', roles: ['wm-officers'] });
	const set = await setOut(o.outside);
	if (!set.ok) throw new Error(set.error.why);
	const { search } = await browser(o.there, origin).visit(set.value.address, 'slow');
	o.now.at = new Date(o.now.at.getTime() + 601_000);
	const back = { search, cookie: set.value.cookie, token: undefined };
	expect(await comeBack(o.outside, back)).toMatchObject({ ok: false, error: { kind: 'refused' } });
});

test('with a key in place of a secret it is the same', async () => {
	const keyed = await office(t, w.forceId, 'envWithKey');
	keyed.there.put({ subject: 'keyed', roles: ['wm-officers'] });
	expect(await keyed.come('keyed')).toMatchObject({ ok: true, value: { role: 'officer' } });
	await keyed.there.stop();
});

test('a provider that does not answer is told apart, before and after', async () => {
	const gone = await office(t, w.forceId);
	gone.there.put({ subject: 'late', roles: ['wm-officers'] });
	const set = await setOut(gone.outside);
	if (!set.ok) throw new Error(set.error.why);
	const { search } = await browser(gone.there, origin).visit(set.value.address, 'late');
	await gone.there.stop();
	const away = { ok: false, error: { kind: 'away' } };
	const back = { search, cookie: set.value.cookie, token: undefined };
	expect(await comeBack(gone.outside, back)).toMatchObject(away);
	// An hour later its addresses are asked for once more.
	gone.now.at = new Date(gone.now.at.getTime() + 3_700_000);
	expect(await setOut(gone.outside)).toMatchObject(away);
});
