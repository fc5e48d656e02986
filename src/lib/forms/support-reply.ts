import { ok } from '#lib/domain/result.ts';
import {
	isAttempt,
	isAttemptWay,
	isOutcome,
	type Attempt,
	type AttemptWay,
	type Outcome
} from '#lib/domain/support/outcomes.ts';
import { exceeds } from '#lib/domain/words.ts';
import { longestWords, refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Words for the other side, and the version of what they answer. */
export type Reply = { readonly words: string; readonly version: number };

/** A note among staff; with an attempt it says how somebody was tried, and what came of it. */
export type Note = {
	readonly words: string;
	readonly attempt: { readonly way: AttemptWay; readonly result: Attempt } | null;
};

/** The moves that a caseworker makes with a form, but for taking. */
export const staffMoves = ['start', 'ask_victim', 'refer', 'close', 'reopen'] as const;
export type StaffMove = {
	readonly move: (typeof staffMoves)[number];
	readonly words: string;
	readonly outcome: Outcome | null;
};

/** The name of the words box of a move; several such forms stand on one page. */
export function moveWords(move: StaffMove['move']): string {
	return `${move}-words`;
}

/** Reads words for the other side: some, and not too many. */
export const parse: Parse<Reply> = (data) => {
	const words = text(data, 'words');
	const errors = wordsErrors('words', words);
	return errors.length > 0 ? refuse(data, errors) : ok({ words, version: versionOf(data) });
};

/** Reads a form that carries nothing but the version of what was shown: taking, withdrawing. */
export const parseVersion: Parse<{ version: number }> = (data) => ok({ version: versionOf(data) });

/** Reads an internal note. Trying to reach somebody needs the way and what came of it, both. */
export const parseNote: Parse<Note> = (data) => {
	const words = text(data, 'note');
	const way = text(data, 'way');
	const result = text(data, 'result');
	const tried = way !== '' || result !== '';
	const errors: FieldError[] = [];
	if (tried && !isAttemptWay(way)) errors.push(missing('way'));
	if (tried && !isAttempt(result)) errors.push(missing('result'));
	if (!tried || words !== '') errors.push(...wordsErrors('note', words));
	if (errors.length > 0) return refuse(data, errors);
	const attempt = isAttemptWay(way) && isAttempt(result) ? { way, result } : null;
	return ok({ words, attempt });
};

/** Reads a move: words always go with it, but for starting; closing also says how it ended. */
export const parseMove: Parse<StaffMove & { version: number }> = (data) => {
	const move = staffMoves.find((one) => one === text(data, 'move'));
	if (!move) return refuse(data, [missing('move')]);
	const words = text(data, moveWords(move));
	const outcome = text(data, 'outcome');
	const errors: FieldError[] = [];
	if (move === 'close' && !isOutcome(outcome)) errors.push(missing('outcome'));
	if (move !== 'start' || words !== '') errors.push(...wordsErrors(moveWords(move), words));
	if (errors.length > 0) return refuse(data, errors);
	const ended = move === 'close' && isOutcome(outcome) ? outcome : null;
	return ok({ move, words, outcome: ended, version: versionOf(data) });
};

/** Gives the version a form was rendered with; 0, which is never one, for anything else. */
export function versionOf(data: FormData): number {
	const version = text(data, 'version');
	return /^\d{1,9}$/.test(version) ? Number(version) : 0;
}

function wordsErrors(field: string, words: string): FieldError[] {
	if (words === '') return [{ field, key: 'support:error.words' }];
	if (!exceeds(words, longestWords)) return [];
	return [{ field, key: 'support:error.tooLong', values: { count: longestWords } }];
}

function missing(field: string): FieldError {
	return { field, key: `staff-requests:error.${field}` };
}
