import { ok } from '#lib/domain/result.ts';
import { readCode } from '#lib/domain/second-step/code.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** A code as it was typed, and the authenticator it was made by, where one is being set up. */
export type CodeAnswers = { readonly typed: string; readonly sealed: string };

/** Reads a second step: it must look like a code of an app or one that was kept. */
export const parse: Parse<CodeAnswers> = (data) => {
	const typed = text(data, 'code').slice(0, 100);
	const sealed = text(data, 'sealed').slice(0, 2_000);
	if (readCode(typed) !== null) return ok({ typed, sealed });
	const key = typed === '' ? 'second-step:error.missing' : 'second-step:error.form';
	return refuse(data, [{ field: 'code', key }], ['code', 'sealed']);
};
