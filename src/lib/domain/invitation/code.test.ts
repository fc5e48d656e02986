import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitsOf, drawCodes, inGroups } from '#lib/domain/invitation/code.ts';

test('a code has twelve digits and its second number six, each drawn', () => {
	let next = 0;
	expect(drawCodes(() => next++ % 10)).toEqual({ code: '012345678901', second: '234567' });
});

test.each([
	['as printed', '0123 4567 8901'],
	['with dashes', '0123-4567–8901'],
	['with no gap', '012345678901'],
	['with spaces around and stops', ' 0123.4567.8901 '],
	['on an Arabic keyboard', '٠١٢٣ ٤٥٦٧ ٨٩٠١'],
	['on an Urdu keyboard', '۰۱۲۳ ۴۵۶۷ ۸۹۰۱'],
	['in full width', '０１２３ ４５６７ ８９０１']
])('a code is read %s', (_how, typed) => {
	expect(digitsOf(typed, 'code')).toBe('012345678901');
});

test.each(['', '01234567890', '0123456789012', '01234567890x', '<script>', '🙂'])(
	'%j is no code',
	(typed) => expect(digitsOf(typed, 'code')).toBeNull()
);

test('what is shown in groups is read back as the same digits', () => {
	const digits = fc.stringMatching(/^\d{12}$/);
	fc.assert(fc.property(digits, (code) => digitsOf(inGroups(code, 4), 'code') === code));
	expect(inGroups('123456', 3)).toBe('123 456');
});
