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

/** Reads a decision that goes with words: what a check found, or why somebody's part ends. */
export const parseWords: Parse<{ id: string; words: string }> = (data) => {
	const one = parseOne(data);
	if (!one.ok) return one;
	const { id } = one.value;
	// A page may hold this form several times: each box has an id of its own.
	const box = text(data, 'box') === 'check' ? 'check' : 'reason';
	const words = text(data, 'words');
	const wrong = (key: string): ReturnType<typeof refuse> =>
		refuse(data, [
			{ field: `${box}-${id}`, key: `staff-acting:error.${key}`, values: { count: longestReason } }
		]);
	if (words === '') return wrong(box);
	return exceeds(words, longestReason) ? wrong('long') : ok({ id, words });
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
