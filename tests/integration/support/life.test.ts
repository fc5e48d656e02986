import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';
import { openRequests } from '#lib/server/support/queries.ts';
import { unreadMessages } from '#lib/server/messages/queries.ts';
import { within } from '#lib/server/context.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { ask, asked, form, later, value } from './asking.ts';

let t: TestDatabase;
let w: World;
let next = 0;

beforeAll(async () => {
	t = await testDatabase();
});
afterAll(() => t.close());
beforeEach(async () => {
	w = await world(t, `life-${(next += 1)}`);
});

async function noticesOf(accountId: string | null, kind: string): Promise<number> {
	const rows = await t.owner
		.selectFrom('notice')
		.select('id')
		.where('account_id', '=', accountId)
		.where('kind', '=', kind as 'staff_work')
		.execute();
	return rows.length;
}

test('a request lives from asking to closing and back, and both sides read the same story', async () => {
	const { number, reference } = await ask(t, w);
	expect(await noticesOf(w.caseworker.actor.accountId, 'staff_work')).toBe(1);

	later(w, 5);
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	later(w, 5);
	const question = { move: 'ask_victim', words: 'Which bank?', outcome: null } as const;
	value(await desk.moveOn(w.caseworker, reference, { ...(await form(t, reference)), ...question }));
	later(w, 5);
	const answer = { ...(await form(t, reference)), words: 'The blue one.' };
	value(await support.write(w.victim, number, answer));
	later(w, 5);
	const reply = { ...(await form(t, reference)), words: 'The form is on its way.' };
	value(await desk.reply(w.caseworker, reference, reply));
	later(w, 5);
	const close = { move: 'close', words: 'The bank has agreed.', outcome: 'given' } as const;
	value(await desk.moveOn(w.caseworker, reference, { ...(await form(t, reference)), ...close }));

	const page = await support.read(w.victim, number);
	expect(page.state).toBe('done');
	expect(page.mayWrite).toBe(false);
	expect(page.story.map((line) => line.state ?? line.words)).toEqual([
		...['new', 'acknowledged', 'waiting_for_victim', 'in_progress'],
		...['The blue one.', 'The form is on its way.', 'done']
	]);
	expect(page.story.at(-1)).toMatchObject({ words: 'The bank has agreed.', outcome: 'given' });
	expect(page.story[2]).toMatchObject({ words: 'Which bank?', by: w.caseworker.actor.label });

	const seen = await desk.open(w.caseworker, reference);
	// Who reads differs, and so does which lines are theirs.
	const read = ({ mine: _mine, ...line }: (typeof page.story)[number]) => line;
	expect(seen.story.map(read)).toEqual(page.story.map(read));
	expect(seen.moves).toEqual(['reopen']);
	later(w, 5);
	const reopen = { move: 'reopen', words: 'The bank said no after all.', outcome: null } as const;
	value(await desk.moveOn(w.caseworker, reference, { ...(await form(t, reference)), ...reopen }));
	expect(await support.read(w.victim, number)).toMatchObject({
		state: 'acknowledged',
		closedAt: null
	});
	// Taken, asked, answered, closed, opened again: one notice each.
	expect(await noticesOf(w.victim.actor.accountId, 'victim_news')).toBe(5);
});

test('before it is taken a desk sees what is asked and by when, and nothing that she wrote', async () => {
	const { reference } = await ask(t, w);
	const queue = await desk.queue(w.caseworker, { show: 'open', urgency: null });
	expect(queue.rows).toHaveLength(1);
	expect(queue.rows[0]).toMatchObject({ reference, kind: 'money', contact: { state: 'ask' } });
	const page = await desk.open(w.caseworker, reference);
	expect(page.file).toBeNull();
	expect(JSON.stringify([queue, page])).not.toMatch(/rent|Friday|2pm|Sam Example/);
});

test('after taking the caseworker reads her words, her name, and how to answer safely', async () => {
	const { reference } = await ask(t, w);
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	const { file } = await desk.open(w.caseworker, reference);
	expect(file).toMatchObject({
		name: 'Sam Example',
		words: 'The rent is due on Friday.',
		reach: { channels: ['text'], words: 'After 2pm.' },
		plan: null
	});
});

test('a colleague who did not take it reads no more than before, and can do nothing with it', async () => {
	const { reference } = await ask(t, w);
	const colleague = await w.person('caseworker');
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	expect((await desk.open(colleague, reference)).file).toBeNull();
	expect((await desk.open(colleague, reference)).takenBy).toBe(w.caseworker.actor.label);
	const reply = { ...(await form(t, reference)), words: 'Hello' };
	await expect(desk.reply(colleague, reference, reply)).rejects.toThrow('not_found');
	const note = { key: randomUUID(), words: 'Hello', attempt: null };
	await expect(desk.note(colleague, reference, note)).rejects.toThrow('not_found');
});

test('a colleague with another request of hers still cannot open or answer this one', async () => {
	const one = await ask(t, w);
	const two = await ask(t, w, { words: 'A second thing.' });
	const colleague = await w.person('caseworker');
	value(await desk.take(w.caseworker, one.reference, await form(t, one.reference)));
	value(await desk.take(colleague, two.reference, await form(t, two.reference)));
	expect((await desk.open(colleague, one.reference)).file).toBeNull();
	const reply = { ...(await form(t, one.reference)), words: 'Hello' };
	await expect(desk.reply(colleague, one.reference, reply)).rejects.toThrow('not_found');
});

test('internal notes are read by the desk and never by her, and do not disturb her numbering', async () => {
	const { number, reference } = await ask(t, w);
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	const attempt = { way: 'call', result: 'no_answer' } as const;
	await desk.note(w.caseworker, reference, {
		key: randomUUID(),
		words: 'Husband answered',
		attempt
	});
	value(
		await support.write(w.victim, number, { ...(await form(t, reference)), words: 'Any news?' })
	);
	const mine = await support.read(w.victim, number);
	expect(JSON.stringify(mine)).not.toContain('Husband');
	expect(mine.story.filter((line) => line.kind === 'said')).toHaveLength(1);
	const theirs = await desk.open(w.caseworker, reference);
	expect(theirs.story.filter((line) => line.kind !== 'state')).toMatchObject([
		{ kind: 'internal', words: 'Husband answered', attempt },
		{ kind: 'said', side: 'victim', words: 'Any news?' }
	]);
});

test('she may take it back at any time, and then nothing more is written', async () => {
	const { number, reference } = await ask(t, w);
	value(await support.withdraw(w.victim, number, await form(t, reference)));
	expect((await support.read(w.victim, number)).mayWithdraw).toBe(false);
	const words = { ...(await form(t, reference)), words: 'One more thing' };
	expect(await support.write(w.victim, number, words)).toMatchObject({
		ok: false,
		error: { kind: 'stale', latest: { state: 'withdrawn' } }
	});
	const take = await desk.take(w.caseworker, reference, await form(t, reference));
	expect(take).toEqual({ ok: false, error: { kind: 'changed' } });
});

test('opening a page marks what the other side wrote as read', async () => {
	const { number, reference } = await ask(t, w);
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	value(
		await desk.reply(w.caseworker, reference, { ...(await form(t, reference)), words: 'Hello' })
	);
	const unread = () => within(w.victim, (tx) => unreadMessages(tx, w.victim.actor));
	expect(await unread()).toBe(1);
	await support.read(w.victim, number);
	expect(await unread()).toBe(0);
});

test('looking is written down: at the queue row as that, at her file as that', async () => {
	const { reference } = await ask(t, w);
	const actions = async () =>
		(
			await t.owner
				.selectFrom('audit')
				.select('action')
				.where('account_id', '=', w.caseworker.actor.accountId)
				.where('participation_id', '=', w.case.participationId)
				.where('action', 'like', '%viewed')
				.execute()
		).map((row) => row.action);
	await desk.open(w.caseworker, reference);
	expect(await actions()).toEqual(['support.viewed']);
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
	await desk.open(w.caseworker, reference);
	expect((await actions()).sort()).toEqual(['participation.viewed', 'support.viewed']);
});

describe('what is offered', () => {
	test('a desk of another force cannot be asked', async () => {
		const other = await world(t, 'othershire');
		const sent = await support.ask(
			w.victim,
			randomUUID(),
			asked(w, { deskId: other.policeDeskId })
		);
		expect(sent).toEqual({ ok: false, error: 'not_offered' });
	});

	test('the page names each desk, whose it is and when somebody is there', async () => {
		await t.owner
			.insertInto('desk_hours')
			.values({
				...{ force_id: w.forceId, desk_id: w.policeDeskId },
				...{ weekday: 1, opens: '08:00', closes: '09:30' }
			})
			.execute();
		const page = await support.askPage(w.victim);
		expect(page.desks).toMatchObject([
			{ id: w.policeDeskId, audience: 'force', openUntil: null },
			{ id: w.serviceDeskId, audience: 'service', opensAt: null }
		]);
		expect(page.desks[0]?.opensAt).toEqual(new Date('2026-11-30T08:00:00Z'));
		// No day is promised on which nobody will have read it, whichever desk is chosen.
		expect(page.desks.map((desk) => desk.due.two_days)).toEqual([
			new Date('2026-11-30T17:00:00Z'),
			new Date('2026-11-25T17:00:00Z')
		]);
		expect(page.due.two_days).toEqual(new Date('2026-11-30T17:00:00Z'));
		const { number } = await ask(t, w);
		expect((await support.read(w.victim, number)).dueAt).toEqual(page.due.two_days);
	});

	test('open requests are listed for other pages without a word of them', async () => {
		const { number } = await ask(t, w);
		const open = await within(w.victim, (tx) => openRequests(tx, w.victim.actor));
		expect(open).toEqual([
			{ number, kind: 'money', state: 'new', dueAt: new Date('2026-11-25T17:00:00Z') }
		]);
	});
});
