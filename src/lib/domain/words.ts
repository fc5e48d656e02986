// The longest emoji in use, two people with skin tones and a kiss between them, has 15 code units.
const longestCharacter = 32;

/**
 * Whether words are longer than `limit` characters, as a person would count them: an emoji or a
 * letter with its marks is one. A heap of marks on one letter counts as more. Stops at the limit.
 */
export function exceeds(words: string, limit: number): boolean {
	if (words.length <= limit) return false;
	let count = 0;
	for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(words)) {
		count += Math.ceil(segment.length / longestCharacter);
		if (count > limit) return true;
	}
	return false;
}
