/** How long a code waits to be used, in hours. */
export const codeHours = 72;

/** How long somebody who gave a code has to choose how they sign in, in seconds. */
export const choosingSeconds = 15 * 60;

const codeDigits = 12;
const secondDigits = 6;

/** The two secrets of an invitation, as digits. */
export type Codes = { readonly code: string; readonly second: string };

/**
 * Draws the two secrets: twelve digits and six. Digits are read out, typed and heard alike in every
 * language. `draw` gives a whole number from the first up to the second, not included.
 */
export function drawCodes(draw: (low: number, high: number) => number): Codes {
	const digits = (count: number): string =>
		Array.from({ length: count }, () => String(draw(0, 10))).join('');
	return { code: digits(codeDigits), second: digits(secondDigits) };
}

/** Gives digits in groups as they are read out and printed: `1234 5678 9012`. */
export function inGroups(digits: string, size: number): string {
	return digits.replaceAll(new RegExp(`(\\d{${String(size)}})(?=\\d)`, 'g'), '$1 ');
}

/**
 * Gives the digits of what was typed for a code, or null when it is none: spaces and dashes do not
 * count, and digits of other scripts (as an Urdu or Arabic keyboard types them) are their own.
 */
export function digitsOf(typed: string, kind: 'code' | 'second'): string | null {
	const latin = typed
		.normalize('NFKC')
		.replaceAll(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
		.replaceAll(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
		.replaceAll(/[\s\p{Dash_Punctuation}.\u200c-\u200f]/gu, '');
	const length = kind === 'code' ? codeDigits : secondDigits;
	return /^\d+$/.test(latin) && latin.length === length ? latin : null;
}
