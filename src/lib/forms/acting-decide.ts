import { isOpenable, type OpenableArea } from '#lib/domain/acting/opened.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { dayOf } from '#lib/forms/day.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Longest reason, in characters. */
export const longestReason = 500;

const unknown: FieldError = { field: 'content', key: 'staff-acting:error.not_now' };

/** Reads which of the people who act a button is about. */
export const parseOne: Parse<{ id: string }> = (data) => {
	const id = text(data, 'id');
	return isUuid(id) ? ok({ id }) : refuse(data, [unknown]);
};

/** The boxes for words that the page holds for each of them, each with an id of its own. */
const boxes = ['found', 'reason', 'conflict', 'review', 'opening'] as const;

/** Reads a decision that goes with words: what a check found, or why somebody's part ends. */
export const parseWords: Parse<{ id: string; words: string }> = (data) => {
	const one = parseOne(data);
	if (!one.ok) return one;
	const { id } = one.value;
	const box = boxes.find((known) => known === text(data, 'box')) ?? 'reason';
	const words = text(data, 'words');
	const wrong = (key: string): ReturnType<typeof refuse> =>
		refuse(data, [
			{ field: `${box}-${id}`, key: `staff-acting:error.${key}`, values: { count: longestReason } }
		]);
	if (words === '') return wrong(box);
	return exceeds(words, longestReason) ? wrong('long') : ok({ id, words });
};

/** Reads what of a child's is opened to a parent, and why. */
export const parseOpening: Parse<{ id: string; area: OpenableArea; words: string }> = (data) => {
	const read = parseWords(data);
	if (!read.ok) return read;
	const area = text(data, 'area');
	if (isOpenable(area)) return ok({ ...read.value, area });
	return refuse(data, [{ field: `area-${read.value.id}`, key: 'staff-acting:error.area' }]);
};

/** Reads a new last day, and that the victim agreed to it. */
export const parseRenewal: Parse<{ id: string; until: string | null; consent: boolean }> = (
	data
) => {
	const one = parseOne(data);
	if (!one.ok) return one;
	const { id } = one.value;
	const until = dayOf(data, 'until');
	if (until.ok) {
		return ok({ id, until: until.value, consent: text(data, 'consent') === 'yes' });
	}
	const key = until.error === 'missing' ? 'untilMissing' : 'dayUnreal';
	return refuse(data, [{ field: `until-${id}-day`, key: `staff-acting:error.${key}` }]);
};
