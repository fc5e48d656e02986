import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { mayBreakGlass } from '#lib/domain/access/break-glass.ts';
import { roles, type Role } from '#lib/domain/access/role.ts';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as access from '#lib/server/restricted/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { good, listing, opening, standardsPerson, working } from './office.ts';

const t = await testDatabase();
let w: World;
let standards: Ctx;
let lists: ReturnType<typeof listing>;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	standards = await standardsPerson(t, w);
	lists = listing(w.case.reference);
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };
const read = (by: Ctx) => access.read(by, w.case.reference);
const mayOpen = (by: Ctx) =>
	views.view(by, w.case.reference).then(
		() => true,
		() => false
	);
const of = (ctx: Ctx) => ctx.actor.accountId ?? '';

describe('setting a case up', () => {
	test('keeps it to the officer who opens it and whom they name, and shuts out whom they bar', async () => {
		const [named, barred] = [w.otherOfficer.actor.label ?? '', w.supervisor.actor.label ?? ''];
		const made = good(await cases.open(w.officer, opening({ named: [named], barred: [barred] })));
		const page = await access.read(w.officer, made.reference);
		expect(page.restricted).toBe(true);
		expect(page.named.map((one) => one.id).sort()).toEqual(
			[of(w.officer), of(w.otherOfficer)].sort()
		);
		expect(page.barred.map((one) => one.id)).toEqual([of(w.supervisor)]);
		expect((await views.view(w.otherOfficer, made.reference)).restricted).toBe(true);
		await expect(views.view(w.supervisor, made.reference)).rejects.toMatchObject(gone);
	});

	test('leaves nothing behind when a label is nobody’s, or two people’s', async () => {
		const unknown = opening({ named: ['PC 0000'] });
		const refused = { list: 'named', label: 'PC 0000', why: 'unknown' };
		expect(await cases.open(w.officer, unknown)).toEqual({ ok: false, error: refused });
		const { label } = w.otherOfficer.actor;
		await w.person('officer', { label });
		const twice = await cases.open(w.officer, opening({ barred: [label ?? ''] }));
		expect(twice).toMatchObject({ ok: false, error: { list: 'barred', why: 'several' } });
		expect((await views.list(w.officer)).length).toBe(1);
	});

	test('of another person in it restricts a case that was open', async () => {
		const { person } = opening({});
		const insider = { restrict: true, named: [], barred: [] };
		good(await cases.addVictim(w.officer, w.case.reference, person, undefined, insider));
		expect([await mayOpen(w.officer), await mayOpen(w.supervisor)]).toEqual([true, false]);
	});

	test('tells professional standards that something waits, and nobody’s supervisor', async () => {
		good(await cases.open(w.officer, opening({})));
		const told = await t.owner
			.selectFrom('notice')
			.select(['account_id', 'participation_id'])
			.where('force_id', '=', w.forceId)
			.execute();
		expect(told).toEqual([{ account_id: of(standards), participation_id: null }]);
	});
});

describe('the lists of a case', () => {
	test('are changed with a reason that is sealed, and each change is in the audit', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		const page = await read(w.officer);
		expect(page.lines.map(({ act, whom, reason }) => [act, whom, reason])).toEqual([
			['named', w.otherOfficer.actor.label, 'planted reason'],
			['restricted', null, 'planted reason']
		]);
		const { rows } = await sql<{ line: string }>`
			select string_agg(x::text, '') as line from access_change x`.execute(t.owner);
		expect(rows[0]?.line).not.toContain('planted');
		const audit = await t.owner
			.selectFrom('audit')
			.select('action')
			.where('subject_id', '=', w.case.id)
			.orderBy('action')
			.execute();
		expect(audit.map((row) => row.action)).toEqual([
			...['case.access_changed', 'case.access_viewed', 'case.restricted']
		]);
	});

	test('let in and shut out at once', async () => {
		good(await lists.restrict(w.officer));
		expect(await mayOpen(w.otherOfficer)).toBe(false);
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		expect(await mayOpen(w.otherOfficer)).toBe(true);
		good(await lists.add(w.officer, 'barred', w.otherOfficer));
		expect(await mayOpen(w.otherOfficer)).toBe(false);
		expect(await lists.add(w.officer, 'named', w.otherOfficer)).toEqual({
			...{ ok: false, error: 'is_barred' }
		});
		good(await lists.remove(w.officer, 'unbarred', w.otherOfficer));
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		expect(await mayOpen(w.otherOfficer)).toBe(true);
	});

	test('never lose their last officer, whoever takes them off or shuts them out', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.caseworker));
		const last = { ok: false, error: 'last' };
		expect(await lists.remove(w.officer, 'unnamed', w.officer)).toEqual(last);
		expect(await lists.remove(standards, 'unnamed', w.officer)).toEqual(last);
		expect(await lists.add(standards, 'barred', w.officer)).toEqual(last);
		expect(await lists.add(w.officer, 'barred', w.officer)).toEqual({ ok: false, error: 'self' });
	});

	test('keep one of two officers who take each other off at the same moment', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		const both = await Promise.allSettled([
			lists.remove(w.officer, 'unnamed', w.otherOfficer),
			lists.remove(w.otherOfficer, 'unnamed', w.officer)
		]);
		const done = both.filter((one) => one.status === 'fulfilled' && one.value.ok);
		expect(done.length).toBe(1);
		const named = await t.owner
			.selectFrom('case_access')
			.select('account_id')
			.where('case_id', '=', w.case.id)
			.execute();
		expect(named.length).toBe(1);
	});

	test('give the case to the one who covers it when its officer leaves them', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		expect(await working(t, w.case.id)).toEqual({
			...{ [of(w.officer)]: 'officer', [of(w.otherOfficer)]: 'cover' }
		});
		good(await lists.remove(w.officer, 'unnamed', w.officer));
		expect(await working(t, w.case.id)).toEqual({ [of(w.otherOfficer)]: 'officer' });
		expect(await mayOpen(w.officer)).toBe(false);
	});

	test('name neither victims, nor oversight, nor another team’s supervisor', async () => {
		good(await lists.restrict(w.officer));
		const teamId = randomUUID();
		const team = { force_id: w.forceId, id: teamId, name: 'Team 2' };
		await t.owner.insertInto('team').values(team).execute();
		const elsewhere = await w.person('supervisor', { teamId });
		const oversight = await w.person('oversight');
		for (const one of [elsewhere, oversight, standards]) {
			const refused = { ok: false, error: 'cannot_be_named' };
			expect(await lists.add(w.officer, 'named', one)).toEqual(refused);
		}
		const victim = lists.remove(w.officer, 'unbarred', w.victim);
		expect(await victim).toEqual({ ok: false, error: 'unknown' });
		good(await lists.add(w.officer, 'named', w.supervisor));
		expect(await mayOpen(w.supervisor)).toBe(true);
	});

	test('are nobody’s to read or change but theirs who are named, and professional standards’', async () => {
		good(await lists.restrict(w.officer));
		const desk = await w.person('agency_desk');
		for (const one of [w.supervisor, w.otherOfficer, w.caseworker, w.victim, desk]) {
			await expect(read(one)).rejects.toMatchObject(gone);
			await expect(lists.add(one, 'named', w.otherOfficer)).rejects.toMatchObject(gone);
			await expect(lists.ask(one)).rejects.toMatchObject(gone);
			await expect(lists.answer(one, true)).rejects.toMatchObject(gone);
		}
		expect((await read(standards)).worksOnIt).toBe(false);
		good(await lists.add(w.officer, 'barred', standards));
		await expect(read(standards)).rejects.toMatchObject(gone);
	});

	test('a supervisor cannot hand the case to an officer who is not named', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.supervisor));
		const page = await views.view(w.supervisor, w.case.reference);
		expect(page.officers).toEqual([]);
		const to = of(w.otherOfficer);
		const seen = page.officer?.assignment ?? '';
		const handed = await cases.reassign(w.supervisor, w.case.reference, { to, seen });
		expect(handed).toEqual({ ok: false, error: 'not_an_officer' });
	});
});

describe('lifting a restriction', () => {
	test('takes two: whoever asked cannot agree, and may take it back', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.ask(w.officer));
		expect((await read(w.officer)).ask).toMatchObject({ own: true });
		expect(await lists.ask(w.officer)).toEqual({ ok: false, error: 'same' });
		expect(await lists.answer(w.officer, true)).toEqual({ ok: false, error: 'own' });
		good(await lists.answer(w.officer, false));
		expect(await lists.answer(standards, true)).toEqual({ ok: false, error: 'same' });
		good(await lists.ask(w.officer));
		good(await lists.answer(standards, true));
		expect((await read(w.officer)).restricted).toBe(false);
		expect(await mayOpen(w.supervisor)).toBe(true);
	});

	test('leaves those shut out by name where they are', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.otherOfficer));
		good(await lists.add(w.officer, 'barred', w.supervisor));
		good(await lists.ask(w.officer));
		good(await lists.answer(w.otherOfficer, true));
		expect(await mayOpen(w.supervisor)).toBe(false);
		await expect(read(standards)).rejects.toMatchObject(gone);
	});
});

test('the glass is shut to the barred, by the same rule in the domain and in PostgreSQL', async () => {
	good(await lists.restrict(w.officer));
	const people: [Role, Ctx][] = await Promise.all(
		roles.map(async (role): Promise<[Role, Ctx]> => [
			role,
			role === 'caseworker' ? w.caseworker : await w.person(role, { deskId: null })
		])
	);
	const glass = (by: Ctx) =>
		within(by, async (tx) => {
			const { rows } = await sql<{ may: boolean }>`
				select may_break_glass(${w.forceId}::uuid, ${w.case.id}::uuid) as may`.execute(tx);
			return rows[0]?.may;
		});
	for (const [role, ctx] of people) {
		expect([role, await glass(ctx)]).toEqual([role, mayBreakGlass({ role, barred: false })]);
		if (role === 'victim') continue;
		good(await lists.add(w.officer, 'barred', ctx));
		expect([role, await glass(ctx)]).toEqual([role, false]);
	}
});
