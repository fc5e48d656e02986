import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { dormantAfterDays } from '#lib/domain/session/dormant.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signIn } from '#lib/server/auth/sign-in.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import { testDatabase } from '../../support/database.ts';
import { about, testKeys, world, type TestCase, type World } from '../../support/world.ts';
import { enter } from './acts.ts';

const t = await testDatabase();
let w: World;
let mine: TestCase;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	mine = await w.caseOf(w.officer, null);
	await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
});
afterAll(() => t.close());

const name = 'quiet harbour';
let address = 0;
const tried = (password = 'lantern orchard nine') =>
	signIn(
		{ db: t.app, forceId: w.forceId, keys: testKeys },
		{ name, password, source: `198.51.100.${String((address += 1) % 250)}` }
	);

async function codes() {
	const made = await invitations.invite(w.officer, mine, randomUUID());
	if (!made.ok) throw new Error(made.error);
	return made.value;
}

/** The person whose account it is, as the services know them. */
async function activated() {
	const entered = await enter(t, w, await codes(), name);
	if (!entered.ok) throw new Error('refused');
	const like = await w.person('victim');
	return about({ ...like, actor: { ...like.actor, accountId: entered.value.accountId } }, mine);
}

// PostgreSQL's clock stands still for nobody: the past is moved instead, all of it alike.
const pass = (time: string) =>
	sql`update account set created_at = created_at - ${time}::interval,
		last_used_at = last_used_at - ${time}::interval where force_id = ${w.forceId}`.execute(t.owner);

test('after twelve years an officer’s code opens it again, and all that was said is there', async () => {
	const ctx = await activated();
	const food = { kind: 'answered', choices: ['food'], words: 'three of us' } as const;
	await needs.say(ctx, {
		...{ key: randomUUID(), area: 'practical' },
		answers: [{ needId: 'PRA2', version: 0, answer: food }]
	});
	const thread = await messages.start(ctx, randomUUID(), { subject: 'dates', words: 'And then?' });
	await pass('12 years');
	w.now.at = new Date(Date.now() + 12 * 365 * 86_400_000);
	expect(await tried()).toEqual({ ok: false, error: { kind: 'dormant' } });
	const page = await invitations.read(w.officer, mine);
	expect(page).toMatchObject({ signsIn: true, dormant: true });

	w.now.at = new Date();
	const back = await enter(t, w, await codes(), name);
	expect(back).toMatchObject({ ok: true, value: { accountId: ctx.actor.accountId } });
	expect((await tried()).ok).toBe(true);
	const card = (await needs.area(ctx, 'practical', false)).cards.find(({ id }) => id === 'PRA2');
	expect(card?.told).toMatchObject({ mine: true, text: { words: 'three of us' } });
	expect((await messages.read(ctx, thread)).lines).toMatchObject([
		{ words: 'And then?', mine: true }
	]);
	expect(await invitations.read(w.officer, mine)).toMatchObject({ dormant: false });
});

test('a wrong secret learns nothing of it', async () => {
	await activated();
	await pass('12 years');
	expect(await tried('not the right one')).toEqual({ ok: false, error: { kind: 'refused' } });
});

test('a day before the year is over the old secret still serves, and the year begins again', async () => {
	await activated();
	await pass(`${String(dormantAfterDays - 1)} days`);
	expect((await tried()).ok).toBe(true);
	await pass('2 days');
	expect((await tried()).ok).toBe(true);
});

test('PostgreSQL lets no session begin on it, whatever way leads there', async () => {
	const { actor } = await activated();
	await pass('366 days');
	const begun = sessions.issue({
		...{ db: t.app, forceId: w.forceId, accountId: actor.accountId ?? '' },
		view: 'plain'
	});
	await expect(begun).rejects.toMatchObject({ constraint: 'session_wakes_nobody' });
});

test('staff are not asked: their accounts are the force’s to end', async () => {
	await pass('3 years');
	const { rows } = await sql<{ dormant: boolean }>`
		select account_is_dormant(${w.forceId}, ${w.officer.actor.accountId}) as dormant`.execute(t.owner);
	expect(rows[0]?.dormant).toBe(false);
});

test('the time is the same in the domain and in PostgreSQL', async () => {
	const { rows } = await sql<{ days: number }>`
		select extract(day from dormant_after())::int as days`.execute(t.owner);
	expect(rows[0]?.days).toBe(dormantAfterDays);
});
