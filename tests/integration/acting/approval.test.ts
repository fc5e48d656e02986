import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as acting from '#lib/server/acting/service.ts';
import * as page from '#lib/server/acting/page.ts';
import * as queries from '#lib/server/acting/queries.ts';
import { within } from '#lib/server/context.ts';
import * as home from '#lib/server/home/service.ts';
import { testDatabase } from '../../support/database.ts';
import { about, world, type World } from '../../support/world.ts';
import { deskOf, lena, linked, nobody, parent } from './acts.ts';

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

const gone = { kind: 'not_found' };
const supporter: acting.Named = {
	...{ role: 'supporter_readonly', consent: true, until: '2027-02-01' },
	who: { ...nobody, given: 'Joy', family: 'Reed' }
};
const soon = () => new Date(w.now.at.getTime() + 90 * 86_400_000).toISOString().slice(0, 10);

describe('naming somebody', () => {
	test('stores who they are sealed, and a child’s birthday only as the day it ends', async () => {
		await desk.name(parent);
		const shown = await desk.last();
		expect(shown).toMatchObject({ name: 'Lena Carter', state: 'waiting', link: 'clear' });
		expect(shown.untilAt?.toISOString()).toBe('2032-04-30T23:00:00.000Z');
		const { rows } = await sql<{ all: string }>`select string_agg(r::text, '') as all
			from representative r where force_id = ${w.forceId}`.execute(t.owner);
		expect(rows[0]?.all).not.toMatch(/Lena|Carter|2014-05-01/);
	});

	test.each([
		['a parent of somebody grown', { ...parent, who: { ...lena, birth: '2001-01-01' } }, 'grown'],
		['a supporter without consent', { ...supporter, consent: false }, 'consent'],
		['a supporter without an end', { ...supporter, until: null }, 'day_missing'],
		['a supporter for two years', { ...supporter, until: '2028-12-01' }, 'far']
	])('refuses %s', async (_who, named, error) => {
		const done = await acting.name(w.officer, w.case, named, randomUUID());
		expect(done).toEqual({ ok: false, error });
		expect(await desk.list()).toEqual([]);
	});

	test('refuses a second spokesperson until the first is ended', async () => {
		const spokesperson = { ...supporter, role: 'family_spokesperson' as const, until: null };
		const first = await desk.name(spokesperson);
		const again = () => acting.name(w.officer, w.case, spokesperson, randomUUID());
		expect(await again()).toEqual({ ok: false, error: 'one_only' });
		await desk.end(first, 'they asked their sister instead');
		expect((await again()).ok).toBe(true);
	});

	test('refuses a parent for a bereaved relative, and takes each relative as a person', async () => {
		const relative = await w.caseOf(w.officer, null, 'bereaved_relative');
		const done = await acting.name(w.officer, relative, parent, randomUUID());
		expect(done).toEqual({ ok: false, error: 'role' });
		expect((await page.read(w.officer, relative)).roles).not.toContain('parent_guardian');
	});

	test('is for the officer of the case; the supervisor reads, and nobody else does', async () => {
		const id = await desk.name(parent);
		expect(await page.read(w.supervisor, w.case)).toMatchObject({ mayChange: false });
		for (const ctx of [w.otherOfficer, w.victim, w.otherVictim, w.caseworker]) {
			await expect(page.read(ctx, w.case)).rejects.toMatchObject(gone);
		}
		for (const ctx of [w.supervisor, w.otherOfficer, w.victim, w.caseworker]) {
			for (const change of [acting.approve, acting.clear, acting.end]) {
				await expect(change(ctx, w.case, desk.at(id, 'x'))).rejects.toMatchObject(gone);
			}
			const named = acting.name(ctx, w.case, parent, randomUUID());
			await expect(named).rejects.toMatchObject(gone);
		}
	});

	test('PostgreSQL alone refuses anybody else, and one approved from the start', async () => {
		const row = {
			...{ force_id: w.forceId, participation_id: w.case.participationId },
			...{ role: 'parent_guardian' as const, link: 'clear' as const }
		};
		for (const ctx of [w.supervisor, w.otherOfficer, w.victim, w.caseworker]) {
			const tried = within(ctx, (tx) =>
				queries.insertActing(tx, { ...row, asked_by: ctx.actor.accountId })
			);
			await expect(tried).rejects.toThrow('row-level security');
		}
		const by = w.officer.actor.accountId;
		const approved = { ...row, asked_by: by, approved_by: by, approved_at: w.now.at };
		const tried = within(w.officer, (tx) => queries.insertActing(tx, approved));
		await expect(tried).rejects.toThrow('row-level security');
	});
});

describe('approving somebody', () => {
	test('opens the case to them, and the end of it to the second', async () => {
		const { id, ctx } = await desk.open(parent);
		expect(await home.progress(ctx)).toMatchObject({ role: 'parent_guardian' });
		const until = (when: string) =>
			sql`update representative set until_at = now() + ${when}::interval
				where id = ${id}`.execute(t.owner);
		await until('1 second');
		expect(await home.progress(ctx)).not.toBeNull();
		await until('0 seconds');
		expect(await home.progress(ctx)).toBeNull();
		const unheld = { ...ctx, db: t.owner };
		expect(await home.progress(unheld)).toBeNull();
		const bare = await within(ctx, (tx) => sql`select 1 from participation`.execute(tx));
		expect(bare.rows).toEqual([]);
	});

	test('opens no other case, by either lock', async () => {
		const { ctx } = await desk.open(parent);
		const thief = about(ctx, w.otherCase);
		expect(await home.progress(thief)).toBeNull();
		expect(await home.progress({ ...thief, db: t.owner })).toBeNull();
		const { rows } = await within(thief, (tx) =>
			sql`select 1 from participation where id = ${w.otherCase.participationId}`.execute(tx)
		);
		expect(rows).toEqual([]);
	});

	test('of two at once happens once', async () => {
		const id = await desk.name(parent);
		const both = await Promise.all([desk.approve(id), desk.approve(id)]);
		expect(both.map(({ ok }) => ok)).toEqual([true, true]);
		const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit
			where force_id = ${w.forceId} and action = 'acting.approved'`.execute(t.owner);
		expect(rows[0]?.n).toBe(1);
	});

	test('is refused for a supporter whose day has passed', async () => {
		const id = await desk.name({ ...supporter, until: soon() });
		await sql`update representative set until_at = now() where id = ${id}`.execute(t.owner);
		w.now.at = new Date(Date.now() + 1000);
		expect(await desk.approve(id)).toEqual({ ok: false, error: 'not_now' });
	});
});

describe('somebody linked to the suspect', () => {
	const ray = { ...lena, given: 'Ray', family: 'Doyle', number: '07700 900123' };

	test('is stopped, until a human check is recorded with words', async () => {
		await linked(t, w, { given: 'R', family: 'Doyle' });
		const id = await desk.name({ ...parent, who: ray });
		expect(await desk.last()).toMatchObject({ state: 'stopped', link: 'hit', meets: true });
		expect(await desk.approve(id)).toEqual({ ok: false, error: 'not_now' });
		const words = 'Spoke with the school: another Doyle';
		expect((await acting.clear(w.officer, w.case, desk.at(id, words))).ok).toBe(true);
		const { state, cleared } = await desk.last();
		expect([state, cleared?.words, cleared?.by]).toEqual(['waiting', words, w.officer.actor.label]);
		expect((await desk.approve(id)).ok).toBe(true);
		expect(await desk.last()).toMatchObject({ state: 'active', meets: true });
	});

	test('is found at the approval when they were linked only after they were named', async () => {
		const id = await desk.name({ ...parent, who: ray });
		await linked(t, w, { number: '+447700900123' });
		expect((await desk.approve(id)).ok).toBe(true);
		expect(await desk.last()).toMatchObject({ state: 'stopped', approved: null });
	});

	test('of another case stops nobody here', async () => {
		await linked(t, w, { number: '+447700900123' }, w.otherCase);
		await desk.open({ ...parent, who: ray });
		expect(await desk.last()).toMatchObject({ state: 'active', meets: false });
	});

	test('is not approved by PostgreSQL either', async () => {
		await linked(t, w, { number: '07700900123' });
		const id = await desk.name({ ...parent, who: ray });
		const by = w.officer.actor.accountId;
		const tried = within(w.officer, (tx) =>
			queries.changeActing(tx, w.officer.actor, id, { approved_by: by, approved_at: w.now.at })
		);
		await expect(tried).rejects.toMatchObject({ code: '23514' });
	});
});
