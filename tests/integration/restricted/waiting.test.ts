import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as work from '#lib/server/cases/work.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as events from '#lib/server/events/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as standardsDesk from '#lib/server/restricted/standards.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { ask, form, value } from '../support/asking.ts';
import { good, listing, standardsPerson } from './office.ts';

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

const queueOf = async (by: Ctx) =>
	(await desk.queue(by, { show: 'open', urgency: null })).rows.map((row) => row.reference);
const toldOf = async (participationId: string) => {
	const rows = await t.owner
		.selectFrom('notice')
		.select('account_id')
		.where('participation_id', '=', participationId)
		.where('kind', '=', 'staff_work')
		.execute();
	return rows.map((row) => row.account_id).sort();
};
const seen = async () => (await standardsDesk.cases(standards))?.[0];

describe('a request in a restricted case', () => {
	test('waits, with its clock, for a named caseworker, and professional standards are told', async () => {
		good(await lists.restrict(w.officer));
		const { reference } = await ask(t, w);
		expect(await queueOf(w.caseworker)).toEqual([]);
		expect(await toldOf(w.case.participationId)).toEqual([standards.actor.accountId]);
		const due = await t.owner
			.selectFrom('support_request')
			.select('due_at')
			.where('reference', '=', reference)
			.executeTakeFirstOrThrow();
		expect(await seen()).toMatchObject({
			unheard: [{ desk: 'Victim care', dueAt: due.due_at }]
		});
		expect(JSON.stringify(await seen())).not.toContain(reference);

		good(await lists.add(standards, 'named', w.caseworker));
		expect(await queueOf(w.caseworker)).toEqual([reference]);
		expect((await desk.open(w.caseworker, reference)).dueAt).toEqual(due.due_at);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		expect((await desk.open(w.caseworker, reference)).file?.name).toBe('Sam Example');
		expect((await seen())?.unheard).toEqual([]);
		expect(await queueOf(await w.person('caseworker'))).toEqual([]);
	});

	test('is told to the caseworker who is named, and to no colleague', async () => {
		await w.person('caseworker');
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.caseworker));
		await ask(t, w);
		expect(await toldOf(w.case.participationId)).toEqual([w.caseworker.actor.accountId]);
	});

	test('that somebody had taken goes to the colleague who is named', async () => {
		const { reference } = await ask(t, w);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		const colleague = await w.person('caseworker');
		good(await lists.restrict(w.officer));
		expect((await seen())?.unheard.length).toBe(1);
		good(await lists.add(w.officer, 'named', colleague));
		const page = await desk.open(colleague, reference);
		expect(page).toMatchObject({ mine: true, takenBy: colleague.actor.label });
		expect(page.file?.words).toContain('');
		const words = { ...(await form(t, reference)), words: 'Hello' };
		await expect(desk.reply(w.caseworker, reference, words)).rejects.toThrow('not_found');
		value(await desk.reply(colleague, reference, words));
	});

	test('of a service’s desk waits for somebody named there, not for the police’s desk', async () => {
		good(await lists.restrict(w.officer));
		good(await lists.add(w.officer, 'named', w.caseworker));
		const { reference } = await ask(t, w, { deskId: w.serviceDeskId });
		expect(await queueOf(w.serviceCaseworker)).toEqual([]);
		expect((await seen())?.unheard.map((one) => one.desk)).toEqual(['Advocates']);
		good(await lists.add(standards, 'named', w.serviceCaseworker));
		expect(await queueOf(w.serviceCaseworker)).toEqual([reference]);
	});

	test('of an open case goes on to a colleague when who took it is shut out', async () => {
		const { reference } = await ask(t, w);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		const colleague = await w.person('caseworker');
		good(await lists.add(w.officer, 'barred', w.caseworker));
		expect((await desk.open(colleague, reference)).mine).toBe(true);
	});
});

describe('professional standards', () => {
	const late = new Date('2026-12-20T10:00:00Z');

	test('are shown what is late in a restricted case, which its supervisor is not', async () => {
		const said = { needId: 'PRA2', version: 0 } as const;
		const answer = { kind: 'answered', choices: ['food'], words: 'planted' } as const;
		const answers = [{ ...said, answer }];
		good(await needs.say(w.victim, { key: randomUUID(), area: 'practical', answers }));
		good(
			await events.take(w.officer, {
				...{ caseReference: w.case.reference, milestone: 'M12', agency: 'police' },
				...{ happenedOn: '2026-11-23', next: null, source: 'officer', supersedes: null }
			})
		);
		good(await lists.restrict(w.officer));
		w.now.at = late;
		const one = await seen();
		expect(one).toMatchObject({
			...{ reference: w.case.reference, late: 3, liftAsked: false },
			...{ lateStatements: 1, lateAssessments: 1, lateNews: 1 }
		});
		// The limits are those that the officer's own list holds.
		const own = (await work.list(w.officer)).lines.map((line) => line.dueAt.getTime());
		expect(one?.firstDue?.getTime()).toBe(Math.min(...own));
		const shown = JSON.stringify(await work.list(standards));
		for (const hidden of [w.case.person, 'planted', 'practical', 'Sam Example']) {
			expect(shown).not.toContain(hidden);
		}
		expect(JSON.stringify(await work.list(w.supervisor))).not.toContain(w.case.reference);
	});

	test('see no open case, none of another force, and none they are barred from', async () => {
		const there = await world(t, `force-${randomUUID().slice(0, 8)}`);
		good(await listing(there.case.reference).restrict(there.officer));
		expect(await standardsDesk.cases(standards)).toEqual([]);
		good(await lists.restrict(w.officer));
		expect((await standardsDesk.cases(standards))?.length).toBe(1);
		good(await lists.add(w.officer, 'barred', standards));
		expect(await standardsDesk.cases(standards)).toEqual([]);
	});

	test('are one kind of desk: another desk’s people are shown nothing', async () => {
		good(await lists.restrict(w.officer));
		const other = await w.person('agency_desk', { deskId: w.policeDeskId });
		expect(await standardsDesk.cases(other)).toBeNull();
		const unheld = { ...other, db: t.owner };
		expect(await standardsDesk.cases(unheld)).toBeNull();
	});
});
