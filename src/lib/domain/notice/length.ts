const step = 512;

/**
 * Gives the class of length a text falls in, in steps of 512 characters: whoever sees only how
 * long a notice is must not learn from it what happened.
 */
export function lengthClass(text: string): number {
	return Math.ceil(text.length / step);
}
