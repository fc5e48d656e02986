import { dictionary } from '@zxcvbn-ts/language-common';

// About fifty thousand that people choose most; read once, never changed.
const common: ReadonlySet<string> = new Set(
	dictionary['passwords-common'].map((password) => String(password).toLowerCase())
);

/** Whether a password (small letters) is on the bundled list of common ones. */
export function isCommon(password: string): boolean {
	return common.has(password);
}
