import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestMoves } from '#lib/domain/support/request.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { ask, form, later } from './asking.ts';

let t: TestDatabase;
let w: World;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());

test('the database knows the same moves as the code', async () => {
	const stored = await t.owner
		.selectFrom('support_move')
		.select(['from_state', 'to_state'])
		.execute();
	const known = Object.values(requestMoves).flatMap(({ from, to }) =>
		from.map((one) => `${one}>${to}`)
	);
	expect(stored.map((row) => `${row.from_state}>${row.to_state}`).sort()).toEqual(
		[...new Set(['none>new', ...known])].sort()
	);
});

const steps = [
	...(['take', 'start', 'ask_victim', 'refer', 'close', 'reopen'] as const),
	...(['reply', 'note', 'write', 'withdraw'] as const)
];
type Step = (typeof steps)[number];

/** Does one step as whoever would do it; a step that is not open is refused, and that is all. */
async function act(step: Step, one: { number: number; reference: string }): Promise<void> {
	const { number, reference } = one;
	const about = await form(t, reference);
	later(w, 1);
	const words = 'Some words.';
	switch (step) {
		case 'write':
			await support.write(w.victim, number, { ...about, words });
			return;
		case 'withdraw':
			await support.withdraw(w.victim, number, about);
			return;
		case 'take':
			await desk.take(w.caseworker, reference, about);
			return;
		case 'reply':
			await desk.reply(w.caseworker, reference, { ...about, words });
			return;
		case 'note':
			await desk.note(w.caseworker, reference, { key: randomUUID(), words, attempt: null });
			return;
		default: {
			const outcome = step === 'close' ? 'given' : null;
			await desk.moveOn(w.caseworker, reference, { ...about, move: step, words, outcome });
		}
	}
}

test('whatever both sides do, in whatever order, the story has no gap and ends where the request is', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), async (moves) => {
			const one = await ask(t, w);
			for (const step of moves) {
				// A request that nobody took is not found by those who would work on it.
				await act(step, one).catch((error: Error) => expect(error.message).toBe('not_found'));
			}
			const request = await t.owner
				.selectFrom('support_request')
				.select(['id', 'state', 'closed_at', 'taken_by'])
				.where('reference', '=', one.reference)
				.executeTakeFirstOrThrow();
			const story = await t.owner
				.selectFrom('support_transition')
				.select(['sequence', 'from_state', 'to_state'])
				.where('request_id', '=', request.id)
				.orderBy('sequence')
				.execute();
			expect(story.map((row) => row.sequence)).toEqual(story.map((_, place) => place + 1));
			expect(story.map((row) => row.from_state)).toEqual([
				'none',
				...story.slice(0, -1).map((row) => row.to_state)
			]);
			expect(story.at(-1)?.to_state).toBe(request.state);
			const over = request.state === 'done' || request.state === 'withdrawn';
			expect(request.closed_at !== null).toBe(over);
		}),
		{ seed: 4201, numRuns: 25 }
	);
});

test('a state that no move leads to cannot be stored, nor a story with a gap', async () => {
	const { reference } = await ask(t, w);
	const request = t.owner.selectFrom('support_request').where('reference', '=', reference);
	const { id } = await request.select('id').executeTakeFirstOrThrow();
	const jump = t.owner
		.updateTable('support_request')
		.set({
			state: 'done',
			closed_at: new Date(),
			taken_by: w.caseworker.actor.accountId,
			taken_at: new Date()
		})
		.where('id', '=', id)
		.execute();
	await expect(jump).rejects.toThrow('a request cannot go from new to done');
	const line = (sequence: number, from: string, to: string) =>
		t.owner
			.insertInto('support_transition')
			.values({
				...{ force_id: w.forceId, request_id: id, sequence, from_state: from, to_state: to },
				...{ moved_by: w.caseworker.actor.accountId ?? '', moved_label: 'x', moved_at: new Date() },
				words_sealed: null
			})
			.execute();
	await expect(line(3, 'new', 'acknowledged')).rejects.toThrow('follows the one before');
	await expect(line(2, 'acknowledged', 'in_progress')).rejects.toThrow('follows the one before');
});
