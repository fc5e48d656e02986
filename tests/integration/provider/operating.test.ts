import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as operating from '#lib/server/accounts/operating.ts';
import { list } from '#lib/server/cases/work.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Ctx } from '#lib/server/context.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

let t: TestDatabase;
let w: World;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());

const idOf = (ctx: Ctx) => ctx.actor.accountId ?? '';
const session = async (ctx: Ctx) => {
	const of = { db: t.app, forceId: w.forceId, accountId: idOf(ctx) };
	return (await sessions.issue({ ...of, view: 'full' })).token;
};

test('the list shows everybody who works here, those without a place first, and no victim', async () => {
	const unplaced = await w.person('officer', { teamId: null });
	const lines = await operating.list(t.owner, w.forceId);
	expect(lines[0]).toMatchObject({ id: idOf(unplaced), place: null });
	expect(lines.map(({ id }) => id)).toContain(idOf(w.officer));
	expect(lines.map(({ id }) => id)).not.toContain(idOf(w.victim));
	expect(lines.find(({ id }) => id === idOf(w.caseworker))).toMatchObject({ place: 'Victim care' });
});

test('a place is given by name, to whom it fits, and ends what they are signed in to', async () => {
	const officer = await w.person('officer', { teamId: null });
	const token = await session(officer);
	const put = (kind: 'team' | 'desk', name: string, id = idOf(officer)) =>
		operating.place(t.owner, w.forceId, { id, kind, name });
	expect(await put('desk', 'Victim care')).toEqual({ ok: false, error: 'wrong_place' });
	expect(await put('team', 'Team 99')).toEqual({ ok: false, error: 'unknown_place' });
	expect(await put('team', 'Team 1', randomUUID())).toEqual({
		ok: false,
		error: 'unknown_account'
	});
	expect(await put('team', 'Team 1', idOf(w.victim))).toEqual({
		ok: false,
		error: 'unknown_account'
	});
	expect(await sessions.find(t.app, w.forceId, token)).not.toBeNull();
	expect(await put('team', 'Team 1')).toMatchObject({ ok: true });
	expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	const again = await sessions.find(t.app, w.forceId, await session(officer));
	expect(again?.account.teamId).toBe(w.teamId);
});

test('an account that is ended is signed out, stays ended, and both are written down', async () => {
	const officer = await w.person('officer');
	const token = await session(officer);
	expect(await operating.end(t.owner, w.forceId, idOf(officer))).toMatchObject({ ok: true });
	expect(await sessions.find(t.app, w.forceId, token)).toBeNull();
	expect(await sessions.find(t.app, w.forceId, await session(officer))).toBeNull();
	const ended = { ok: false, error: 'ended' };
	expect(await operating.end(t.owner, w.forceId, idOf(officer))).toEqual(ended);
	const rows = await t.owner
		.selectFrom('audit')
		.select(['action', 'actor_role', 'account_id'])
		.where('subject_id', '=', idOf(officer))
		.execute();
	expect(rows).toEqual([{ action: 'account.ended', actor_role: 'operator', account_id: null }]);
});

test('an officer without a team is shown no case, by either lock', async () => {
	const unplaced = await w.person('officer', { teamId: null });
	expect(JSON.stringify(await list(w.officer))).toContain(w.case.reference);
	expect(JSON.stringify(await list(unplaced))).not.toContain(w.case.reference);
});
