/** What is known of somebody, as it was given: any of it may be empty. */
export type Known = {
	readonly given: string;
	readonly family: string;
	readonly number: string;
	readonly address: string;
};

/** The same as values that can be compared; null where nothing usable was given. */
export type Marks = {
	readonly address: string | null;
	readonly number: string | null;
	readonly initial: string | null;
	readonly surname: string | null;
};

/** Gives the values by which two people are compared, however they were written down. */
export function marksOf(known: Known): Marks {
	return {
		address: addressMark(known.address),
		number: numberMark(known.number),
		initial: letters(known.given).slice(0, 1) || null,
		surname: letters(known.family) || null
	};
}

/**
 * Whether two people share an address, a number, or initial and surname together (issue 3.7): the
 * reason for a human check, never proof of anything.
 */
export function shares<T>(
	one: Readonly<Record<keyof Marks, T | null>>,
	other: Readonly<Record<keyof Marks, T | null>>,
	same: (a: T, b: T) => boolean = (a, b) => a === b
): boolean {
	const alike = (mark: keyof Marks): boolean => {
		const [mine, theirs] = [one[mark], other[mark]];
		return mine !== null && theirs !== null && same(mine, theirs);
	};
	return alike('address') || alike('number') || (alike('initial') && alike('surname'));
}

// House and postcode say which home it is; without a postcode all that was written has to do.
function addressMark(typed: string): string | null {
	const plain = typed.normalize('NFKC').toUpperCase();
	const postcode = /\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b/.exec(plain);
	if (!postcode) return letters(typed) || null;
	const before = plain.slice(0, postcode.index);
	const house = /\d+[A-Z]?/.exec(before)?.[0] ?? letters(before).toUpperCase();
	return `${house} ${postcode[1] ?? ''}${postcode[2] ?? ''}`;
}

// Written with +44, 0044 or 0, with or without spaces: the same telephone.
function numberMark(typed: string): string | null {
	const digits = typed.normalize('NFKC').replaceAll(/\D/g, '');
	const national = digits.replace(/^(0044|44)0?/, '0');
	return national.length < 6 ? null : national;
}

function letters(typed: string): string {
	return typed
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
