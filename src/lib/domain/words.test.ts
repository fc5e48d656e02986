import { expect, test } from 'vitest';
import { exceeds } from '#lib/domain/words.ts';

test.each([
	['letters', 'a'],
	['a family', '👨‍👩‍👧‍👦'],
	['a kiss with two skin tones', '👩🏻‍❤️‍💋‍👩🏿'],
	['a flag', '🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
	['a letter with its marks', 'a\u0301\u0323'],
	['a Bengali syllable', 'ক্ষ্ম']
])('%s: each counts as one character', (_, one) => {
	expect(exceeds(one.repeat(500), 500)).toBe(false);
	expect(exceeds(one.repeat(501), 500)).toBe(true);
});

test('a heap of marks on one letter is not one character', () => {
	expect(exceeds('a' + '\u0301'.repeat(20_000), 500)).toBe(true);
});
