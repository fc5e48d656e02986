import { consumers, needById, type Consumer, type Need } from '#lib/domain/need/catalogue.ts';
import type { NeedId } from '#lib/domain/need/catalogue.ts';
import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { longestWords, refuse, several, text } from '#lib/forms/form.ts';
import type { FieldError, Parse } from '#lib/forms/form.ts';
import { versionOf } from '#lib/forms/need-answer.ts';

/** Who an action can be given to: a closed list, so that no name is ever typed there. */
export const owners = consumers.filter((one) => one !== 'portal');
export type Owner = Exclude<Consumer, 'portal'>;

/** What follows from an entry. `by` is a calendar day, `YYYY-MM-DD`. */
export type Outcome =
	| { readonly kind: 'action'; readonly words: string; readonly owner: Owner; readonly by: string }
	| { readonly kind: 'none'; readonly words: string }
	| { readonly kind: 'missing' };

/** What the officer records for one need. */
export type EntryLine = {
	readonly needId: NeedId;
	/** The number of the last entry the officer saw; 0 for none. */
	readonly version: number;
	readonly choices: readonly string[];
	readonly words: string;
	readonly source: 'waymark' | 'pasted';
	readonly outcome: Outcome;
};

/** The names of the fields; several such forms stand on one page, so each names its need. */
export const fields = {
	choices: (needId: string): string => `${needId}-recorded`,
	words: (needId: string): string => `${needId}-recorded-words`,
	source: (needId: string): string => `${needId}-source`,
	outcome: (needId: string): string => `${needId}-outcome`,
	action: (needId: string): string => `${needId}-action`,
	owner: (needId: string): string => `${needId}-owner`,
	by: (needId: string): string => `${needId}-by`,
	reason: (needId: string): string => `${needId}-reason`
};

/** Reads an entry: something recorded, where it comes from, and an outcome that is whole. */
export const parse: Parse<EntryLine> = (data) => {
	const need = needById(text(data, 'need'));
	if (!need || need.answer.kind === 'info') {
		return refuse(data, [{ field: 'content', key: 'staff-needs:error.gone' }]);
	}
	const errors: FieldError[] = [];
	const recorded = readRecorded(need, data, errors);
	const source = text(data, fields.source(need.id)) === 'pasted' ? 'pasted' : 'waymark';
	const outcome = readOutcome(need.id, data, errors);
	if (errors.length > 0 || outcome === null) return refuse(data, errors);
	const version = versionOf(data, 'version');
	return ok({ needId: need.id, version, ...recorded, source, outcome });
};

function readRecorded(
	need: Need,
	data: FormData,
	errors: FieldError[]
): Pick<EntryLine, 'choices' | 'words'> {
	const known = 'options' in need.answer ? need.answer.options : [];
	const picked = several(data, fields.choices(need.id));
	const choices = known.filter((option) => picked.includes(option));
	const words = text(data, fields.words(need.id));
	const first = known.length > 0 ? fields.choices(need.id) : fields.words(need.id);
	if (picked.length === 0 && words === '') {
		errors.push({ field: first, key: 'staff-needs:error.recorded' });
	}
	if (picked.length !== choices.length || (need.answer.kind === 'choice' && choices.length > 1)) {
		errors.push({ field: first, key: 'staff-needs:error.options' });
	}
	checkLength(fields.words(need.id), words, errors);
	return { choices, words };
}

function readOutcome(needId: NeedId, data: FormData, errors: FieldError[]): Outcome | null {
	switch (text(data, fields.outcome(needId))) {
		case 'action':
			return readAction(needId, data, errors);
		case 'none': {
			const words = needed(fields.reason(needId), 'reason', data, errors);
			return { kind: 'none', words };
		}
		case 'missing':
			return { kind: 'missing' };
		default:
			errors.push({ field: fields.outcome(needId), key: 'staff-needs:error.outcome' });
			return null;
	}
}

function readAction(needId: NeedId, data: FormData, errors: FieldError[]): Outcome | null {
	const words = needed(fields.action(needId), 'action', data, errors);
	const owner = owners.find((known) => known === text(data, fields.owner(needId)));
	if (!owner) errors.push({ field: fields.owner(needId), key: 'staff-needs:error.owner' });
	const by = readDay(fields.by(needId), data);
	if (by === null) {
		errors.push({ field: `${fields.by(needId)}-day`, key: 'staff-needs:error.by' });
	}
	return owner && by !== null ? { kind: 'action', words, owner, by } : null;
}

function needed(field: string, what: string, data: FormData, errors: FieldError[]): string {
	const words = text(data, field);
	if (words === '') errors.push({ field, key: `staff-needs:error.${what}` });
	checkLength(field, words, errors);
	return words;
}

function checkLength(field: string, words: string, errors: FieldError[]): void {
	if (!exceeds(words, longestWords)) return;
	errors.push({ field, key: 'staff-needs:error.tooLong', values: { count: longestWords } });
}

/** Gives a day as `YYYY-MM-DD`, or null when the three fields are no day of the calendar. */
function readDay(prefix: string, data: FormData): string | null {
	const [day, month, year] = ['day', 'month', 'year'].map((part) => {
		const value = text(data, `${prefix}-${part}`);
		return /^\d{1,4}$/.test(value) ? Number(value) : 0;
	});
	if (!day || !month || !year || year < 2000 || year > 2100) return null;
	const made = new Date(Date.UTC(year, month - 1, day));
	if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return null;
	return made.toISOString().slice(0, 10);
}
