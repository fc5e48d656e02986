import { digitsOf, type Codes } from '#lib/domain/invitation/code.ts';
import { ok } from '#lib/domain/result.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Reads the two secrets of an invitation, however they are spaced. Neither is played back. */
export const parse: Parse<Codes> = (data) => {
	const code = digitsOf(text(data, 'code'), 'code');
	const second = digitsOf(text(data, 'second'), 'second');
	const errors: FieldError[] = [];
	if (code === null) errors.push({ field: 'code', key: 'ways-in:begin.error.code' });
	if (second === null) errors.push({ field: 'second', key: 'ways-in:begin.error.second' });
	if (code === null || second === null) return refuse(data, errors, ['code', 'second']);
	return ok({ code, second });
};
