import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { within, type Ctx } from '#lib/server/context.ts';
import * as reach from '#lib/server/reach/service.ts';
import { testDatabase } from '../../support/database.ts';
import { about, world, type World } from '../../support/world.ts';
import { ask, keep, standIn, steppedUp, stored, written } from './people.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

const ways = async (ctx: Ctx) => (await reach.read(steppedUp(w, ctx))).ways;
const text = async (ctx: Ctx) => (await ways(ctx)).find((way) => way.channel === 'text');

test('how one is reached is shown only after the secret was given again', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	await ask(w, w.victim, 'text', '07700 900002');
	const closed = await reach.read(w.victim);
	expect(JSON.stringify(closed)).not.toContain('07700');
	expect(closed.ways.map(({ channel, kept }) => [channel, kept])).toEqual([
		...[['mail', false] as const, ['text', true] as const],
		...[['call', false] as const, ['post', false] as const]
	]);
	expect(closed.ways[1]).toMatchObject({ safe: null, change: { state: 'held', value: null } });
	expect(await text(w.victim)).toMatchObject({
		...{ value: '07700 900001', safe: 'safe' },
		change: { state: 'held', value: '07700 900002' }
	});
	expect(await written(t, w.case)).toEqual(['contact.asked', 'contact.revealed']);
});

test('what is asked for is held, sealed, with a clock, and changes nothing', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	expect((await ask(w, w.victim, 'text', '07700 900002')).ok).toBe(true);
	const [row] = await stored(t, w.case);
	expect(row).toMatchObject({ state: 'held', due_at: new Date('2026-11-24T17:00:00Z') });
	expect(JSON.stringify(row)).not.toContain('900002');
	expect((await text(w.victim))?.value).toBe('07700 900001');
});

test('without the secret nothing is asked for and nothing taken back', async () => {
	const asked = { channel: 'text', value: '07700 900002', safe: 'safe' } as const;
	expect(await reach.ask(w.victim, asked, randomUUID())).toEqual({ ok: false, error: 'step_up' });
	await ask(w, w.victim, 'text', '07700 900002');
	const [row] = await stored(t, w.case);
	const tried = await reach.withdraw(w.victim, row?.id ?? '', randomUUID());
	expect(tried).toEqual({ ok: false, error: 'step_up' });
	expect(await stored(t, w.case)).toMatchObject([{ state: 'held' }]);
});

test('a second change takes the place of the first for the same way, and of no other', async () => {
	await ask(w, w.victim, 'post', '1 High Street, Midshire');
	await ask(w, w.victim, 'text', '07700 900002');
	w.now.at = new Date('2026-11-23T11:00:00Z');
	await ask(w, w.victim, 'text', '07700 900003');
	const states = (await stored(t, w.case)).map(({ channel, state }) => `${channel} ${state}`);
	expect(states.sort()).toEqual(['post held', 'text held', 'text replaced']);
	expect((await text(w.victim))?.change?.value).toBe('07700 900003');
});

test('of ten changes at once one is held', async () => {
	const all = Array.from({ length: 10 }, (_, n) => ask(w, w.victim, 'text', `07700 90000${n}`));
	expect((await Promise.all(all)).every((one) => one.ok)).toBe(true);
	const states = (await stored(t, w.case)).map(({ state }) => state);
	expect(states.filter((state) => state === 'held')).toHaveLength(1);
	expect(states.filter((state) => state === 'replaced')).toHaveLength(9);
});

test('one form pressed twice asks once', async () => {
	const key = randomUUID();
	await Promise.all([1, 2].map(() => ask(w, w.victim, 'text', '07700 900002', { key })));
	expect(await stored(t, w.case)).toHaveLength(1);
});

test('it can be taken back while it is held, once', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const [row] = await stored(t, w.case);
	const back = () => reach.withdraw(steppedUp(w, w.victim), row?.id ?? '', randomUUID());
	expect((await back()).ok).toBe(true);
	expect(await back()).toEqual({ ok: false, error: 'stale' });
	expect((await text(w.victim))?.change).toBeNull();
	expect(await written(t, w.case)).toContain('contact.withdrawn');
});

test('another victim finds nothing there and changes nothing, by row security alone too', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const [row] = await stored(t, w.case);
	const thief = steppedUp(w, about(w.otherVictim, w.case));
	await expect(reach.read(thief)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(ask(w, thief, 'text', '07700 900009')).rejects.toMatchObject({ kind: 'not_found' });
	const back = reach.withdraw(thief, row?.id ?? '', randomUUID());
	await expect(back).rejects.toMatchObject({ kind: 'not_found' });
	const own = await reach.withdraw(steppedUp(w, w.otherVictim), row?.id ?? '', randomUUID());
	expect(own).toEqual({ ok: false, error: 'stale' });
	const changed = await within(thief, (tx) =>
		tx
			.updateTable('contact_change')
			.set({ state: 'withdrawn', settled_at: w.now.at, settled_by: thief.actor.accountId })
			.executeTakeFirst()
	);
	expect(changed.numUpdatedRows).toBe(0n);
});

test('a supporter who only reads is shown none of it, by row security alone too', async () => {
	await keep(t, w, w.case, { channel: 'text', value: '07700 900001', safe: 'safe' });
	await ask(w, w.victim, 'text', '07700 900002');
	const friend = steppedUp(w, await standIn(t, w, 'supporter_readonly'));
	await expect(reach.read(friend)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(ask(w, friend, 'text', '07700 900009')).rejects.toMatchObject({ kind: 'not_found' });
	const rows = await within(friend, (tx) =>
		Promise.all([
			tx.selectFrom('contact_detail').select('id').execute(),
			tx.selectFrom('contact_change').select('id').execute()
		])
	);
	expect(rows).toEqual([[], []]);
	// The control: who speaks for the person is shown both.
	const aunt = await standIn(t, w, 'family_spokesperson');
	expect((await text(aunt))?.value).toBe('07700 900001');
});

test('nobody but a victim asks here', async () => {
	for (const ctx of [w.officer, w.supervisor, w.caseworker]) {
		await expect(reach.read(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(ask(w, ctx, 'text', '07700 1')).rejects.toMatchObject({ kind: 'not_found' });
	}
});

test('row security alone lets no victim confirm a change or write a detail', async () => {
	await ask(w, w.victim, 'text', '07700 900002');
	const { accountId, forceId } = w.victim.actor;
	const confirmed = within(w.victim, (tx) =>
		tx
			.updateTable('contact_change')
			.set({ state: 'confirmed', route: 'in_person', words_sealed: 'eyJ' })
			.set({ settled_by: accountId, settled_at: w.now.at })
			.execute()
	);
	await expect(confirmed).rejects.toMatchObject({ code: '42501' });
	const { victim_id } = await t.owner
		.selectFrom('participation')
		.select('victim_id')
		.where('id', '=', w.case.participationId)
		.executeTakeFirstOrThrow();
	const row = { force_id: forceId, victim_id, channel: 'text', value_sealed: 'eyJ' } as const;
	const made = within(w.victim, (tx) =>
		tx
			.insertInto('contact_detail')
			.values({ ...row, confirmed_by: null, confirmed_at: null })
			.execute()
	);
	await expect(made).rejects.toMatchObject({ code: '42501' });
});
