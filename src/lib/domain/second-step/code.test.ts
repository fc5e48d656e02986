import { describe, expect, test } from 'vitest';
import { readCode, shownCode } from '#lib/domain/second-step/code.ts';

describe('a code is read', () => {
	test.each([
		['123456', '123456'],
		[' 123 456 ', '123456'],
		['123-456', '123456'],
		['۱۲۳۴۵۶', '123456'],
		['٠١٢٣٤٥', '012345'],
		['１２３４５６', '123456']
	])('from an app: %s', (typed, code) => {
		expect(readCode(typed)).toEqual({ kind: 'app', code });
	});

	test.each([
		['abcde-fghjk', 'abcdefghjk'],
		['ABCDE FGHJK', 'abcdefghjk'],
		['o1lI0-abcde', '01110abcde']
	])('from those kept: %s', (typed, code) => {
		expect(readCode(typed)).toEqual({ kind: 'kept', code });
	});

	test.each([
		'',
		'12345',
		'1234567',
		'abcde',
		'abcde-fghju',
		'not a code',
		'😀😀😀😀😀😀',
		'１２３'
	])('as none: %s', (typed) => {
		expect(readCode(typed)).toBeNull();
	});
});

test('what is shown can be typed back', () => {
	expect(shownCode('abcdefghjk')).toBe('abcde-fghjk');
	expect(readCode(shownCode('abcdefghjk'))).toEqual({ kind: 'kept', code: 'abcdefghjk' });
});
