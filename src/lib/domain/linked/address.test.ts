import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey } from '#lib/domain/linked/address.ts';

describe('a home', () => {
	test.each([
		'12 High Street, Northgate, MD1 4QX',
		'12, High St\nNorthgate\nMD1 4QX',
		'12 HIGH STREET MD14QX',
		'md1 4qx, 12 High Street',
		'Flat 3, 12 High Street, MD1 4QX',
		'Apartment 3B, 12 High Street, Md1  4qx',
		'012 High Street, MD1 4QX',
		'١٢ High Street, MD1 4QX',
		'12 High Street, MD1 4QX, United Kingdom'
	])('written as %j is one and the same', (typed) => {
		expect(addressKey(typed)).toBe('md14qx 12');
	});

	test.each([
		['12a High Street, MD1 4QX', 'md14qx 12a'],
		['12 A High Street, MD1 4QX', 'md14qx 12a'],
		['12-14 High Street, MD1 4QX', 'md14qx 12'],
		['Flat 3, MD1 4QX', 'md14qx 3'],
		['Rose Cottage, Mill Lane, MD1 4QX', 'md14qx rosecottage'],
		['Tŷ Gwyn, Heol y Felin, CF1 2AB', 'cf12ab tygwyn'],
		['MD1 4QX', 'md14qx ']
	])('%j is %j', (typed, key) => {
		expect(addressKey(typed)).toBe(key);
	});

	test('of the same number with another postcode is another', () => {
		expect(addressKey('12 High Street, MD1 4QX')).not.toBe(addressKey('12 High Street, MD1 4QY'));
	});

	test.each([
		['House 7, Street 4, Mirpur', 'text house7street4mirpur'],
		['مکان ۷، گلی ۴، میرپور', addressKey('مكان 7 گلی 4 ميرپور')]
	])('without a postcode is all its letters: %j', (typed, key) => {
		expect(addressKey(typed)).toBe(key);
	});

	test.each(['', '  ', ',', '\n\u200f'])('that is %j is none', (typed) => {
		expect(addressKey(typed)).toBeNull();
	});
});

describe('a mail address', () => {
	test.each([
		'sam@example.com',
		'Sam@Example.COM',
		' sam+waymark@example.com ',
		'Sam <sam@example.com>',
		'ｓａｍ@example.com'
	])('written as %j is one and the same', (typed) => {
		expect(addressKey(typed)).toBe('mail sam@example.com');
	});

	test('of nobody is none', () => {
		expect(addressKey('@example.com')).toBeNull();
	});
});

test('the case and the spaces of an address never matter', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 9999 }),
			fc.constantFrom(' ', '  ', ',', '\n'),
			(n, gap) => {
				const typed = `${String(n)}${gap}Mill Lane${gap}MD1 4QX`;
				expect(addressKey(typed)).toBe(`md14qx ${String(n)}`);
				expect(addressKey(typed.toLowerCase())).toBe(addressKey(typed.toUpperCase()));
			}
		)
	);
});
