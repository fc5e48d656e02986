import { describe, expect, test } from 'vitest';
import { passwordFault, wordCode } from '#lib/domain/invitation/secret.ts';
import { isCommon } from '#lib/server/auth/common-passwords.ts';

describe('a password', () => {
	test.each([
		['eleven characters', 'abcdefghijk', 'short'],
		['201 characters', 'ab c'.repeat(50) + 'x', 'long'],
		['one of the common list', 'unbelievable', 'common'],
		['a common one with digits behind it', 'password1234', 'common'],
		['a common one with signs around it', '!!!!password!!!!', 'common'],
		['one letter again and again', 'aaaaaaaaaaaa', 'common'],
		['a few letters again and again', 'abcabcabcabc', 'common'],
		['the sign-in name', 'Blue Kettle 77', 'same'],
		['the sign-in name spelled otherwise', 'blue-kettle-77', 'same']
	])('of %s is refused', (_what, password, fault) => {
		expect(passwordFault(password, 'Blue Kettle 77', isCommon)).toBe(fault);
	});

	test.each([
		['three words', 'lantern orchard nine'],
		['words of another script', 'میرا گھر دریا کے پاس ہے'],
		['emoji', '🙂🌧️🚲🐈🍋🧵🎈🪁🧊🥾🪴🧭'],
		['no capitals, digits or signs', 'quietmorningkettle']
	])('of %s is taken', (_what, password) => {
		expect(passwordFault(password, 'Blue Kettle 77', isCommon)).toBeNull();
	});
});

test('a word code is the same however it is spaced and written', () => {
	const written = ['zone  Apple\tlamp', ' ZONE-APPLE-LAMP ', 'zone, apple, lamp'];
	expect(written.map(wordCode)).toEqual(Array(3).fill('zone apple lamp'));
});
