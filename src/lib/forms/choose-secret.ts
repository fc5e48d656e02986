import { passwordFault, passwordLength } from '#lib/domain/invitation/secret.ts';
import { ok } from '#lib/domain/result.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

/** Who else uses the device that somebody signs in on. */
export const devices = ['own', 'shared', 'unsure'] as const;
export type Device = (typeof devices)[number];

/** Longest sign-in name, in characters. */
export const longestName = 60;

/** Reads who else uses the device. */
export const parseDevice: Parse<Device> = (data) => {
	const device = devices.find((known) => known === text(data, 'device'));
	return device
		? ok(device)
		: refuse(data, [{ field: 'device', key: 'ways-in:device.error.missing' }]);
};

/** Reads the sign-in name that somebody chooses for a device that others use. */
export const parseName: Parse<{ readonly name: string }> = (data) => {
	const name = text(data, 'name');
	const errors = nameErrors(name);
	return errors.length > 0 ? refuse(data, errors) : ok({ name });
};

export type Chosen = { readonly name: string; readonly password: string };

/** Gives the form in which name and password are chosen; `isCommon` knows the common passwords. */
export function chosen(isCommon: (password: string) => boolean): Parse<Chosen> {
	return (data) => {
		const name = text(data, 'name');
		const password = passwordIn(data);
		const errors = [...nameErrors(name), ...passwordErrors(password, name, isCommon)];
		return errors.length > 0 ? refuse(data, errors, ['password']) : ok({ name, password });
	};
}

/** Gives the form in which somebody who is signed in chooses another password. */
export function newPassword(
	isCommon: (password: string) => boolean
): Parse<{ readonly password: string }> {
	return (data) => {
		const password = passwordIn(data);
		const errors = passwordErrors(password, '', isCommon);
		return errors.length > 0 ? refuse(data, errors, ['password']) : ok({ password });
	};
}

/** Reads the new words typed back, with the sealed offer they were shown with; never played back. */
export const parseNewWords: Parse<{ readonly typed: string; readonly sealed: string }> = (data) => {
	const typed = text(data, 'six-words').slice(0, 1_000);
	return ok({ typed, sealed: text(data, 'sealed').slice(0, 4_000) });
};

// Cut only beyond what would be refused anyway: a password keeps its spaces.
function passwordIn(data: FormData): string {
	const raw = data.get('password');
	return typeof raw === 'string' ? raw.slice(0, 1_000) : '';
}

function passwordErrors(
	password: string,
	name: string,
	isCommon: (password: string) => boolean
): FieldError[] {
	const fault = passwordFault(password, name, isCommon);
	if (fault === null) return [];
	const count = fault === 'long' ? passwordLength.most : passwordLength.least;
	return [{ field: 'password', key: `ways-in:choose.error.${fault}`, values: { count } }];
}

function nameErrors(name: string): FieldError[] {
	const key = nameFault(name);
	if (key === null) return [];
	return [{ field: 'name', key: `ways-in:choose.error.${key}`, values: { count: longestName } }];
}

function nameFault(name: string): string | null {
	if (name === '') return 'nameMissing';
	if ([...name].length < 3) return 'nameShort';
	return [...name].length > longestName ? 'nameLong' : null;
}
