import type { Need, NeedId } from '#lib/domain/need/types.ts';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';

export const answerKinds = [
	'answered',
	'prefer_not_to_say',
	'ask_me_later',
	'talk_to_someone'
] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** What somebody says of a need: option ids, and a few words where the need allows them. */
export type Answer = {
	kind: AnswerKind;
	choices: readonly string[];
	words: string;
};

export type AnswerError = 'unknown_option' | 'too_many' | 'too_long' | 'empty';

/** The longest free text under options, in characters. */
export const longestWords = 500;

/** Whether a word from outside is a kind of answer. */
export function isAnswerKind(kind: string): kind is AnswerKind {
	return answerKinds.some((known) => known === kind);
}

/** How many characters of free text a need takes; 0 where it takes none. */
export function wordsLimit(need: Need): number {
	const { answer } = need;
	if (answer.kind === 'text') return answer.limit;
	if (answer.kind === 'choice' || answer.kind === 'several') return answer.words ? longestWords : 0;
	return 0;
}

/**
 * Checks an answer against its need and gives it back tidied: options once and in the order of
 * the catalogue, words trimmed, and nothing at all beside "I would rather not say" and its kin.
 * `unknown_option` also answers for a need that stores nothing; `too_many` for a second option
 * where one is asked, or beside an option that stands alone.
 */
export function checkAnswer(need: Need, answer: Answer): Result<Answer, AnswerError> {
	if (need.answer.kind === 'info') return err('unknown_option');
	if (answer.kind !== 'answered') return ok({ kind: answer.kind, choices: [], words: '' });

	const known = optionsOf(need);
	if (answer.choices.some((choice) => !known.includes(choice))) return err('unknown_option');
	const choices = known.filter((option) => answer.choices.includes(option));
	if (choices.length > 1 && !mayGoTogether(need, choices)) return err('too_many');

	const words = answer.words.replaceAll('\r\n', '\n').trim();
	if (exceeds(words, wordsLimit(need))) return err('too_long');
	if (choices.length === 0 && words === '') return err('empty');
	return ok({ kind: 'answered', choices, words });
}

/**
 * Answers that stop everything for 999 and then 55, before the answer is taken any further.
 * From the question bank (SAF1 "no" shows the emergency panel first; CUL3 "yes" alerts a
 * specialist); doubt about being safe now, fear of being contacted and a change for the worse
 * count too, because a panel too many costs a tap and one too few may cost a life.
 */
const danger: Partial<Record<NeedId, readonly string[]>> = {
	SAF1: ['no', 'not_sure'],
	SAF2: ['the_person', 'their_family', 'their_friends', 'someone_else'],
	SAF3: ['less_safe'],
	CUL3: ['yes']
};

/** Whether the answer says that the person may be in danger. */
export function signalsDanger(need: Need, answer: Answer): boolean {
	return picks(answer, danger[need.id]);
}

/** Answers that ask to talk now: the helplines come before anything else. */
const talkNow: Partial<Record<NeedId, readonly string[]>> = { HEA3: ['talk_now'] };

/** Whether the answer asks for somebody to talk to now. */
export function wantsToTalkNow(need: Need, answer: Answer): boolean {
	return picks(answer, talkNow[need.id]);
}

/** Whether two answers say the same, however their options are ordered. */
export function sameAnswer(a: Answer, b: Answer): boolean {
	return a.kind === b.kind && sameSet(a.choices, b.choices) && a.words.trim() === b.words.trim();
}

/** What only one of the two voices has, as option ids, and whether her words are unrecorded. */
export type Difference = {
	onlySaid: readonly string[];
	onlyRecorded: readonly string[];
	wordsMissing: boolean;
};

/**
 * Compares what the victim said with what the officer recorded. Two wordings of one thing are
 * never called a mismatch: words count only where the record has none, or where there is
 * nothing but words to compare.
 */
export function difference(statement: Answer, entry: Answer): Difference {
	const onlyWords = statement.choices.length === 0 && entry.choices.length === 0;
	const said = folded(statement.words);
	const recorded = folded(entry.words);
	return {
		onlySaid: statement.choices.filter((choice) => !entry.choices.includes(choice)),
		onlyRecorded: entry.choices.filter((choice) => !statement.choices.includes(choice)),
		wordsMissing: onlyWords ? said !== recorded : said !== '' && recorded === ''
	};
}

/**
 * Whether the record does not match what the victim said. Somebody who asked to be asked later
 * or to talk has not said anything yet that a record could contradict.
 */
export function differs(statement: Answer, entry: Answer): boolean {
	if (statement.kind === 'ask_me_later' || statement.kind === 'talk_to_someone') return false;
	if (statement.kind !== entry.kind) return true;
	const { onlySaid, onlyRecorded, wordsMissing } = difference(statement, entry);
	return onlySaid.length > 0 || onlyRecorded.length > 0 || wordsMissing;
}

function optionsOf(need: Need): readonly string[] {
	const { answer } = need;
	return answer.kind === 'choice' || answer.kind === 'several' ? answer.options : [];
}

function mayGoTogether(need: Need, choices: readonly string[]): boolean {
	if (need.answer.kind !== 'several') return false;
	const alone = need.answer.alone ?? [];
	return !choices.some((choice) => alone.includes(choice));
}

function picks(answer: Answer, wanted: readonly string[] = []): boolean {
	return answer.kind === 'answered' && answer.choices.some((choice) => wanted.includes(choice));
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
	const first = new Set(a);
	const second = new Set(b);
	return first.size === second.size && [...first].every((value) => second.has(value));
}

function folded(words: string): string {
	return words.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
