import { wordCode } from '#lib/domain/invitation/secret.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';
import { ok } from '#lib/domain/result.ts';

export type SignInAnswers = { readonly name: string; readonly password: string };

/** Reads the sign-in form. A password is never played back, and keeps its spaces. */
export const parse: Parse<SignInAnswers> = (data) => {
	const name = text(data, 'name').slice(0, 200);
	const raw = data.get('password');
	const password = typeof raw === 'string' ? raw.slice(0, 1_000) : '';
	const errors: FieldError[] = [];
	if (name === '') errors.push({ field: 'name', key: 'public:signIn.error.name' });
	if (password === '') errors.push({ field: 'password', key: 'public:signIn.error.password' });
	return errors.length > 0 ? refuse(data, errors, ['password']) : ok({ name, password });
};

/** Reads the sign-in form of a word code: spacing and capitals make no difference in the words. */
export const parseWords: Parse<SignInAnswers> = (data) => {
	const name = text(data, 'name').slice(0, 200);
	const password = wordCode(text(data, 'words').slice(0, 1_000));
	const errors: FieldError[] = [];
	if (name === '') errors.push({ field: 'name', key: 'public:signIn.error.name' });
	if (password === '') errors.push({ field: 'words', key: 'ways-in:words.error.missing' });
	return errors.length > 0 ? refuse(data, errors, ['words']) : ok({ name, password });
};
