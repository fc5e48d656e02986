import { actingRoles, type ActingRole } from '#lib/domain/acting/roles.ts';
import { ok } from '#lib/domain/result.ts';
import { exceeds } from '#lib/domain/words.ts';
import { dayOf } from '#lib/forms/day.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Somebody whom an officer names, as the form describes them. */
export type NamedAnswers = {
	readonly role: ActingRole;
	readonly given: string;
	readonly family: string;
	readonly number: string;
	readonly address: string;
	/** The child's date of birth, for a parent. */
	readonly birth: string | null;
	/** The last day, for a supporter. */
	readonly until: string | null;
	readonly consent: boolean;
};

/** Longest name or number, and longest address, in characters. */
export const longest = { name: 60, number: 30, address: 200 };

/** Reads somebody who is to act: only what their part asks for is taken. */
export const parse: Parse<NamedAnswers> = (data) => {
	const errors: FieldError[] = [];
	const wrong = (field: string, key: string, values?: FieldError['values']): void => {
		errors.push({ field, key: `staff-acting:error.${key}`, ...(values ? { values } : {}) });
	};
	const role = actingRoles.find((known) => known === text(data, 'role'));
	if (!role) wrong('role', 'role');
	const day = (field: 'birth' | 'until', asked: boolean): string | null => {
		if (!asked) return null;
		const read = dayOf(data, field);
		if (read.ok) return read.value;
		wrong(`${field}-day`, read.error === 'missing' ? `${field}Missing` : 'dayUnreal');
		return null;
	};
	const birth = day('birth', role === 'parent_guardian');
	const until = day('until', role === 'supporter_readonly');
	const consent = text(data, 'consent') === 'yes';
	if (role === 'supporter_readonly' && !consent) wrong('consent', 'consent');
	const bounded = (field: string, limit: number, missing?: string): string => {
		const typed = text(data, field);
		if (typed === '' && missing) wrong(field, missing);
		if (exceeds(typed, limit)) wrong(field, 'long', { count: limit });
		return typed;
	};
	const who = {
		given: bounded('given', longest.name, 'given'),
		family: bounded('family', longest.name, 'family'),
		number: bounded('number', longest.number),
		address: bounded('address', longest.address)
	};
	if (errors.length > 0 || !role) return refuse(data, errors);
	return ok({ role, ...who, birth, until, consent });
};
