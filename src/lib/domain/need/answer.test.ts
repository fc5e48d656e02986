import { describe, expect, test } from 'vitest';
import { checkAnswer, differs, difference, sameAnswer } from '#lib/domain/need/answer.ts';
import { signalsDanger, wantsToTalkNow, wordsLimit } from '#lib/domain/need/answer.ts';
import type { Answer, AnswerKind } from '#lib/domain/need/answer.ts';
import { needById } from '#lib/domain/need/catalogue.ts';
import type { Need, NeedId } from '#lib/domain/need/catalogue.ts';

function need(id: NeedId): Need {
	const found = needById(id);
	if (found === null) throw new Error(`no need ${id}`);
	return found;
}

function said(choices: readonly string[], words = '', kind: AnswerKind = 'answered'): Answer {
	return { kind, choices, words };
}

describe('checking an answer', () => {
	test('gives options once, in the order of the catalogue, and trims the words', () => {
		expect(
			checkAnswer(need('CON1'), said(['call', 'text', 'call'], '  After 5\r\nplease '))
		).toEqual({ ok: true, value: said(['text', 'call'], 'After 5\nplease') });
	});

	test('refuses an option the need does not have, even one of another need', () => {
		expect(checkAnswer(need('CON1'), said(['visit']))).toEqual({
			ok: false,
			error: 'unknown_option'
		});
	});

	test('refuses two options where one is asked', () => {
		expect(checkAnswer(need('SAF1'), said(['yes', 'no']))).toEqual({
			ok: false,
			error: 'too_many'
		});
	});

	test('refuses "none" together with anything else', () => {
		expect(checkAnswer(need('CON2'), said(['none', 'call']))).toEqual({
			ok: false,
			error: 'too_many'
		});
	});

	test('refuses words beyond the limit and words where none are taken', () => {
		const long = 'a'.repeat(wordsLimit(need('CON1')) + 1);
		expect(checkAnswer(need('CON1'), said(['text'], long))).toEqual({
			ok: false,
			error: 'too_long'
		});
		expect(checkAnswer(need('SAF1'), said(['yes'], 'more'))).toEqual({
			ok: false,
			error: 'too_long'
		});
	});

	test('counts characters as a reader does', () => {
		const limit = wordsLimit(need('CON5'));
		expect(checkAnswer(need('CON5'), said([], '👨‍👩‍👧‍👦'.repeat(limit))).ok).toBe(true);
		expect(checkAnswer(need('CON5'), said([], '😀'.repeat(limit + 1))).ok).toBe(false);
	});

	test('refuses an empty answer, and takes words alone where words are taken', () => {
		expect(checkAnswer(need('CON1'), said([], '  '))).toEqual({ ok: false, error: 'empty' });
		expect(checkAnswer(need('CON1'), said([], 'Through my sister')).ok).toBe(true);
		expect(checkAnswer(need('CON3'), said([]))).toEqual({ ok: false, error: 'empty' });
	});

	test('keeps nothing beside a wish not to answer, and takes it even for what comes later', () => {
		for (const kind of ['prefer_not_to_say', 'ask_me_later', 'talk_to_someone'] as const) {
			const tidy = { ok: true, value: said([], '', kind) };
			expect(checkAnswer(need('SAF2'), said(['the_person'], '', kind))).toEqual(tidy);
			expect(checkAnswer(need('CON3'), said([], '', kind))).toEqual(tidy);
		}
	});

	test('stores nothing for a page that only informs', () => {
		expect(checkAnswer(need('CUL4'), said([])).ok).toBe(false);
		expect(checkAnswer(need('CUL4'), said([], '', 'talk_to_someone')).ok).toBe(false);
	});
});

describe('danger', () => {
	test.each<[NeedId, string, boolean]>([
		['SAF1', 'no', true],
		['SAF1', 'not_sure', true],
		['SAF1', 'yes', false],
		['SAF2', 'the_person', true],
		['SAF2', 'someone_else', true],
		['SAF2', 'not_sure', false],
		['SAF2', 'no', false],
		['SAF3', 'less_safe', true],
		['SAF3', 'safer', false],
		['CUL3', 'yes', true],
		['CUL3', 'no', false],
		['CON2', 'call', false]
	])('%s "%s": %s', (id, option, danger) => {
		expect(checkAnswer(need(id), said([option])).ok).toBe(true);
		expect(signalsDanger(need(id), said([option]))).toBe(danger);
	});

	test('an answer that was withheld signals nothing', () => {
		expect(signalsDanger(need('SAF1'), said(['no'], '', 'prefer_not_to_say'))).toBe(false);
	});

	test('asking to talk now leads to the helplines', () => {
		expect(wantsToTalkNow(need('HEA3'), said(['talk_now']))).toBe(true);
		expect(wantsToTalkNow(need('HEA3'), said(['managing']))).toBe(false);
	});
});

describe('two voices', () => {
	test('the order of options does not make two answers different, their words do', () => {
		expect(sameAnswer(said(['text', 'call']), said(['call', 'text']))).toBe(true);
		expect(sameAnswer(said(['text'], 'a'), said(['text'], 'b'))).toBe(false);
		expect(sameAnswer(said([]), said([], '', 'ask_me_later'))).toBe(false);
	});

	test('an option that only one of them has is a difference, and is named', () => {
		const statement = said(['text']);
		const entry = said(['text', 'call']);
		expect(differs(statement, entry)).toBe(true);
		expect(difference(statement, entry)).toEqual({
			onlySaid: [],
			onlyRecorded: ['call'],
			wordsMissing: false
		});
	});

	test('words differ only when the record has none, or when there is nothing else', () => {
		expect(differs(said(['text'], 'weekdays'), said(['text'], 'Weekdays, 9 to 5'))).toBe(false);
		expect(differs(said(['text'], 'weekdays'), said(['text']))).toBe(true);
		expect(differs(said(['text']), said(['text'], 'prefers mornings'))).toBe(false);
		expect(differs(said([], 'Blue  bird'), said([], 'blue bird'))).toBe(false);
		expect(differs(said([], 'blue bird'), said([], 'red bird'))).toBe(true);
	});

	test('what is recorded cannot contradict somebody who has not answered yet', () => {
		expect(differs(said([], '', 'talk_to_someone'), said(['text']))).toBe(false);
		expect(differs(said([], '', 'ask_me_later'), said(['text']))).toBe(false);
		expect(differs(said([], '', 'prefer_not_to_say'), said(['text']))).toBe(true);
	});
});
