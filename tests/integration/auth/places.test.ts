import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/role.ts';
import * as places from '#lib/server/accounts/places.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Ctx } from '#lib/server/context.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

async function session(ctx: Ctx): Promise<string> {
	const { forceId, accountId } = ctx.actor;
	const issued = { db: t.app, forceId, accountId: accountId ?? '' };
	return (await sessions.issue({ ...issued, view: 'full' })).token;
}

const raised = (ctx: Ctx): Ctx => ({
	...ctx,
	actor: { ...ctx.actor, steppedUpUntil: new Date(ctx.clock().getTime() + 60_000) }
});
const alive = async (token: string) => (await sessions.find(t.app, w.forceId, token)) !== null;

async function acts(ctx: Ctx): Promise<number> {
	const rows = await t.owner
		.selectFrom('audit')
		.select('id')
		.where('action', '=', 'session.ended_everywhere')
		.where('subject_id', '=', ctx.actor.accountId)
		.execute();
	return rows.length;
}

describe.each<Role>(['victim', 'officer', 'supervisor', 'caseworker', 'agency_desk', 'oversight'])(
	'a %s',
	(role) => {
		test('counts the places and signs out of all but this one, once', async () => {
			const me = await w.person(role);
			const neighbour = await w.person(role);
			const [here, elsewhere] = [await session(me), await session(me)];
			const theirs = await session(neighbour);
			expect(await places.signedInPlaces(me)).toBe(2);
			const form = { token: here, key: randomUUID() };
			expect(await places.endElsewhere(raised(me), form)).toEqual({ ok: true, value: undefined });
			expect(await places.signedInPlaces(me)).toBe(1);
			expect([await alive(here), await alive(elsewhere)]).toEqual([true, false]);
			expect(await alive(theirs)).toBe(true);

			const later = await session(me);
			expect(await places.endElsewhere(raised(me), form)).toMatchObject({ ok: true });
			expect(await alive(later)).toBe(true);
			expect(await acts(me)).toBe(1);
		});
	}
);

test('without the secret given again nothing ends and nothing is recorded', async () => {
	const [here, elsewhere] = [await session(w.victim), await session(w.victim)];
	const form = { token: here, key: randomUUID() };
	const stale = { ...w.victim.actor, steppedUpUntil: new Date(w.now.at.getTime() - 1) };
	for (const ctx of [w.victim, { ...w.victim, actor: stale }]) {
		expect(await places.endElsewhere(ctx, form)).toEqual({ ok: false, error: 'step_up' });
	}
	expect([await alive(here), await alive(elsewhere)]).toEqual([true, true]);
	expect(await acts(w.victim)).toBe(0);
	expect(await places.endElsewhere(raised(w.victim), form)).toMatchObject({ ok: true });
	expect(await alive(elsewhere)).toBe(false);
});

test('pressing twice at once ends and records once', async () => {
	const here = await session(w.victim);
	await session(w.victim);
	const form = { token: here, key: randomUUID() };
	const press = () => places.endElsewhere(raised(w.victim), form);
	expect(await Promise.all([press(), press(), press()])).toHaveLength(3);
	expect(await acts(w.victim)).toBe(1);
	const { rows } = await sql<{ id: string }>`
		select id from session where account_id = ${w.victim.actor.accountId}`.execute(t.owner);
	expect(rows).toEqual([{ id: sessions.hashOf(here) }]);
});

test('a machine has no places', async () => {
	const machine = { ...w.victim, actor: { ...w.victim.actor, accountId: null } };
	await expect(places.signedInPlaces(machine)).rejects.toMatchObject({ kind: 'not_found' });
});
