import { describe, expect, test } from 'vitest';
import type { Known } from '#lib/domain/acting/marks.ts';
import { markersOf, markersOfKnown, share } from '#lib/domain/linked/markers.ts';

const nobody: Known = { given: '', family: '', number: '', address: '' };

const sam = markersOf({
	name: 'Sam Example',
	details: [
		{ channel: 'call', value: '07700 900123' },
		{ channel: 'mail', value: 'sam@example.com' },
		{ channel: 'post', value: '12 High Street, MD1 4QX' }
	]
});

describe('two people share', () => {
	test.each([
		[
			'a number, whichever channel it is for',
			{ details: [{ channel: 'text', value: '+447700900123' }] }
		],
		['a home', { details: [{ channel: 'post', value: 'Flat 2, 12 High St, md14qx' }] }],
		['a mail address', { details: [{ channel: 'mail', value: 'SAM@example.com' }] }],
		['an initial and a surname', { name: 'Sue Example' }]
	] as const)('%s', (_what, other) => {
		expect(share(sam, markersOf({ ...other }))).toBe(true);
	});

	test.each([
		['a surname alone', { name: 'Tom Example' }],
		[
			'the number of a house in another street',
			{ details: [{ channel: 'post', value: '12 Mill Lane, MD1 4QY' }] }
		],
		['nothing that can be read', { name: '?', details: [{ channel: 'call', value: 'none' }] }],
		['nothing at all', {}]
	] as const)('not %s', (_what, other) => {
		expect(share(sam, markersOf({ ...other }))).toBe(false);
	});
});

describe('somebody who is to act for a person', () => {
	const meet = (one: Partial<Known>, other: Partial<Known>): boolean =>
		share(markersOfKnown({ ...nobody, ...one }), markersOfKnown({ ...nobody, ...other }));

	test.each([
		['one number', { number: '+44 7700 900123' }, { number: '07700-900 123' }],
		['one home', { address: '12 Mill Lane, B1 1AA' }, { address: 'Flat at 12, Mill Ln b11aa' }],
		['initial and surname', { given: 'Ana', family: 'Núñez' }, { given: 'A.', family: 'NUNEZ' }]
	])('meets another by %s', (_by, one, other) => expect(meet(one, other)).toBe(true));

	test.each([
		['a surname alone', { given: 'Ana', family: 'Reed' }, { given: 'Tom', family: 'Reed' }],
		['one street', { address: '12 Mill Lane, B1 1AA' }, { address: '14 Mill Lane, B1 1AA' }],
		['nothing known', {}, {}],
		['a number too short to tell', { number: '123' }, { number: '123' }]
	])('does not by %s', (_by, one, other) => expect(meet(one, other)).toBe(false));
});
