import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { longestWords, refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** What a message to the officer's team can be about: a short fixed list, so that no list tells more. */
export const subjects = [
	'news',
	'dates',
	'reach_me',
	'property',
	'record',
	'something_else'
] as const;
export type Subject = (typeof subjects)[number];

/** A new message to the officer's team. */
export type NewMessage = { readonly subject: Subject; readonly words: string };

/** Reads a new message: a subject of the list, and words. */
export const parse: Parse<NewMessage> = (data) => {
	const subject = subjects.find((one) => one === text(data, 'subject'));
	const words = text(data, 'words');
	const errors: FieldError[] = [];
	if (!subject) errors.push({ field: 'subject', key: 'messages:error.subject' });
	if (words === '') errors.push({ field: 'words', key: 'messages:error.words' });
	else if (exceeds(words, longestWords)) {
		errors.push({ field: 'words', key: 'messages:error.tooLong', values: { count: longestWords } });
	}
	if (errors.length > 0 || !subject) return refuse(data, errors);
	return ok({ subject, words });
};
