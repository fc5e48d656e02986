/** Shortest and longest password, in characters; there are no other rules of composition. */
export const passwordLength = { least: 12, most: 200 };

/** How many words a word code has: of 2,048 words each, 66 bits together. */
export const wordCount = 6;

/** What is wrong with a password that somebody chooses; null when nothing is. */
export type PasswordFault = 'short' | 'long' | 'common' | 'same';

/**
 * Judges a password: its length, whether it is on the list of common ones (`isCommon`), one thing
 * repeated, or the sign-in name itself (NIST SP 800-63B; no rules on which characters).
 */
export function passwordFault(
	password: string,
	name: string,
	isCommon: (password: string) => boolean
): PasswordFault | null {
	const plain = password.normalize('NFKC');
	const length = [...plain].length;
	if (length < passwordLength.least) return 'short';
	if (length > passwordLength.most) return 'long';
	const folded = plain.toLowerCase();
	const tidy = folded.replaceAll(/[^\p{L}\p{N}]/gu, '');
	if (
		tidy !== '' &&
		tidy ===
			name
				.normalize('NFKC')
				.toLowerCase()
				.replaceAll(/[^\p{L}\p{N}]/gu, '')
	)
		return 'same';
	if (/^(.{1,4}?)\1+$/u.test(folded)) return 'common';
	// A common password twice over, or with digits and signs around it, is as easily guessed.
	const bare = folded.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	return [folded, tidy, bare].some(isCommon) ? 'common' : null;
}

/** Gives a word code as it is stored and compared: small letters, one space between words. */
export function wordCode(typed: string): string {
	return typed
		.normalize('NFKC')
		.toLowerCase()
		.split(/[^\p{L}]+/u)
		.filter((word) => word !== '')
		.join(' ');
}
