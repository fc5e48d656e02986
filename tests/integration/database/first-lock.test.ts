import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as cases from '#lib/server/cases/views.ts';
import * as work from '#lib/server/cases/work.ts';
import * as checking from '#lib/server/reach/checking.ts';
import * as reach from '#lib/server/reach/service.ts';
import * as contact from '#lib/server/contact/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as home from '#lib/server/home/service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { about, world, type World } from '../../support/world.ts';

let t: TestDatabase;
let w: World;
let reference: string;

/** The same person on a connection that row security does not hold: only our own check is left. */
const unheld = (ctx: Ctx): Ctx => ({ ...ctx, db: t.owner });

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
	const asked = {
		kind: 'money' as const,
		urgency: 'two_days' as const,
		reach: { channels: ['portal' as const], words: '' },
		deskId: w.policeDeskId,
		words: 'help with a form'
	};
	const sent = await support.ask(w.victim, randomUUID(), asked);
	expect(sent.ok).toBe(true);
	const row = await t.owner
		.selectFrom('support_request')
		.select('reference')
		.executeTakeFirstOrThrow();
	reference = row.reference;
	const said = { needId: 'PRA2', version: 0 } as const;
	const answer = { kind: 'answered', choices: ['food'], words: '' } as const;
	await needs.say(w.victim, {
		key: randomUUID(),
		area: 'practical',
		answers: [{ ...said, answer }]
	});
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };

describe('with row security out of the way, the services refuse by themselves', () => {
	test('an officer of another case', async () => {
		const other = unheld(w.otherOfficer);
		const place = { reference: w.case.reference, person: w.case.person };
		await expect(cases.view(other, w.case.reference)).rejects.toMatchObject(gone);
		await expect(viewing.person(other, place)).rejects.toMatchObject(gone);
		await expect(viewing.area(other, place, 'practical')).rejects.toMatchObject(gone);
		await expect(contact.mail(other, place)).rejects.toMatchObject(gone);
		await expect(checking.read(other, place)).rejects.toMatchObject(gone);
		expect(await cases.find(other, w.case.reference)).toBeNull();
		const listed = JSON.stringify([await cases.list(other), await work.list(other)]);
		expect(listed).not.toContain(w.case.reference);
		// The control: the officer in the case is let in by the same calls.
		expect((await cases.list(unheld(w.officer))).length).toBe(1);
	});

	test('a supervisor of another team', async () => {
		const elsewhere = { ...w.supervisor.actor, teamId: randomUUID() };
		const other = unheld({ ...w.supervisor, actor: elsewhere });
		await expect(cases.view(other, w.case.reference)).rejects.toMatchObject(gone);
		expect(await cases.list(other)).toEqual([]);
	});

	test('another victim, even one who names a participation that is not hers', async () => {
		const thief = unheld(about(w.otherVictim, w.case));
		expect(await home.progress(thief)).toBeNull();
		await expect(reach.read(thief)).rejects.toMatchObject(gone);
		await expect(needs.area(thief, 'practical', false)).rejects.toMatchObject(gone);
		await expect(support.read(thief, 1, false)).rejects.toMatchObject(gone);
		expect((await support.overview(thief)).requests).toEqual([]);
		await expect(messages.threads(thief)).rejects.toMatchObject(gone);
	});

	test('a caseworker of another desk, and one who has not taken the request', async () => {
		await expect(desk.open(unheld(w.serviceCaseworker), reference)).rejects.toMatchObject(gone);
		const queue = await desk.queue(unheld(w.serviceCaseworker), { show: 'open', urgency: null });
		expect(queue.rows).toEqual([]);
		const closed = await desk.open(unheld(w.caseworker), reference);
		expect(closed.file).toBeNull();
		expect(JSON.stringify(closed)).not.toContain('help with a form');
	});
});
