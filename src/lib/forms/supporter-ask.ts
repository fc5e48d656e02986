import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { longest } from '#lib/forms/acting-name.ts';
import { dayOf } from '#lib/forms/day.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Whom a victim asks to let read, until when, and the secret where it was asked for. */
export type SupporterAnswers = {
	readonly given: string;
	readonly family: string;
	readonly number: string;
	readonly until: string;
	readonly password: string;
};

/** Reads a victim's own request for a supporter. The secret is never played back. */
export const parse: Parse<SupporterAnswers> = (data) => {
	const errors: FieldError[] = [];
	const bounded = (field: 'given' | 'family' | 'number', limit: number): string => {
		const typed = text(data, field);
		if (typed === '' && field !== 'number') errors.push({ field, key: `people:error.${field}` });
		if (exceeds(typed, limit)) {
			errors.push({ field, key: 'people:error.long', values: { count: limit } });
		}
		return typed;
	};
	const who = {
		given: bounded('given', longest.name),
		family: bounded('family', longest.name),
		number: bounded('number', longest.number)
	};
	const until = dayOf(data, 'until');
	if (!until.ok) {
		const key = until.error === 'missing' ? 'day_missing' : 'dayUnreal';
		errors.push({ field: 'until-day', key: `people:error.${key}` });
	}
	if (errors.length > 0 || !until.ok) return refuse(data, errors, ['password']);
	const password = data.get('password');
	return ok({
		...who,
		until: until.value,
		password: typeof password === 'string' ? password : ''
	});
};

/** Reads which of one's people a button is about. */
export const parseMine: Parse<{ id: string }> = (data) => {
	const id = text(data, 'id');
	if (isUuid(id)) return ok({ id });
	return refuse(data, [{ field: 'form', key: 'common:error.otherCase' }]);
};
