import { longestWords } from '#lib/domain/need/answer.ts';
import { isNeedId, type NeedId } from '#lib/domain/need/catalogue.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';
import { versionOf } from '#lib/forms/need-answer.ts';

/** What is said about an entry: that it is right, or that it is not. */
export type Dispute = {
	readonly needId: NeedId;
	readonly entryId: string;
	/** The number of the last statement the person saw about the need; 0 for none. */
	readonly version: number;
	readonly words: string;
};

/** The id and name of the box for words about what is not right. */
export function wordsField(needId: string): string {
	return `${needId}-wrong`;
}

/** Reads a word about an entry. The words are optional; their limit is that of every need. */
export const parse: Parse<Dispute> = (data) => {
	const needId = text(data, 'need');
	const entryId = text(data, 'entry');
	if (!isNeedId(needId) || !isUuid(entryId)) {
		return refuse(data, [{ field: 'content', key: 'needs-pages:error.gone' }]);
	}
	const field = wordsField(needId);
	const words = text(data, field);
	if (exceeds(words, longestWords)) {
		const values = { count: longestWords };
		return refuse(data, [{ field, key: 'needs-pages:error.too_long', values }]);
	}
	return ok({ needId, entryId, words, version: versionOf(data, 'version') });
};
