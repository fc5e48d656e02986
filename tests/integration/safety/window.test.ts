import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import * as safety from '#lib/server/safety/service.ts';
import { refresh } from '#lib/server/safety/window.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { testKeys, world, type World } from '../../support/world.ts';

let t: TestDatabase;
let w: World;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());

const plan = () =>
	t.owner
		.selectFrom('safety_plan')
		.select(['contact_ok_now', 'contact_ok_next_change_at'])
		.where('participation_id', '=', w.case.participationId)
		.executeTakeFirstOrThrow();

test('whether a person may be rung follows their hours, as the worker sees them', async () => {
	// Monday 23 November 2026, 10:00 in London.
	const victim = {
		...w.victim,
		actor: { ...w.victim.actor, steppedUpUntil: new Date('2026-11-23T10:05:00Z') }
	};
	const rules = wholeRules({ safe: ['call'], hours: 'weekdays_day' });
	expect((await safety.save(victim, rules, 0)).ok).toBe(true);
	expect(await plan()).toEqual({
		contact_ok_now: true,
		contact_ok_next_change_at: new Date('2026-11-23T17:00:00Z')
	});

	const evening = new Date('2026-11-23T17:00:01Z');
	const key = { force: w.forceId, participation: w.case.participationId };
	const next = await refresh({ db: t.worker, keys: testKeys, clock: () => evening }, key);
	expect(next).toEqual(new Date('2026-11-24T09:00:00Z'));
	expect((await plan()).contact_ok_now).toBe(false);
});

test('the worker cannot touch the plan of another force', async () => {
	const other = await world(t, 'otherforce');
	const key = { force: other.forceId, participation: w.case.participationId };
	expect(await refresh({ db: t.worker, keys: testKeys, clock: () => w.now.at }, key)).toBeNull();
});
