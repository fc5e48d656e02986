import { expect, test } from 'vitest';
import { longestWords } from '#lib/forms/form.ts';
import { parse, parseAgreement } from '#lib/forms/need-review.ts';

const id = '0b8f7a0e-6a3f-4f0e-9a51-3a2a5b6c7d8e';

function form(pairs: Readonly<Record<string, string | readonly string[]>>): FormData {
	const data = new FormData();
	for (const [name, values] of Object.entries(pairs)) {
		for (const value of [values].flat()) data.append(name, value);
	}
	return data;
}

function errorsOf(pairs: Readonly<Record<string, string>>) {
	const read = parse(form({ need: 'CRT1', statement: id, ...pairs }));
	return read.ok ? [] : read.error.errors.map((error) => [error.field, error.key]);
}

test.each(['agreed', 'agreed_in_part', 'not_agreed'])('reads “%s” with its words', (answer) => {
	const read = parse(
		form({ need: 'CRT1', statement: id, 'CRT1-answer': answer, 'CRT1-reply': ' We will ask ' })
	);
	const value = { needId: 'CRT1', statementId: id, answer, words: 'We will ask' };
	expect(read).toEqual({ ok: true, value });
});

test('no answer is given without words, not even agreement', () => {
	for (const answer of ['agreed', 'agreed_in_part', 'not_agreed']) {
		expect(errorsOf({ 'CRT1-answer': answer, 'CRT1-reply': '  ' })).toEqual([
			['CRT1-reply', 'staff-needs:error.words']
		]);
	}
	expect(errorsOf({})).toHaveLength(2);
});

test('the sentence offered for agreeing does not serve for disagreeing', () => {
	const offered = { suggested: 'We agree.', 'CRT1-reply': 'We agree.' };
	expect(errorsOf({ ...offered, 'CRT1-answer': 'agreed' })).toEqual([]);
	expect(errorsOf({ ...offered, 'CRT1-answer': 'not_agreed' })).toEqual([
		['CRT1-reply', 'staff-needs:error.ownWords']
	]);
});

test('words over the limit are refused, with the limit', () => {
	const tooLong = { 'CRT1-answer': 'agreed', 'CRT1-reply': 'x'.repeat(longestWords + 1) };
	expect(errorsOf(tooLong)).toEqual([['CRT1-reply', 'staff-needs:error.tooLong']]);
});

test('a statement or need that is none is refused without a word about it', () => {
	expect(errorsOf({ statement: 'x' })).toEqual([['content', 'staff-needs:error.gone']]);
	expect(errorsOf({ need: 'XXX1' })).toEqual([['content', 'staff-needs:error.gone']]);
});

test('agreeing with all names each statement, and has words too', () => {
	const read = parseAgreement(form({ statement: [id, id], 'area-reply': 'We agree' }));
	expect(read).toEqual({ ok: true, value: { statementIds: [id, id], words: 'We agree' } });
	expect(parseAgreement(form({ statement: [id], 'area-reply': '' })).ok).toBe(false);
	expect(parseAgreement(form({ 'area-reply': 'We agree' })).ok).toBe(false);
});
