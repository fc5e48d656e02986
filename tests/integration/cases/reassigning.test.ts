import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import { within } from '#lib/server/context.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
const gone = { kind: 'not_found' };

beforeAll(async () => {
	w = await world(t);
});
afterAll(() => t.close());

async function aCase() {
	const made = await w.caseOf(w.officer, null);
	const { officer } = await views.view(w.supervisor, made.reference);
	return { ...made, seen: officer?.assignment ?? '' };
}

const to = () => w.otherOfficer.actor.accountId ?? '';

test('a supervisor hands a case over: the old officer loses it at once, the new one has it', async () => {
	const made = await aCase();
	expect((await views.view(w.officer, made.reference)).reference).toBe(made.reference);
	expect(await cases.reassign(w.supervisor, made.reference, { to: to(), seen: made.seen })).toEqual(
		{
			ok: true,
			value: undefined
		}
	);
	await expect(views.view(w.officer, made.reference)).rejects.toMatchObject(gone);
	const view = await views.view(w.otherOfficer, made.reference);
	expect(view.officer?.label).toBe(w.otherOfficer.actor.label);
	const left = await within(w.officer, (tx) =>
		tx.selectFrom('participation').select('id').where('id', '=', made.participationId).execute()
	);
	expect(left).toEqual([]);
});

test('the new officer is told that work waits, and what, by nobody but Waymark', async () => {
	const made = await aCase();
	await cases.reassign(w.supervisor, made.reference, { to: to(), seen: made.seen });
	const notices = await t.owner
		.selectFrom('notice')
		.select(['kind', 'participation_id'])
		.where('account_id', '=', to())
		.execute();
	expect(notices.at(-1)).toEqual({ kind: 'staff_work', participation_id: null });
});

test('two supervisors at once: the second is told that it is stale', async () => {
	const made = await aCase();
	const third = await w.person('officer');
	const second = await w.person('supervisor');
	const outcomes = await Promise.all([
		cases.reassign(w.supervisor, made.reference, { to: to(), seen: made.seen }),
		cases.reassign(second, made.reference, { to: third.actor.accountId ?? '', seen: made.seen })
	]);
	expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
	expect(outcomes.find((one) => !one.ok)).toEqual({ ok: false, error: 'stale' });
});

test('a double press of one form hands over once', async () => {
	const made = await aCase();
	const change = { to: to(), seen: made.seen, key: randomUUID() };
	expect((await cases.reassign(w.supervisor, made.reference, change)).ok).toBe(true);
	expect((await cases.reassign(w.supervisor, made.reference, change)).ok).toBe(true);
	const rows = await t.owner
		.selectFrom('case_assignment')
		.select('id')
		.where('case_id', '=', made.id)
		.execute();
	expect(rows).toHaveLength(2);
});

test('a case goes to an officer of the team, and to another one than before', async () => {
	const made = await aCase();
	const give = (accountId: string | null) =>
		cases.reassign(w.supervisor, made.reference, { to: accountId ?? '', seen: made.seen });
	for (const ctx of [w.caseworker, w.victim, await w.person('officer', { teamId: null })]) {
		expect(await give(ctx.actor.accountId)).toEqual({ ok: false, error: 'not_an_officer' });
	}
	expect(await give(w.officer.actor.accountId)).toEqual({ ok: false, error: 'same' });
});

test('an officer hands nothing over, and a supervisor of another team does not find the case', async () => {
	const made = await aCase();
	const change = { to: to(), seen: made.seen };
	await expect(cases.reassign(w.officer, made.reference, change)).rejects.toMatchObject(gone);
	const teamId = randomUUID();
	await t.owner
		.insertInto('team')
		.values({ force_id: w.forceId, id: teamId, name: 'Two' })
		.execute();
	const elsewhere = await w.person('supervisor', { teamId });
	await expect(cases.reassign(elsewhere, made.reference, change)).rejects.toMatchObject(gone);
	const ended = await within(elsewhere, (tx) =>
		tx
			.updateTable('case_assignment')
			.set({ ended_at: new Date() })
			.where('case_id', '=', made.id)
			.executeTakeFirst()
	);
	expect(ended.numUpdatedRows).toBe(0n);
});
