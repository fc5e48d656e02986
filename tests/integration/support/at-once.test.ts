import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as desk from '#lib/server/support/desk-service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as support from '#lib/server/support/service.ts';
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
	w = await world(t, `once-${(next += 1)}`);
});

test('of fifty who take a request at once one has it, and the others are told who', async () => {
	const { reference } = await ask(t, w);
	const people = await Promise.all(Array.from({ length: 50 }, () => w.person('caseworker')));
	const { version } = await form(t, reference);
	const results = await Promise.all(
		people.map((person) => desk.take(person, reference, { key: randomUUID(), version }))
	);
	const winners = people.filter((_, place) => results[place]?.ok);
	expect(winners).toHaveLength(1);
	const by = winners[0]?.actor.label;
	const losers = results.filter((result) => !result.ok);
	expect(losers).toEqual(losers.map(() => ({ ok: false, error: { kind: 'taken', by } })));
	const story = await t.owner
		.selectFrom('support_transition')
		.select(['sequence', 'to_state'])
		.where('force_id', '=', w.forceId)
		.orderBy('sequence')
		.execute();
	expect(story).toEqual([
		{ sequence: 1, to_state: 'new' },
		{ sequence: 2, to_state: 'acknowledged' }
	]);
});

describe('the same form sent twice', () => {
	test('asks once, and both presses lead to the same request', async () => {
		const key = randomUUID();
		const [one, two] = await Promise.all([
			support.ask(w.victim, key, asked(w)),
			support.ask(w.victim, key, asked(w))
		]);
		expect(one).toEqual({ ok: true, value: 1 });
		expect(two).toEqual(one);
		expect((await support.overview(w.victim)).requests).toHaveLength(1);
	});

	test('writes one message, though the version it names has passed', async () => {
		const { number, reference } = await ask(t, w);
		const once = { ...(await form(t, reference)), words: 'Hello' };
		const both = await Promise.all([
			support.write(w.victim, number, once),
			support.write(w.victim, number, once)
		]);
		expect(both.map((one) => one.ok)).toEqual([true, true]);
		const said = (await support.read(w.victim, number)).story.filter(
			(line) => line.kind === 'said'
		);
		expect(said).toHaveLength(1);
	});

	test('takes once, and closes once', async () => {
		const { reference } = await ask(t, w);
		const taking = await form(t, reference);
		value(await desk.take(w.caseworker, reference, taking));
		value(await desk.take(w.caseworker, reference, taking));
		const close = { move: 'close', words: 'Done.', outcome: 'given' } as const;
		const closing = { ...(await form(t, reference)), ...close };
		value(await desk.moveOn(w.caseworker, reference, closing));
		value(await desk.moveOn(w.caseworker, reference, closing));
		expect((await desk.open(w.caseworker, reference)).story).toHaveLength(3);
	});

	test('opens one thread, and both presses lead to it', async () => {
		const key = randomUUID();
		const message = { subject: 'news', words: 'What is happening?' } as const;
		const numbers = await Promise.all([
			messages.start(w.victim, key, message),
			messages.start(w.victim, key, message)
		]);
		expect(numbers).toEqual([1, 1]);
		expect((await messages.threads(w.victim)).threads).toHaveLength(1);
	});
});

test('many requests and messages at once get numbers without gap or clash', async () => {
	await Promise.all([
		...Array.from({ length: 6 }, () => support.ask(w.victim, randomUUID(), asked(w))),
		...Array.from({ length: 6 }, () =>
			messages.start(w.victim, randomUUID(), { subject: 'dates', words: 'When?' })
		)
	]);
	const { requests } = await support.overview(w.victim);
	expect(requests.map((one) => one.number)).toEqual([6, 5, 4, 3, 2, 1]);
	const { threads } = await messages.threads(w.victim);
	const numbers = threads.map((one) => one.number).sort((a, b) => a - b);
	expect(numbers).toEqual(Array.from({ length: 12 }, (_, place) => place + 1));
});

describe('a form about something that changed since', () => {
	test('is refused with what the other did, and can be sent again over the new state', async () => {
		const { number, reference } = await ask(t, w);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		const typed = { ...(await form(t, reference)), words: 'We will call you.' };
		later(w, 1);
		value(
			await support.write(w.victim, number, {
				...(await form(t, reference)),
				words: 'Do not call.'
			})
		);
		const refused = await desk.reply(w.caseworker, reference, typed);
		expect(refused).toMatchObject({
			ok: false,
			error: { kind: 'stale', latest: { side: 'victim', words: 'Do not call.' } }
		});
		// The refusal has not used the form up.
		const again = { ...typed, version: (await form(t, reference)).version };
		expect(await desk.reply(w.caseworker, reference, again)).toEqual({
			ok: true,
			value: undefined
		});
	});

	test('never shows an internal note as what changed', async () => {
		const { number, reference } = await ask(t, w);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		const typed = { ...(await form(t, reference)), words: 'Hello' };
		later(w, 1);
		value(
			await desk.reply(w.caseworker, reference, { ...(await form(t, reference)), words: 'Hi' })
		);
		later(w, 1);
		await desk.note(w.caseworker, reference, { key: randomUUID(), words: 'secret', attempt: null });
		const refused = await support.write(w.victim, number, typed);
		expect(refused).toMatchObject({ error: { kind: 'stale', latest: { words: 'Hi' } } });
	});

	test('a withdrawal is refused when an answer has come meanwhile', async () => {
		const { number, reference } = await ask(t, w);
		const seen = await form(t, reference);
		value(await desk.take(w.caseworker, reference, await form(t, reference)));
		expect(await support.withdraw(w.victim, number, seen)).toMatchObject({
			error: { kind: 'stale', latest: { state: 'acknowledged' } }
		});
	});

	test('a message to the police is refused while she has written again', async () => {
		const number = await messages.start(w.victim, randomUUID(), {
			subject: 'news',
			words: 'News?'
		});
		const address = { reference: w.case.reference, person: w.case.person };
		const typed = { key: randomUUID(), version: 1, words: 'Nothing yet.' };
		value(
			await messages.write(w.victim, number, { key: randomUUID(), version: 1, words: 'Please.' })
		);
		expect(await messages.reply(w.officer, address, number, typed)).toMatchObject({
			ok: false,
			error: { kind: 'stale', latest: { words: 'Please.' } }
		});
		value(await messages.reply(w.officer, address, number, { ...typed, version: 2 }));
		const { lines } = await messages.read(w.victim, number);
		expect(lines.map((line) => line.words)).toEqual(['News?', 'Please.', 'Nothing yet.']);
	});
});
