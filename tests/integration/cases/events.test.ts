import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/service.ts';
import * as views from '#lib/server/cases/views.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as events from '#lib/server/events/service.ts';
import * as home from '#lib/server/home/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { agencyMachine } from './machine.ts';

const t = await testDatabase();
let w: World;
let machine: Ctx;

beforeAll(async () => {
	w = await world(t);
	machine = agencyMachine(w);
});
afterAll(() => t.close());

function event(milestone: string, change: Partial<events.NewEvent> = {}): events.NewEvent {
	return {
		...{ caseReference: w.case.reference, milestone, agency: 'police', source: 'records' },
		happenedOn: '2026-11-20',
		...change
	};
}

async function taken(ctx: Ctx, one: events.NewEvent): Promise<string> {
	const outcome = await events.take(ctx, one);
	if (!outcome.ok) throw new Error(outcome.error);
	return outcome.value.id;
}

async function seenBy(ctx: Ctx): Promise<readonly string[]> {
	const progress = await home.progress(ctx);
	return progress?.steps.map((step) => step.milestone) ?? [];
}

const noticesTo = (ctx: Ctx) =>
	t.owner
		.selectFrom('notice')
		.select(['kind', 'participation_id'])
		.where('account_id', '=', ctx.actor.accountId ?? '')
		.execute();

test('an event that an agency sends is in the victim’s story, with when we heard and from whom', async () => {
	await taken(machine, event('M06'));
	const progress = await home.progress(w.victim);
	expect(progress?.steps[0]).toMatchObject({
		...{ milestone: 'M06', agency: 'police', happenedOn: '2026-11-20', source: 'records' },
		heardAt: w.now.at
	});
	expect(await noticesTo(w.victim)).toEqual([
		{ kind: 'victim_news', participation_id: w.case.participationId }
	]);
	expect(await seenBy(w.otherVictim)).toEqual([]);
});

test('hard news is nowhere for the victim until a person has told them', async () => {
	const before = await home.read(w.victim);
	const told = (await noticesTo(w.victim)).length;
	const id = await taken(machine, event('M18', { happenedOn: '2026-11-22' }));
	expect(await home.read(w.victim)).toEqual(before);
	expect(await noticesTo(w.victim)).toHaveLength(told);
	expect(await noticesTo(w.officer)).toEqual([{ kind: 'staff_work', participation_id: null }]);

	expect(await events.markTold(w.officer, id)).toEqual({ ok: true, value: undefined });
	expect(await seenBy(w.victim)).toContain('M18');
	expect(await noticesTo(w.victim)).toHaveLength(told + 1);
	// Saying so twice changes nothing and sends nothing.
	expect((await events.markTold(w.officer, id)).ok).toBe(true);
	expect(await noticesTo(w.victim)).toHaveLength(told + 1);
});

test('row security alone keeps untold news from the victim and from caseworkers', async () => {
	const id = await taken(machine, event('M12'));
	const rows = (ctx: Ctx) =>
		within(ctx, (tx) => tx.selectFrom('case_event').select('id').where('id', '=', id).execute());
	expect(await rows(w.victim)).toEqual([]);
	expect(await rows(w.caseworker)).toEqual([]);
	expect(await rows(w.officer)).toEqual([{ id }]);
	const told = await within(w.victim, (tx) =>
		tx
			.updateTable('case_event')
			.set({ told_at: new Date() })
			.where('id', '=', id)
			.executeTakeFirst()
	);
	expect(told.numUpdatedRows).toBe(0n);
});

test('who tells the last word of hard news has told what it replaced', async () => {
	const first = await taken(machine, event('M14'));
	const second = await taken(machine, event('M14', { supersedes: first }));
	await events.markTold(w.officer, second);
	const rows = await t.owner
		.selectFrom('case_event')
		.select('id')
		.where('id', 'in', [first, second])
		.where('told_at', 'is', null)
		.execute();
	expect(rows).toEqual([]);
});

test('an event for one person is not in the story of another in the same case', async () => {
	const sibling = await w.person('victim');
	const { participationId, person } = await secondPerson(sibling);
	const also = { ...sibling, actor: { ...sibling.actor, participationId } };
	await taken(machine, event('M25', { person, agency: 'witness_care', source: 'witness_care' }));
	expect(await seenBy(also)).toContain('M25');
	expect(await seenBy(w.victim)).not.toContain('M25');
});

test('an officer says what the police may say and nothing of another agency', async () => {
	expect((await events.take(w.officer, event('M10', { agency: 'court' }))).ok).toBe(true);
	const { steps } = await views.view(w.officer, w.case.reference);
	expect(steps.find((step) => step.milestone === 'M10')).toMatchObject({
		agency: 'police',
		source: 'officer'
	});
	expect(await events.take(w.officer, event('M31'))).toEqual({
		ok: false,
		error: 'not_theirs_to_say'
	});
	const sentence = event('M31', { agency: 'police' });
	expect(await events.take(machine, sentence)).toEqual({ ok: false, error: 'not_theirs_to_say' });
});

test('what is unknown, in the future or about another case’s event is refused', async () => {
	const refusal = async (change: Partial<events.NewEvent>, milestone = 'M10') => {
		const outcome = await events.take(w.officer, event(milestone, change));
		return outcome.ok ? 'taken' : outcome.error;
	};
	expect(await refusal({}, 'M99')).toBe('unknown_milestone');
	expect(await refusal({ happenedOn: '2026-11-24' })).toBe('in_future');
	const other = { caseReference: w.otherCase.reference };
	const elsewhere = await taken(w.otherOfficer, event('M10', other));
	expect(await refusal({ supersedes: elsewhere })).toBe('unknown_event');
	expect(await refusal({ supersedes: randomUUID() })).toBe('unknown_event');
});

test('a double press of one form takes one event', async () => {
	const key = randomUUID();
	const count = async () =>
		(await views.view(w.officer, w.case.reference)).steps.filter((one) => one.milestone === 'M11');
	await events.take(w.officer, event('M11'), key);
	expect(await events.take(w.officer, event('M11'), key)).toEqual({ ok: false, error: 'repeated' });
	expect(await count()).toHaveLength(1);
});

test('nobody but the officer in the case says what happened in it', async () => {
	const gone = { kind: 'not_found' };
	for (const ctx of [w.otherOfficer, w.supervisor, w.victim, w.caseworker]) {
		await expect(events.take(ctx, event('M10'))).rejects.toMatchObject(gone);
	}
	const id = await taken(machine, event('M12'));
	await expect(events.markTold(w.otherOfficer, id)).rejects.toMatchObject(gone);
	await expect(events.markTold(w.officer, randomUUID())).rejects.toMatchObject(gone);
	const plain = await taken(machine, event('M06'));
	expect(await events.markTold(w.officer, plain)).toEqual({ ok: false, error: 'not_hard_news' });
});

test('an event is never changed or removed', async () => {
	const id = await taken(machine, event('M06'));
	const change = within(w.officer, (tx) =>
		tx.updateTable('case_event').set({ milestone: 'M19' }).where('id', '=', id).execute()
	);
	await expect(change).rejects.toMatchObject({ code: '42501' });
	const remove = within(w.officer, (tx) =>
		tx.deleteFrom('case_event').where('id', '=', id).execute()
	);
	await expect(remove).rejects.toMatchObject({ code: '42501' });
});

async function secondPerson(ctx: Ctx): Promise<{ participationId: string; person: string }> {
	const added = await cases.addVictim(w.officer, w.case.reference, {
		...{ name: 'Robin Example', role: 'self', language: 'en', tier: 'standard' },
		grounds: []
	});
	if (!added.ok) throw new Error(JSON.stringify(added.error));
	await cases.attachAccount(w.officer, added.value.participationId, ctx.actor.accountId ?? '');
	return added.value;
}
