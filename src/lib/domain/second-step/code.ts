/** How long a half sign-in waits for its code, in seconds. */
export const halfSignInSeconds = 10 * 60;

/** How many codes a person keeps for when their authenticator is lost. */
export const recoveryCount = 10;

/** How many characters a code that is kept has, not counting the dash: five bits each. */
export const recoveryLength = 10;

/** What codes that are kept are written with: no letter that is read as a digit (Crockford). */
export const recoveryAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** What somebody typed as their second step. */
export type TypedCode =
	| { readonly kind: 'app'; readonly code: string }
	| { readonly kind: 'kept'; readonly code: string };

/**
 * Reads a code however it is spaced: six digits of an authenticator, or one of the codes that were
 * kept, with letters that look like digits taken for those. Null when it can be neither.
 */
export function readCode(typed: string): TypedCode | null {
	const tidy = typed
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll(/\p{Nd}/gu, digit)
		.replaceAll(/[^\p{L}\p{N}]/gu, '');
	if (/^\d{6}$/.test(tidy)) return { kind: 'app', code: tidy };
	const code = tidy.replaceAll('o', '0').replaceAll(/[il]/g, '1');
	const isKept = code.length === recoveryLength && [...code].every(isOfAlphabet);
	return isKept ? { kind: 'kept', code } : null;
}

/** Gives a kept code as it is shown: in two halves. */
export function shownCode(code: string): string {
	return `${code.slice(0, recoveryLength / 2)}-${code.slice(recoveryLength / 2)}`;
}

function isOfAlphabet(letter: string): boolean {
	return recoveryAlphabet.includes(letter);
}

// Keyboards of Urdu and Arabic write digits of their own: each script's ten stand in a row.
function digit(letter: string): string {
	const point = letter.codePointAt(0) ?? 0;
	let zero = point;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && point - zero < 9) zero -= 1;
	return String(point - zero);
}
