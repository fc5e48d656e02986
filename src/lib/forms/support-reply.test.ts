import { describe, expect, test } from 'vitest';
import { longestWords } from '#lib/forms/form.ts';
import { parse, parseMove, parseNote, parseVersion } from '#lib/forms/support-reply.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

describe('words for the other side', () => {
	test('carry the version they answer', () => {
		expect(parse(form({ words: 'Yes, please.', version: '3' }))).toEqual({
			ok: true,
			value: { words: 'Yes, please.', version: 3 }
		});
	});

	test('are needed, and have a limit', () => {
		const none = parse(form({ words: ' \n ' }));
		const many = parse(form({ words: 'x'.repeat(longestWords + 1) }));
		expect(none).toMatchObject({ error: { errors: [{ key: 'support:error.words' }] } });
		expect(many).toMatchObject({
			error: {
				errors: [{ key: 'support:error.tooLong' }],
				values: { words: ['x'.repeat(longestWords + 1)] }
			}
		});
	});

	test('a version that is no number is a version that never was', () => {
		expect(parseVersion(form({ version: 'x' }))).toEqual({ ok: true, value: { version: 0 } });
		expect(parseVersion(form({ version: '-1' }))).toEqual({ ok: true, value: { version: 0 } });
	});
});

describe('an internal note', () => {
	test('is words alone', () => {
		expect(parseNote(form({ note: 'Spoke to housing.', way: '', result: '' }))).toEqual({
			ok: true,
			value: { words: 'Spoke to housing.', attempt: null }
		});
	});

	test('of an attempt needs the way and what came of it, but no words', () => {
		expect(parseNote(form({ note: '', way: 'call', result: 'no_answer' }))).toEqual({
			ok: true,
			value: { words: '', attempt: { way: 'call', result: 'no_answer' } }
		});
		expect(parseNote(form({ note: '', way: 'call', result: '' }))).toMatchObject({
			error: { errors: [{ field: 'result' }] }
		});
		expect(parseNote(form({ note: '', way: 'shout', result: 'spoke' }))).toMatchObject({
			error: { errors: [{ field: 'way' }] }
		});
	});

	test('with nothing in it is refused', () => {
		expect(parseNote(form({}))).toMatchObject({ error: { errors: [{ field: 'note' }] } });
	});
});

describe('a move', () => {
	test('to close needs how it ended and words that the victim reads', () => {
		expect(parseMove(form({ move: 'close' }))).toMatchObject({
			error: {
				errors: [
					{ field: 'outcome', key: 'staff-requests:error.outcome' },
					{ field: 'close-words', key: 'support:error.words' }
				]
			}
		});
		const words = 'Locks were fitted today.';
		expect(
			parseMove(form({ move: 'close', outcome: 'given', 'close-words': words, version: '4' }))
		).toEqual({ ok: true, value: { move: 'close', words, outcome: 'given', version: 4 } });
	});

	test('to start may go without words; to ask, refer or reopen may not', () => {
		expect(parseMove(form({ move: 'start', version: '2' })).ok).toBe(true);
		for (const move of ['ask_victim', 'refer', 'reopen']) {
			expect(parseMove(form({ move, version: '2' })), move).toMatchObject({
				error: { errors: [{ field: `${move}-words` }] }
			});
		}
	});

	test('that a caseworker cannot make with this form is refused', () => {
		for (const move of ['take', 'withdraw', 'victim_answered', '']) {
			expect(parseMove(form({ move })).ok, move).toBe(false);
		}
	});

	test('keeps only the words of its own box and no outcome but of closing', () => {
		const typed = {
			move: 'refer',
			'refer-words': 'To housing.',
			'close-words': 'x',
			outcome: 'given'
		};
		expect(parseMove(form(typed))).toMatchObject({
			value: { words: 'To housing.', outcome: null }
		});
	});
});
