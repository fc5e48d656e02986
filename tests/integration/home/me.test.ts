import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import * as views from '#lib/server/cases/views.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as home from '#lib/server/home/service.ts';
import * as me from '#lib/server/me/service.ts';
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
	return (await sessions.issue({ ...issued, view: 'plain' })).token;
}

const found = (token: string) => sessions.find(t.app, w.forceId, token);

const next = (moved: me.Moved): string => {
	if (!moved) throw new Error('not moved');
	return moved.token;
};

test('“show more” is for this session alone', async () => {
	const [here, elsewhere] = [await session(w.victim), await session(w.victim)];
	const on = await found(next(await me.showMore(w.victim, here)));
	expect(on?.session.view).toBe('full');
	expect(on?.account.privateDevice).toBe(false);
	expect((await found(elsewhere))?.session.view).toBe('plain');
});

test('“nobody else sees this phone” is remembered, and can be taken back', async () => {
	const token = next(await me.trustDevice(w.victim, await session(w.victim)));
	expect((await found(token))?.session.view).toBe('full');
	expect(await me.read(w.victim)).toMatchObject({ privateDevice: true });
	await me.showLess(w.victim, token);
	expect((await found(token))?.session.view).toBe('plain');
	expect(await me.read(w.victim)).toMatchObject({ privateDevice: false });
});

test('a session turns to another case of one’s own and to nobody else’s', async () => {
	const second = await w.caseOf(w.otherOfficer, w.victim);
	const chosen = await me.choose(w.victim, await session(w.victim), second.participationId);
	if (!chosen.ok) throw new Error(chosen.error);
	const token = next(chosen.value);
	expect((await found(token))?.session.participationId).toBe(second.participationId);
	for (const id of [w.otherCase.participationId, randomUUID(), "' or true", '-'.repeat(36)]) {
		expect(await me.choose(w.victim, token, id)).toEqual({ ok: false, error: 'not_yours' });
	}
	expect((await found(token))?.session.participationId).toBe(second.participationId);
	const read = await me.read(w.victim);
	expect(read.cases.filter((one) => one.chosen).map((one) => one.id)).toEqual([
		w.case.participationId
	]);
	expect(read.cases).toHaveLength(2);
});

test('signing out everywhere ends every session of one’s own and no other', async () => {
	const mine = [await session(w.victim), await session(w.victim)];
	const other = await session(w.otherVictim);
	await me.signOutEverywhere(w.victim);
	for (const token of mine) expect(await found(token)).toBeNull();
	expect(await found(other)).not.toBeNull();
});

test('who has looked is told as roles, by day, and never as names', async () => {
	expect(await me.looked(w.victim)).toEqual([]);
	await views.view(w.officer, w.case.reference);
	await views.view(w.officer, w.case.reference);
	await views.view(w.supervisor, w.case.reference);
	await home.read(w.victim);
	w.now.at = new Date('2026-11-24T00:30:00Z');
	await views.view(w.officer, w.case.reference);
	const days = await me.looked(w.victim);
	expect(days.map(({ day, by }) => [day, by.map(({ role, times }) => `${role} ${times}`)])).toEqual(
		[
			['2026-11-24', ['officer 1']],
			['2026-11-23', [...['officer 2', 'supervisor 1']]]
		]
	);
	expect(JSON.stringify(days)).not.toContain(w.officer.actor.label ?? 'PC');
});

test('row security alone keeps others from reading who has looked', async () => {
	await views.view(w.officer, w.case.reference);
	for (const ctx of [w.otherVictim, w.officer, w.caseworker]) {
		const rows = await within(ctx, (tx) =>
			tx
				.selectFrom('audit')
				.select('id')
				.where('participation_id', '=', w.case.participationId)
				.execute()
		);
		expect(rows).toEqual([]);
	}
});

test('settings are the victim’s own page', async () => {
	for (const ctx of [w.officer, w.caseworker]) {
		await expect(me.read(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(me.looked(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(me.showMore(ctx, '')).rejects.toMatchObject({ kind: 'not_found' });
	}
});
