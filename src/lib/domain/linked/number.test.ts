import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phoneNumber } from '#lib/domain/linked/number.ts';

describe('a telephone number', () => {
	test.each([
		'07700 900123',
		'07700900123',
		'(07700) 900-123',
		'+44 7700 900123',
		'+44 (0)7700 900 123',
		'0044 7700 900123',
		'447700900123',
		'7700 900123',
		'‪+44 7700 900123‬',
		'07700.900.123',
		'07700 900123',
		'٠٧٧٠٠ ٩٠٠١٢٣',
		'۰۷۷۰۰ ۹۰۰۱۲۳',
		'০৭৭০০ ৯০০১২৩',
		'੦੭੭੦੦ ੯੦੦੧੨੩',
		'07700900123'
	])('written as %j is one and the same', (typed) => {
		expect(phoneNumber(typed)).toBe('+447700900123');
	});

	test.each([
		['01632 960123', '+441632960123'],
		['020 7946 0123 ext. 4', '+442079460123'],
		['020 7946 0123 x12', '+442079460123'],
		['+92 300 1234567', '+923001234567'],
		['0092 300 1234567', '+923001234567'],
		['+48 22 123 45 67', '+48221234567']
	])('%j is %s', (typed, number) => {
		expect(phoneNumber(typed)).toBe(number);
	});

	test.each([
		'',
		' ',
		'none',
		'ask her sister',
		'123',
		'0',
		'+',
		'999',
		'07700 900123 07700 900456'
	])('%j is none', (typed) => {
		expect(phoneNumber(typed)).toBeNull();
	});

	test('is the same whatever stands between its digits', () => {
		const digits = fc.stringMatching(/^[1237]\d{9}$/);
		const gap = fc.constantFrom('', ' ', '-', '.', ' ', '\u200f', ' ');
		fc.assert(
			fc.property(digits, fc.array(gap, { minLength: 11, maxLength: 11 }), (rest, gaps) => {
				const spread = [...`0${rest}`].map((digit, index) => digit + (gaps[index] ?? '')).join('');
				expect(phoneNumber(spread)).toBe(`+44${rest}`);
				expect(phoneNumber(`+44${rest}`)).toBe(`+44${rest}`);
			})
		);
	});

	test('once in its form stays in it', () => {
		fc.assert(
			fc.property(fc.string(), (typed) => {
				const number = phoneNumber(typed);
				if (number !== null) expect(phoneNumber(number)).toBe(number);
			})
		);
	});
});
