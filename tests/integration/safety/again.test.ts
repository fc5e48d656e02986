import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planRules } from '#lib/domain/contact/may-reach.ts';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import { londonDay, londonInstant } from '#lib/domain/time/working-days.ts';
import * as work from '#lib/server/cases/work.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as events from '#lib/server/events/service.ts';
import * as asking from '#lib/server/reach/again.ts';
import * as checking from '#lib/server/reach/checking.ts';
import * as reach from '#lib/server/reach/service.ts';
import * as safety from '#lib/server/safety/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { about, world, type TestCase, type World } from '../../support/world.ts';
import { notices, openOffice, say, victimNews, victimWith, type Office } from '../notice/office.ts';

let t: TestDatabase;
let w: World;
let office: Office;
let person: Ctx;
let chosen: TestCase;
let address: string;
const rules = wholeRules({ safe: ['portal', 'email', 'call'], hours: 'any', phone: 'nobody' });

beforeAll(async () => {
	t = await testDatabase();
});
afterAll(() => t.close());
beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date('2026-11-23T10:00:00Z');
	office = await openOffice(t, w);
	const made = await victimWith(t, w, {});
	({ chosen, address } = made);
	person = about(made.person, chosen);
	expect((await safety.save(fresh(), rules, 0)).ok).toBe(true);
	w.now.at = new Date('2026-11-24T10:00:00Z');
});
afterEach(() => office.close());

const fresh = (): Ctx => ({
	...person,
	actor: { ...person.actor, steppedUpUntil: new Date(w.now.at.getTime() + 60_000) }
});
const happens = (milestone: string, who = w.officer) =>
	events.take(who, {
		...{ caseReference: chosen.reference, milestone, agency: 'police', source: 'records' },
		...{ happenedOn: '2026-11-24', next: null }
	});
const news = async (): Promise<void> => {
	await say(w.officer, victimNews(person, chosen));
	await office.runJobs();
};
const toThem = () => office.post.arrived.filter(({ to }) => to[0] === address).length;
const plansOf = async (ctx: Ctx) =>
	(await work.list(ctx)).lines.filter(({ kind }) => kind === 'plan').map((line) => line.href);
const ask = (route: 'in_person' | 'call' | 'text', version = 1, ctx = w.officer) =>
	asking.stillRight(ctx, chosen, { route, version }, randomUUID());

describe('after bail', () => {
	test('nothing goes out, nobody is to ring, and an officer has to ask within a working day', async () => {
		expect(await plansOf(w.officer)).toEqual([]);
		expect((await happens('M12')).ok).toBe(true);
		w.now.at = new Date('2026-11-24T10:01:00Z');
		await news();
		expect(toThem()).toBe(0);
		expect((await notices(t)).at(-1)).toMatchObject({ state: 'withheld', reason: 'plan_old' });
		expect(await plansOf(w.officer)).toEqual([`/cases/${chosen.reference}/${chosen.person}/reach`]);
		expect(await plansOf(w.otherOfficer)).toEqual([]);
		const page = await checking.read(w.officer, chosen);
		expect(page.person.contact).toEqual({ state: 'ask' });
		expect(page.again).toEqual({ version: 1, routes: ['in_person', 'call', 'mail'] });
		expect(await safety.read(fresh())).toMatchObject({ value: { old: true } });
	});

	test('an officer who asked by a route known before puts it back, and what waits is told once', async () => {
		await happens('M12');
		w.now.at = new Date('2026-11-24T10:01:00Z');
		await news();
		await news();
		expect(await ask('text')).toEqual({ ok: false, error: 'route' });
		expect(await ask('call', 7)).toEqual({ ok: false, error: 'stale' });
		await expect(ask('call', 1, w.otherOfficer)).rejects.toMatchObject({ kind: 'not_found' });
		expect((await ask('call')).ok).toBe(true);
		expect(await ask('call')).toEqual({ ok: false, error: 'stale' });
		await office.runJobs();
		expect(toThem()).toBe(1);
		expect(await plansOf(w.officer)).toEqual([]);
		expect(await safety.read(fresh())).toMatchObject({
			value: { old: false, confirmedBy: w.officer.actor.label }
		});
	});

	test('the person puts it back themselves by saving it, and hears that something waits', async () => {
		await happens('M14');
		w.now.at = new Date('2026-11-24T10:01:00Z');
		await news();
		expect((await safety.save(fresh(), rules, 1)).ok).toBe(true);
		await office.runJobs();
		expect(toThem()).toBe(1);
		expect(await safety.read(fresh())).toMatchObject({ value: { old: false, confirmedBy: null } });
	});

	test('a step that brings nobody nearer asks for nothing', async () => {
		await happens('M06');
		await office.runJobs();
		expect(toThem()).toBe(1);
		expect(await plansOf(w.officer)).toEqual([]);
	});
});

test('a new home is a move, and asks again', async () => {
	const safe = 'safe' as const;
	const moved = { channel: 'post', value: '1 New Street', safe } as const;
	await reach.ask(fresh(), moved, randomUUID());
	w.now.at = new Date('2026-11-24T10:05:00Z');
	const { held } = await checking.read(w.officer, chosen);
	const told = { standing: '', route: 'in_person', safe, words: 'Met them.' } as const;
	const change = { ...told, change: held?.id ?? '' };
	expect((await checking.confirm(w.officer, chosen, change, randomUUID())).ok).toBe(true);
	expect(await plansOf(w.officer)).toHaveLength(1);
});

test('a plan that is too old is not believed, whatever it opened', async () => {
	w.now.at = new Date(Date.parse('2026-11-23T10:00:00Z') + planRules.holds.days * 86_400_000);
	await news();
	expect(toThem()).toBe(0);
	expect(await plansOf(w.officer)).toHaveLength(1);
});

test('on a day away a notice waits, and goes when it is over', async () => {
	// Jobs run by PostgreSQL's own clock.
	w.now.at = new Date();
	const day = (ahead: number): string => londonDay(new Date(Date.now() + ahead * 86_400_000));
	const away = [{ from: day(0), until: day(2) }];
	expect((await safety.save(fresh(), { ...rules, away }, 1)).ok).toBe(true);
	await news();
	expect([toThem(), (await notices(t)).at(-1)?.state]).toEqual([0, 'waiting']);
	const { rows: jobs } = await sql<{ run_at: Date }>`select run_at
		from graphile_worker._private_jobs where key like 'notice %'`.execute(t.worker);
	expect(jobs).toEqual([{ run_at: londonInstant(day(3), 0) }]);
	w.now.at = londonInstant(day(3), 0);
	await office.runJobs();
	expect([toThem(), (await notices(t)).at(-1)?.state]).toEqual([1, 'sent']);
});

test('whoever is not alone with their phone is shown the plain view first from then on', async () => {
	const isPrivate = async () => {
		const row = await t.owner
			.selectFrom('account')
			.select('private_device')
			.where('id', '=', person.actor.accountId ?? '')
			.executeTakeFirst();
		return row?.private_device;
	};
	await sql`update account set private_device = true
		where id = ${person.actor.accountId}`.execute(t.owner);
	await safety.save(fresh(), { ...rules, phone: 'nobody' }, 1);
	expect(await isPrivate()).toBe(true);
	await safety.save(fresh(), { ...rules, phone: 'unsure' }, 2);
	expect(await isPrivate()).toBe(false);
});

test('only whoever works on the case says that plans are to be asked again', async () => {
	const asks = (ctx: Ctx) =>
		within(ctx, (tx) =>
			sql`select ask_plans_again(${w.forceId}::uuid, ${chosen.id}::uuid, null, now())`.execute(tx)
		);
	const asked = async (): Promise<boolean[]> => {
		const { rows } = await sql<{ asked: boolean }>`select ask_again_at is not null as asked
			from safety_plan where participation_id = ${chosen.participationId}`.execute(t.owner);
		return rows.map((row) => row.asked);
	};
	for (const ctx of [person, w.victim, w.caseworker, w.otherOfficer]) await asks(ctx);
	expect(await asked()).toEqual([false]);
	await asks(w.officer);
	expect(await asked()).toEqual([true]);
});
