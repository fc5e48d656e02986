import { err, type Result } from '#lib/domain/result.ts';

/** One thing wrong with a form: the field's id, and the key of the text that says so. */
export type FieldError = {
	readonly field: string;
	readonly key: string;
	readonly values?: Readonly<Record<string, string | number>>;
};

/** What comes back with a refused form: what is wrong, and everything that was typed. */
export type Refusal = {
	readonly errors: readonly FieldError[];
	readonly values: Readonly<Record<string, readonly string[]>>;
};

export type Parse<A> = (data: FormData) => Result<A, Refusal>;

// Nobody means them and nobody sees them, and PostgreSQL stores no NUL: control characters but for
// tabs and line ends, and spaces without width. Joiners stay: Urdu and emoji are written with them.
const invisible = /(?![\t\n\r])[\p{Cc}\u200b\u2060]/gu;

/** Gives a field as typed, without the spaces around it; empty when it is missing or a file. */
export function text(data: FormData, field: string): string {
	const value = data.get(field);
	if (typeof value !== 'string') return '';
	return value.replaceAll('\r\n', '\n').replaceAll(invisible, '').trim();
}

/** Gives every value of a field with several. */
export function several(data: FormData, field: string): string[] {
	return data.getAll(field).filter((value): value is string => typeof value === 'string');
}

/** Gives the refusal that plays back all that was typed, but for what must never be replayed. */
export function refuse(
	data: FormData,
	errors: readonly FieldError[],
	secret: readonly string[] = []
): { readonly ok: false; readonly error: Refusal } {
	return err({ errors, values: typedIn(data, secret) });
}

/** Gives all that was typed, by field, but for what must never be replayed. */
export function typedIn(data: FormData, secret: readonly string[] = []): Refusal['values'] {
	// No field of ours has this name, and an object that has it cannot be sent back.
	const never = [...secret, '__proto__'];
	const names = [...new Set(data.keys())].filter((name) => !never.includes(name));
	return Object.fromEntries(names.map((name) => [name, several(data, name)]));
}

/** Gives the first value of a replayed field, or a fallback when the form was not replayed. */
export function replayed(
	refusal: Refusal | null | undefined,
	field: string,
	fallback = ''
): string {
	if (!refusal) return fallback;
	return refusal.values[field]?.[0] ?? '';
}

/** Gives all values of a replayed field, or the fallback when the form was not replayed. */
export function replayedAll(
	refusal: Refusal | null | undefined,
	field: string,
	fallback: readonly string[] = []
): readonly string[] {
	if (!refusal) return fallback;
	return refusal.values[field] ?? [];
}

/** Longest free text a person can send in one box, in characters. */
export const longestWords = 2_000;

/** Gives the error of one field, for the message that stands at it; undefined when it has none. */
export function errorAt(
	errors: readonly FieldError[] | undefined,
	field: string
): FieldError | undefined {
	return errors?.find((error) => error.field === field);
}
