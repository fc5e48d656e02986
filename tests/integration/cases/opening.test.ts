import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;

beforeAll(async () => {
	w = await world(t);
});
afterAll(() => t.close());

let crimes = 0;
function newCase(change: Partial<cases.NewCase> = {}): cases.NewCase {
	crimes += 1;
	return {
		crimeReference: `20/${String(crimes).padStart(6, '0')}/26`,
		category: 'burglary',
		reportedAt: new Date('2026-11-20T09:00:00Z'),
		person: {
			name: 'Plantedname Example',
			role: 'self',
			language: 'en',
			tier: 'enhanced',
			grounds: ['intimidated']
		},
		...change
	};
}

async function opened(ctx: Ctx = w.officer): Promise<cases.Opened> {
	const made = await cases.open(ctx, newCase());
	if (!made.ok) throw new Error(JSON.stringify(made.error));
	return made.value;
}

async function actionsAbout(subjectId: string): Promise<string[]> {
	const rows = await t.owner
		.selectFrom('audit')
		.select('action')
		.where('subject_id', '=', subjectId)
		.orderBy('action')
		.execute();
	return rows.map((row) => row.action);
}

const gone = { kind: 'not_found' };

test('an officer opens a case: its officer, its first victim and an assessment are there', async () => {
	const made = await opened();
	expect(made.reference).toMatch(/^C[A-Z]-\d{5}$/);
	const view = await views.view(w.officer, made.reference);
	expect(view.officer?.label).toBe(w.officer.actor.label);
	expect(view.people).toMatchObject([
		{
			reference: made.person,
			name: 'Plantedname Example',
			tier: 'enhanced',
			grounds: ['intimidated'],
			hasAccount: false,
			// One working day after the report on a Friday.
			assessment: { state: 'open', dueAt: new Date('2026-11-23T17:00:00Z') }
		}
	]);
	expect(await actionsAbout(made.caseId)).toEqual([
		...['case.opened', 'case.viewed', 'participation.added', 'participation.viewed']
	]);
});

test('the name is sealed under a key of the victim’s own', async () => {
	const made = await opened();
	const row = await t.owner
		.selectFrom('participation as p')
		.innerJoin('victim as v', 'v.id', 'p.victim_id')
		.innerJoin('victim_key as k', 'k.victim_id', 'v.id')
		.select(['v.name_sealed', 'k.wrapped'])
		.where('p.id', '=', made.participationId)
		.executeTakeFirstOrThrow();
	expect(row.name_sealed).toMatch(/^ey/);
	expect(JSON.stringify(row)).not.toContain('Plantedname');
	expect(row.wrapped).toMatch(/^ey/);
});

test('one crime has one case, whoever opens it, and nothing is left of the second try', async () => {
	const first = newCase();
	expect((await cases.open(w.officer, first)).ok).toBe(true);
	const before = await t.owner.selectFrom('victim').select('id').execute();
	expect(await cases.open(w.otherOfficer, first)).toEqual({ ok: false, error: 'duplicate' });
	expect(await t.owner.selectFrom('victim').select('id').execute()).toEqual(before);
});

test('of two officers who open one crime at once, one has the case', async () => {
	const both = newCase();
	const outcomes = await Promise.all([
		cases.open(w.officer, both),
		cases.open(w.otherOfficer, both)
	]);
	expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
});

test('a double press of one form opens one case and gives it both times', async () => {
	const [one, key] = [newCase(), randomUUID()];
	const [first, second] = await Promise.all([
		cases.open(w.officer, one, key),
		cases.open(w.officer, one, key)
	]);
	expect(first.ok).toBe(true);
	expect(second).toEqual(first);
});

test('a report in the future, a tier without its ground and an officer of no team are refused', async () => {
	const later = newCase({ reportedAt: new Date('2026-11-23T10:00:01Z') });
	expect(await cases.open(w.officer, later)).toEqual({ ok: false, error: 'in_future' });
	const { person } = newCase();
	const groundless = newCase({ person: { ...person, grounds: [] } });
	expect(await cases.open(w.officer, groundless)).toEqual({ ok: false, error: 'tier' });
	const loose = await w.person('officer', { teamId: null });
	expect(await cases.open(loose, newCase())).toEqual({ ok: false, error: 'no_team' });
});

test('only an officer opens a case or adds to it; to others the way is not there', async () => {
	const { reference } = await opened();
	const { person } = newCase();
	for (const ctx of [w.supervisor, w.victim, w.caseworker]) {
		await expect(cases.open(ctx, newCase())).rejects.toMatchObject(gone);
		await expect(cases.addVictim(ctx, reference, person)).rejects.toMatchObject(gone);
	}
});

test('another victim joins with an assessment of their own, and a double press adds one', async () => {
	const made = await opened();
	const { person } = newCase();
	const key = randomUUID();
	const standard = { ...person, tier: 'standard' as const, grounds: [], name: 'Second Example' };
	const added = await cases.addVictim(w.officer, made.reference, standard, key);
	expect(added.ok).toBe(true);
	expect(await cases.addVictim(w.officer, made.reference, standard, key)).toEqual({
		ok: false,
		error: 'repeated'
	});
	const { people } = await views.view(w.officer, made.reference);
	expect(people.map((one) => one.name).sort()).toEqual(['Plantedname Example', 'Second Example']);
	// Two working days from when they joined, a Monday.
	const second = people.find((one) => one.name === 'Second Example');
	expect(second?.assessment?.dueAt).toEqual(new Date('2026-11-25T17:00:00Z'));
});

test('a case of somebody else is not found, in the same words as one that does not exist', async () => {
	const made = await opened();
	const { person } = newCase();
	for (const reference of [made.reference, 'CA-00000']) {
		await expect(views.view(w.otherOfficer, reference)).rejects.toMatchObject(gone);
		await expect(cases.addVictim(w.otherOfficer, reference, person)).rejects.toMatchObject(gone);
	}
	expect(await actionsAbout(made.caseId)).toEqual(['case.opened', 'participation.added']);
});

test('row security alone shows another officer nothing of it, and takes nothing from them', async () => {
	const made = await opened();
	await within(w.otherOfficer, async (tx) => {
		const seen = await tx
			.selectFrom('crime_case')
			.select('id')
			.where('id', '=', made.caseId)
			.execute();
		expect(seen).toEqual([]);
		const people = await tx
			.selectFrom('participation')
			.select('id')
			.where('id', '=', made.participationId)
			.execute();
		expect(people).toEqual([]);
	});
	const assign = within(w.otherOfficer, (tx) =>
		tx
			.insertInto('case_assignment')
			.values({
				force_id: w.forceId,
				case_id: made.caseId,
				account_id: w.otherOfficer.actor.accountId ?? '',
				kind: 'cover',
				ended_at: null
			})
			.execute()
	);
	await expect(assign).rejects.toMatchObject({ code: '42501' });
});

test('an account is attached once, by the police alone', async () => {
	const made = await opened();
	const person = await w.person('victim');
	const [id, account] = [made.participationId, person.actor.accountId ?? ''];
	await expect(cases.attachAccount(w.otherOfficer, id, account)).rejects.toMatchObject(gone);
	await expect(cases.attachAccount(person, id, account)).rejects.toMatchObject(gone);
	expect(await cases.attachAccount(w.officer, id, account)).toEqual({ ok: true, value: undefined });
	expect(await cases.attachAccount(w.officer, id, account)).toEqual({ ok: false, error: 'taken' });
	const view = await views.view(w.officer, made.reference);
	expect(view.people[0]?.hasAccount).toBe(true);
});
