import { addressKey } from '#lib/domain/linked/address.ts';
import { checkOutcomes, type CheckOutcome } from '#lib/domain/linked/markers.ts';
import { nameKey } from '#lib/domain/linked/name.ts';
import { phoneNumber } from '#lib/domain/linked/number.ts';
import { bare } from '#lib/domain/linked/writing.ts';
import { ok } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { exceeds } from '#lib/domain/words.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Longest note or reason, in characters. */
export const longestNote = 500;
const longestField = 200;

/** Roles of a person who is linked to a case. */
export const linkedRoles = ['suspect', 'associate'] as const;

/** A linked person in the forms that are compared; null for what is not known. */
export type LinkedPerson = {
	readonly role: (typeof linkedRoles)[number];
	readonly address: string | null;
	readonly number: string | null;
	/** The initial together with the surname. */
	readonly name: string | null;
	readonly surname: string | null;
};

/** Reads what an officer knows of a suspect or an associate: one thing at least. */
export const parseAdd: Parse<LinkedPerson> = (data) => {
	const errors: FieldError[] = [];
	const wrong = (field: string, key: string, values?: FieldError['values']): void => {
		errors.push({ field, key: `staff-linked:error.${key}`, ...(values ? { values } : {}) });
	};
	const typed = (field: string): string => {
		const value = text(data, field);
		if (exceeds(value, longestField)) wrong(field, 'long', { count: longestField });
		return value;
	};
	const role = linkedRoles.find((known) => known === text(data, 'role'));
	if (!role) wrong('role', 'role');
	const [address, number] = [typed('address'), typed('number')];
	const [initial, surname] = [typed('initial'), typed('surname')];
	const keys = {
		address: addressKey(address),
		number: phoneNumber(number),
		name: nameKey(initial, surname),
		surname: surname === '' ? null : bare(surname).replaceAll(' ', '')
	};
	if (address !== '' && keys.address === null) wrong('address', 'address');
	if (number !== '' && keys.number === null) wrong('number', 'number');
	if (initial === '' && surname !== '') wrong('initial', 'initial');
	else if (surname === '' && initial !== '') wrong('surname', 'surname');
	else if (surname !== '' && keys.name === null) wrong('surname', 'letters');
	if ([address, number, initial, surname].every((value) => value === '')) {
		wrong('address', 'nothing');
	}
	return errors.length > 0 || !role ? refuse(data, errors) : ok({ role, ...keys });
};

/** Reads who is to be taken off the list, and why. */
export const parseRemove: Parse<{ id: string; reason: string }> = (data) => {
	const errors: FieldError[] = [];
	const id = text(data, 'linked');
	if (!isUuid(id)) errors.push({ field: 'linked', key: 'staff-linked:error.linked' });
	const reason = noteOf(data, 'reason', errors);
	return errors.length > 0 ? refuse(data, errors) : ok({ id, reason });
};

/** Reads how a check ended, and what was found. */
export const parseResolve: Parse<{ id: string; outcome: CheckOutcome; note: string }> = (data) => {
	const errors: FieldError[] = [];
	const id = text(data, 'check');
	if (!isUuid(id)) errors.push({ field: 'check', key: 'staff-linked:error.check' });
	const outcome = checkOutcomes.find((known) => known === text(data, 'outcome'));
	if (!outcome) errors.push({ field: 'outcome', key: 'staff-linked:error.outcome' });
	const note = noteOf(data, 'note', errors);
	return errors.length > 0 || !outcome ? refuse(data, errors) : ok({ id, outcome, note });
};

function noteOf(data: FormData, field: string, errors: FieldError[]): string {
	const note = text(data, field);
	if (note === '') errors.push({ field, key: 'staff-linked:error.note' });
	else if (exceeds(note, longestNote)) {
		errors.push({ field, key: 'staff-linked:error.long', values: { count: longestNote } });
	}
	return note;
}
