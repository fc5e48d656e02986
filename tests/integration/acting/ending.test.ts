import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as own from '#lib/server/acting/own.ts';
import * as acting from '#lib/server/acting/service.ts';
import * as queries from '#lib/server/acting/queries.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as home from '#lib/server/home/service.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as me from '#lib/server/me/service.ts';
import { testDatabase } from '../../support/database.ts';
import { about, world, type World } from '../../support/world.ts';
import { deskOf, enter, linked, nobody, parent } from './acts.ts';

const t = await testDatabase();
let w: World;
let desk: ReturnType<typeof deskOf>;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	desk = deskOf(t, w, w.case, w.officer);
	await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
});
afterAll(() => t.close());

const day = (days: number) =>
	new Date(w.now.at.getTime() + days * 86_400_000).toISOString().slice(0, 10);
const supporter = (): acting.Named => ({
	...{ role: 'supporter_readonly', consent: true, until: day(30) },
	who: { ...nobody, given: 'Joy', family: 'Reed', number: '07700 900456' }
});
const gone = { kind: 'not_found' };
const freshly = (ctx: Ctx): Ctx => ({
	...ctx,
	actor: { ...ctx.actor, steppedUpUntil: new Date(w.now.at.getTime() + 60_000) }
});
const asked = (until: string | null = day(30)) => ({
	...{ given: 'Joy', family: 'Reed', number: '07700 900456', until }
});

async function sessionOf(ctx: Ctx): Promise<() => Promise<boolean>> {
	const { token } = await sessions.issue({
		...{ db: t.app, forceId: w.forceId, accountId: ctx.actor.accountId ?? '' },
		view: 'full'
	});
	return async () => (await sessions.find(t.app, w.forceId, token)) !== null;
}

describe('an end by the officer', () => {
	test('is at once, with a reason, every session and the code that was given', async () => {
		const { id, ctx } = await desk.open(parent);
		const lives = await sessionOf(ctx);
		const codes = await desk.codes(id);
		expect(await lives()).toBe(true);
		await desk.end(id, 'The court has given custody to the aunt');
		expect(await lives()).toBe(false);
		expect(await home.progress(ctx)).toBeNull();
		expect(await home.progress({ ...ctx, db: t.owner })).toBeNull();
		expect((await enter(t, w, codes, 'grey heron')).ok).toBe(false);
		const shown = await desk.last();
		expect(shown).toMatchObject({ state: 'ended', codeOpen: false });
		expect(shown.ended).toMatchObject({ words: 'The court has given custody to the aunt' });
	});

	test('is for good: neither a service nor PostgreSQL takes it back', async () => {
		const { id } = await desk.open(parent);
		await desk.end(id, 'a mistake');
		expect(await desk.approve(id)).toEqual({ ok: false, error: 'not_now' });
		const tried = sql`update representative set revoked_at = null where id = ${id}`;
		await expect(tried.execute(t.owner)).rejects.toMatchObject({ code: '23514' });
	});
});

describe('renewing', () => {
	const renew = (id: string, until: string | null, consent = true) =>
		acting.renew(w.officer, w.case, { ...desk.at(id), until, consent });

	test('a supporter gets a new day once the victim agreed again, and signs in anew', async () => {
		const { id, ctx } = await desk.open(supporter());
		const lives = await sessionOf(ctx);
		expect(await renew(id, day(60), false)).toEqual({ ok: false, error: 'consent' });
		expect(await renew(id, day(400))).toEqual({ ok: false, error: 'far' });
		expect((await renew(id, day(60))).ok).toBe(true);
		expect(await lives()).toBe(false);
		expect((await desk.last()).untilAt?.toISOString().slice(0, 10)).toBe(day(61).slice(0, 10));
	});

	test('a parent never: a child grows up once', async () => {
		const { id } = await desk.open(parent);
		expect(await renew(id, day(60))).toEqual({ ok: false, error: 'not_now' });
	});
});

describe('a way in', () => {
	test('is an account of their own, with no other person’s name on it', async () => {
		const id = await desk.name(parent);
		await desk.approve(id);
		const entered = await enter(t, w, await desk.codes(id), 'blue kettle');
		if (!entered.ok) throw new Error('refused');
		expect(entered.value.accountId).not.toBe(w.victim.actor.accountId);
		const mother = about(await asAccount(entered.value.accountId), w.case);
		expect(await home.progress(mother)).toMatchObject({ role: 'parent_guardian' });
		expect(await desk.last()).toMatchObject({ signsIn: true, codeOpen: false });
		expect((await invitations.read(w.officer, w.case)).invitations).toEqual([]);
	});

	test('is not made before the approval, and a code does not outlive it', async () => {
		const id = await desk.name(parent);
		await expect(desk.codes(id)).rejects.toThrow('not_now');
		await desk.approve(id);
		const codes = await desk.codes(id);
		await sql`update representative set until_at = now() where id = ${id}`.execute(t.owner);
		expect((await enter(t, w, codes, 'red kite')).ok).toBe(false);
	});

	test('back in is theirs: the victim’s own secret stays, and hers is not told of it', async () => {
		const id = await desk.name(parent);
		await desk.approve(id);
		const first = await enter(t, w, await desk.codes(id), 'blue kettle');
		const second = await enter(t, w, await desk.codes(id), 'blue kettle 2');
		if (!first.ok || !second.ok) throw new Error('refused');
		expect(second.value.accountId).toBe(first.value.accountId);
		expect(await me.recoveries(w.victim)).toEqual([]);
		const mother = about(await asAccount(first.value.accountId), w.case);
		expect(await me.recoveries(mother)).toHaveLength(1);
	});

	test('beside the victim’s own open code, each ends only its own', async () => {
		const mine = await w.caseOf(w.officer, null);
		await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
		const there = deskOf(t, w, mine, w.officer);
		const id = await there.name(parent);
		await there.approve(id);
		const theirs = await there.codes(id);
		const own = await invitations.invite(w.officer, mine, randomUUID());
		expect((await enter(t, w, theirs, 'grey heron')).ok).toBe(true);
		expect(own.ok && (await enter(t, w, own.value, 'white owl')).ok).toBe(true);
	});
});

describe('a victim', () => {
	test('asks for a supporter with her secret; nothing opens before an officer agrees', async () => {
		expect(await own.ask(w.victim, asked(), randomUUID())).toEqual({ ok: false, error: 'step_up' });
		const key = randomUUID();
		await own.ask(freshly(w.victim), asked(), key);
		await own.ask(freshly(w.victim), asked(), key);
		const mine = await own.read(w.victim);
		expect(mine.people).toMatchObject([{ name: 'Joy Reed', state: 'waiting', mayEnd: true }]);
		const theirs = await desk.last();
		expect(theirs).toMatchObject({ state: 'waiting', link: 'unchecked', askedBy: null });
		expect((await desk.approve(theirs.id)).ok).toBe(true);
		expect(await desk.last()).toMatchObject({ state: 'active', link: 'clear' });
	});

	test('is not told that somebody she named was stopped', async () => {
		await linked(t, w, { given: 'Joy', family: 'Reed' });
		await own.ask(freshly(w.victim), asked(), randomUUID());
		expect((await desk.approve((await desk.last()).id)).ok).toBe(true);
		expect((await desk.last()).state).toBe('stopped');
		expect((await own.read(w.victim)).people).toMatchObject([{ state: 'waiting' }]);
	});

	test('takes it back at once, with every session', async () => {
		const { id, ctx } = await desk.open(supporter());
		const lives = await sessionOf(ctx);
		const back = (who: Ctx) => own.takeBack(who, id, randomUUID());
		expect(await back(w.victim)).toEqual({ ok: false, error: 'step_up' });
		expect((await back(freshly(w.victim))).ok).toBe(true);
		expect(await lives()).toBe(false);
		expect(await home.progress(ctx)).toBeNull();
		expect((await own.read(w.victim)).people).toMatchObject([{ state: 'ended', mayEnd: false }]);
	});

	test('ends no parent’s part, by the service or in PostgreSQL', async () => {
		const { id } = await desk.open(parent);
		const tried = own.takeBack(freshly(w.victim), id, randomUUID());
		await expect(tried).rejects.toMatchObject(gone);
		const bare = await within(w.victim, (tx) =>
			queries.changeActing(tx, w.victim.actor, id, { revoked_at: w.now.at })
		);
		expect(bare).toBe(false);
	});

	test('is asked for nobody by somebody else: a supporter, a parent, another victim', async () => {
		const { ctx: friend } = await desk.open(supporter());
		const { ctx: mother } = await desk.open(parent);
		const thief = about(w.otherVictim, w.case);
		for (const ctx of [friend, mother, thief]) {
			const tried = own.ask(freshly(ctx), asked(), randomUUID());
			await expect(tried).rejects.toMatchObject(gone);
		}
		expect(await own.read(friend)).toMatchObject({
			people: [],
			myPart: { role: 'supporter_readonly' }
		});
		await expect(own.read(thief)).rejects.toMatchObject(gone);
		const { rows } = await within(friend, (tx) =>
			sql<{ role: string }>`select role from representative`.execute(tx)
		);
		expect(rows).toEqual([{ role: 'supporter_readonly' }]);
	});

	test('opens nothing by herself: PostgreSQL takes no approval from her', async () => {
		await own.ask(freshly(w.victim), asked(), randomUUID());
		const { id } = await desk.last();
		const set = { approved_by: w.victim.actor.accountId, approved_at: w.now.at };
		const tried = within(w.victim, (tx) =>
			queries.changeActing(tx, w.victim.actor, id, { ...set, link: 'clear' })
		);
		await expect(tried).rejects.toThrow('row-level security');
	});
});

async function asAccount(accountId: string): Promise<Ctx> {
	const like = await w.person('victim');
	return { ...like, actor: { ...like.actor, accountId } };
}
