import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import * as work from '#lib/server/cases/work.ts';
import * as contact from '#lib/server/contact/service.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as me from '#lib/server/me/service.ts';
import * as checking from '#lib/server/reach/checking.ts';
import * as reach from '#lib/server/reach/service.ts';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import * as safety from '#lib/server/safety/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { ask, keep, shown, steppedUp, stored, written } from './people.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

const confirm = (told: checking.Checked, ctx: Ctx = w.officer, key: string = randomUUID()) =>
	checking.confirm(ctx, w.case, told, key);
const refuse = (change: string, ctx: Ctx = w.officer) =>
	checking.refuse(ctx, w.case, { change, words: 'We could not check this.' }, randomUUID());
const inUse = async () => (await checking.read(w.officer, w.case)).standing;

test('an officer is shown what is held, instead of what, by when, and the safe routes', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	await ask(w, w.victim, 'text', '07700 900002', { safe: 'unknown' });
	expect((await checking.read(w.officer, w.case)).held).toMatchObject({
		...{ channel: 'text', value: '07700 900002', safe: 'unknown', state: 'held' },
		...{ dueAt: new Date('2026-11-24T17:00:00Z'), instead: { value: '07700 900001' } },
		routes: ['in_person', 'text']
	});
	const [looked] = await me.looked(w.victim);
	expect(looked?.by).toMatchObject([{ role: 'officer', times: 1 }]);
});

test('confirmed, it takes the place of what was in use, with words that are sealed', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	await ask(w, w.victim, 'text', '07700 900002');
	expect((await confirm(await shown(w.officer, w.case))).ok).toBe(true);
	expect(await inUse()).toMatchObject([{ value: '07700 900002', safe: 'safe' }]);
	const [row] = await stored(t, w.case);
	expect(row).toMatchObject({ state: 'confirmed', route: 'in_person' });
	expect(JSON.stringify(row)).not.toContain('station');
	expect(await written(t, w.case)).toEqual(['contact.asked', 'contact.confirmed']);
	const own = await reach.read(steppedUp(w, w.victim));
	expect(own.ways[1]).toMatchObject({
		...{ value: '07700 900002' },
		change: { state: 'confirmed', settledBy: w.officer.actor.label, words: null }
	});
});

test('what the officer heard about its safety is what is kept', async () => {
	await ask(w, w.victim, 'text', '07700 900002', { safe: 'safe' });
	await confirm({ ...(await shown(w.officer, w.case)), safe: 'unsafe' });
	expect(await inUse()).toMatchObject([{ value: '07700 900002', safe: 'unsafe' }]);
});

test('refused, it changes nothing, and the person reads why', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	await ask(w, w.victim, 'text', '07700 900002');
	const { change } = await shown(w.officer, w.case);
	expect((await refuse(change)).ok).toBe(true);
	expect(await inUse()).toMatchObject([{ value: '07700 900001' }]);
	const own = await reach.read(steppedUp(w, w.victim));
	expect(own.ways[1]?.change).toMatchObject({
		...{ state: 'refused', words: 'We could not check this.' }
	});
	expect(JSON.stringify(await reach.read(w.victim))).not.toContain('could not check');
	expect(JSON.stringify(await stored(t, w.case))).not.toContain('could not check');
});

test('a route that was not known to be safe before confirms nothing', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	// Whoever holds the account opens a route afterwards; it does not count.
	w.now.at = new Date('2026-11-23T10:05:00Z');
	const rules = wholeRules({ safe: ['call'], hours: 'any' });
	await safety.save(steppedUp(w, w.victim), rules, 0);
	const told = await shown(w.officer, w.case);
	expect(await confirm({ ...told, route: 'call' })).toEqual({ ok: false, error: 'route' });
	expect(await confirm({ ...told, route: 'text' })).toEqual({ ok: false, error: 'route' });
	expect(await inUse()).toEqual([]);
	// The control: the same plan counts for what is asked after it.
	w.now.at = new Date('2026-11-23T10:10:00Z');
	await ask(w, w.victim, 'text', '07700 900003');
	expect((await confirm({ ...(await shown(w.officer, w.case)), route: 'call' })).ok).toBe(true);
});

test('two officers at once confirm it once, and the second is told', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const told = await shown(w.officer, w.case);
	const both = [w.officer, w.supervisor, w.officer, w.supervisor].map((ctx) => confirm(told, ctx));
	const outcomes = await Promise.all(both);
	expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
	expect(outcomes.filter((one) => !one.ok && one.error === 'stale')).toHaveLength(3);
	expect(await inUse()).toHaveLength(1);
	expect((await written(t, w.case)).filter((one) => one === 'contact.confirmed')).toHaveLength(1);
});

test('one form pressed twice confirms once and is no clash with itself', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const told = await shown(w.officer, w.case);
	const key = randomUUID();
	const twice = await Promise.all([1, 2].map(() => confirm(told, w.officer, key)));
	expect(twice.every((one) => one.ok)).toBe(true);
	expect(await inUse()).toHaveLength(1);
});

test('what was taken back, replaced or settled meanwhile is stale, and nothing is done', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const first = await shown(w.officer, w.case);
	w.now.at = new Date('2026-11-23T10:05:00Z');
	await ask(w, w.victim, 'text', '07700 900003');
	expect(await confirm(first)).toEqual({ ok: false, error: 'stale' });
	expect(await refuse(first.change)).toEqual({ ok: false, error: 'stale' });
	const second = await shown(w.officer, w.case);
	await reach.withdraw(steppedUp(w, w.victim), second.change, randomUUID());
	expect(await confirm(second)).toEqual({ ok: false, error: 'stale' });
	expect(await inUse()).toEqual([]);
});

test('it is stale when a colleague recorded another address meanwhile', async () => {
	await ask(w, w.victim, 'mail', 'new@example.com');
	const told = await shown(w.officer, w.case);
	const mail = { address: 'other@example.com' as never, safe: true, version: '' };
	await contact.confirmMail(w.officer, w.case.person, mail, randomUUID());
	expect(await confirm(told)).toEqual({ ok: false, error: 'stale' });
	expect(await inUse()).toMatchObject([{ value: 'other@example.com' }]);
	expect((await confirm(await shown(w.officer, w.case))).ok).toBe(true);
	expect(await inUse()).toMatchObject([{ value: 'new@example.com' }]);
});

test('it waits in my work with its clock, and above all else once it is late', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	await ask(w, w.victim, 'call', '07700 900002');
	const mine = await work.list(w.officer);
	expect(mine.lines.filter((line) => line.kind === 'reach')).toMatchObject([
		{
			...{ href: `/cases/${w.case.reference}/${w.case.person}/reach`, urgency: 'week' },
			...{ dueAt: new Date('2026-11-24T17:00:00Z'), limits: [{}, {}] }
		}
	]);
	expect(JSON.stringify(mine)).not.toContain('07700');
	const other = await work.list(w.otherOfficer);
	expect(other.lines.some((line) => line.kind === 'reach')).toBe(false);
	const late = { ...w.officer, clock: () => new Date('2026-12-20T10:00:00Z') };
	expect((await work.list(late)).lines[0]?.kind).toBe('reach');
	await confirm(await shown(w.officer, w.case));
	await confirm(await shown(w.officer, w.case));
	expect((await work.list(w.officer)).lines.some((line) => line.kind === 'reach')).toBe(false);
});

test('nobody else sees or settles it, and row security alone keeps them out', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const told = await shown(w.officer, w.case);
	const others = [w.otherOfficer, w.caseworker, w.victim, await w.person('agency_desk')];
	for (const ctx of others) {
		const gone = { kind: 'not_found' };
		await expect(checking.read(ctx, w.case)).rejects.toMatchObject(gone);
		await expect(confirm(told, ctx)).rejects.toMatchObject(gone);
		await expect(refuse(told.change, ctx)).rejects.toMatchObject(gone);
	}
	const changed = await within(w.otherOfficer, (tx) =>
		tx
			.updateTable('contact_change')
			.set({ state: 'refused', words_sealed: 'eyJ', settled_at: w.now.at })
			.set({ settled_by: w.otherOfficer.actor.accountId })
			.executeTakeFirst()
	);
	expect(changed.numUpdatedRows).toBe(0n);
	expect(await stored(t, w.case)).toMatchObject([{ state: 'held' }]);
});
