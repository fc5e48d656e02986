import { isNeedId, type NeedId } from '#lib/domain/need/catalogue.ts';
import { reviewAnswers, type ReviewAnswer } from '#lib/domain/need/standing.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { longestWords, refuse, several, text } from '#lib/forms/form.ts';
import type { FieldError, Parse } from '#lib/forms/form.ts';

/** The officer's answer to one statement, with the words that the victim will read. */
export type Review = {
	readonly needId: NeedId;
	readonly statementId: string;
	readonly answer: ReviewAnswer;
	readonly words: string;
};

/** One agreement to everything that waits in an area. */
export type Agreement = { readonly statementIds: readonly string[]; readonly words: string };

/** The names of the fields; several such forms stand on one page, so each names its need. */
export const fields = {
	answer: (needId: string): string => `${needId}-answer`,
	words: (needId: string): string => `${needId}-reply`,
	areaWords: 'area-reply'
};

/**
 * Reads the answer to a statement. Words are always needed: the victim never gets a bare tick, and
 * the sentence that is offered for agreeing does not serve for the other two answers.
 */
export const parse: Parse<Review> = (data) => {
	const needId = text(data, 'need');
	const statementId = text(data, 'statement');
	if (!isNeedId(needId) || !isUuid(statementId)) return gone(data);

	const answer = reviewAnswers.find((known) => known === text(data, fields.answer(needId)));
	const words = text(data, fields.words(needId));
	const errors: FieldError[] = [];
	if (!answer) errors.push({ field: fields.answer(needId), key: 'staff-needs:error.answer' });
	errors.push(...wordsErrors(fields.words(needId), words));
	if (answer && answer !== 'agreed' && words !== '' && words === text(data, 'suggested')) {
		errors.push({ field: fields.words(needId), key: 'staff-needs:error.ownWords' });
	}
	if (errors.length > 0 || !answer) return refuse(data, errors);
	return ok({ needId, statementId, answer, words });
};

/** Reads one agreement to all that waits in an area; the statements are those that were shown. */
export const parseAgreement: Parse<Agreement> = (data) => {
	const statementIds = several(data, 'statement');
	if (statementIds.length === 0 || !statementIds.every(isUuid)) return gone(data);
	const words = text(data, fields.areaWords);
	const errors = wordsErrors(fields.areaWords, words);
	return errors.length > 0 ? refuse(data, errors) : ok({ statementIds, words });
};

function wordsErrors(field: string, words: string): FieldError[] {
	if (words === '') return [{ field, key: 'staff-needs:error.words' }];
	if (!exceeds(words, longestWords)) return [];
	return [{ field, key: 'staff-needs:error.tooLong', values: { count: longestWords } }];
}

function gone(data: FormData): ReturnType<typeof refuse> {
	return refuse(data, [{ field: 'content', key: 'staff-needs:error.gone' }]);
}
