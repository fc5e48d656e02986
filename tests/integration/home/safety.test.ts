import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as safety from '#lib/server/safety/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
let victim: Ctx;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	victim = steppedUp(w.victim);
});
afterAll(() => t.close());

function steppedUp(ctx: Ctx): Ctx {
	const steppedUpUntil = new Date(w.now.at.getTime() + 60_000);
	return { ...ctx, actor: { ...ctx.actor, steppedUpUntil } };
}

const rules: SafetyRules = {
	safe: ['portal', 'call'],
	unsafe: ['post'],
	hours: 'weekdays_day',
	phone: 'nobody',
	away: [],
	word: 'Plantedword',
	note: 'Plantednote'
};

async function stored() {
	return t.owner
		.selectFrom('safety_plan')
		.select(['rules_sealed', 'contact_ok_now', 'contact_ok_next_change_at', 'version'])
		.where('participation_id', '=', w.case.participationId)
		.executeTakeFirst();
}

test('without the secret given again, nothing is shown and nothing is stored', async () => {
	expect(await safety.read(w.victim)).toEqual({ ok: false, error: 'step_up' });
	expect(await safety.save(w.victim, rules, 0)).toEqual({ ok: false, error: 'step_up' });
	expect(await stored()).toBeUndefined();
	w.now.at = new Date(w.now.at.getTime() + 60_000);
	expect(await safety.read(victim)).toEqual({ ok: false, error: 'step_up' });
});

test('what is saved is read again by its person, sealed for everybody else', async () => {
	expect(await safety.read(victim)).toMatchObject({ value: { rules: null, version: 0 } });
	expect(await safety.save(victim, rules, 0)).toEqual({ ok: true, value: { version: 1 } });
	expect(await safety.read(victim)).toMatchObject({ value: { rules, version: 1 } });
	const row = await stored();
	expect(JSON.stringify(row)).not.toMatch(/Planted/);
	// Monday morning at ten in London: they may be called until five.
	expect(row).toMatchObject({
		contact_ok_now: true,
		contact_ok_next_change_at: new Date('2026-11-23T17:00:00Z')
	});
});

test('a form written over an older version is stale, and the newer one stands', async () => {
	await safety.save(victim, rules, 0);
	const newer = { ...rules, hours: 'never' as const };
	expect((await safety.save(victim, newer, 1)).ok).toBe(true);
	expect(await safety.save(victim, rules, 1)).toEqual({ ok: false, error: 'stale' });
	expect(await safety.save(victim, rules, 0)).toEqual({ ok: false, error: 'stale' });
	expect(await safety.read(victim)).toMatchObject({ value: { rules: newer, version: 2 } });
	expect(await stored()).toMatchObject({ contact_ok_now: false });
});

test('of two first plans at once, one is stale', async () => {
	const outcomes = await Promise.all([
		safety.save(victim, rules, 0),
		safety.save(victim, rules, 0)
	]);
	expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
});

test('a double press of one form saves once', async () => {
	const key = randomUUID();
	expect((await safety.save(victim, rules, 0, key)).ok).toBe(true);
	expect((await safety.save(victim, rules, 0, key)).ok).toBe(true);
	expect(await stored()).toMatchObject({ version: 1 });
	const changes = await t.owner
		.selectFrom('audit')
		.select('id')
		.where('action', '=', 'safety.changed')
		.where('participation_id', '=', w.case.participationId)
		.execute();
	expect(changes).toHaveLength(1);
});

test('rules that contradict themselves are refused', async () => {
	const both = { ...rules, unsafe: ['call' as const] };
	expect(await safety.save(victim, both, 0)).toEqual({ ok: false, error: 'contradiction' });
});

test('a supporter who only reads sees none of it and changes nothing, by row security alone too', async () => {
	await safety.save(victim, rules, 0);
	const friend = await w.person('victim');
	await t.owner
		.insertInto('representative')
		.values({
			...{ force_id: w.forceId, participation_id: w.case.participationId },
			...{ account_id: friend.actor.accountId ?? '', role: 'supporter_readonly' },
			...{ approved_by: w.officer.actor.accountId, approved_at: new Date('2026-11-20T10:00:00Z') },
			...{ until_at: new Date('2100-01-01T00:00:00Z'), revoked_at: null }
		})
		.execute();
	const { participationId } = w.case;
	const reader = steppedUp({ ...friend, actor: { ...friend.actor, participationId } });
	await expect(safety.read(reader)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(safety.save(reader, rules, 1)).rejects.toMatchObject({ kind: 'not_found' });
	const rows = await within(reader, (tx) =>
		tx.selectFrom('safety_plan').select('version').execute()
	);
	expect(rows).toEqual([]);
});

test('another victim finds nothing there, by row security alone too', async () => {
	await safety.save(victim, rules, 0);
	const { participationId } = w.case;
	const other = steppedUp({
		...w.otherVictim,
		actor: { ...w.otherVictim.actor, participationId }
	});
	await expect(safety.read(other)).rejects.toMatchObject({ kind: 'not_found' });
	const changed = await within(other, (tx) =>
		tx.updateTable('safety_plan').set({ contact_ok_now: true }).executeTakeFirst()
	);
	expect(changed.numUpdatedRows).toBe(0n);
});
