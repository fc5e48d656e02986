import { safeWays, type SafeWay } from '#lib/domain/invitation/risk.ts';
import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { refuse, several, text, type FieldError, type Parse } from '#lib/forms/form.ts';

export type SaidAnswers = { readonly safe: readonly SafeWay[]; readonly note: string };

/** Longest note, in characters. */
export const longestNote = 500;

/** Reads what a person said is safe: at least one way, or that none is. */
export const parse: Parse<SaidAnswers> = (data) => {
	const ticked = several(data, 'safe');
	const safe = safeWays.filter((way) => ticked.includes(way));
	const none = ticked.includes('none');
	const note = text(data, 'note');
	const errors: FieldError[] = [];
	if (safe.length === 0 && !none) errors.push({ field: 'safe', key: 'staff-invite:error.safe' });
	if (safe.length > 0 && none) errors.push({ field: 'safe', key: 'staff-invite:error.both' });
	if (exceeds(note, longestNote)) {
		errors.push({ field: 'note', key: 'staff-invite:error.note', values: { count: longestNote } });
	}
	return errors.length > 0 ? refuse(data, errors) : ok({ safe, note });
};
