import { expect, test } from 'vitest';
import { crimeReference, isCategory } from '#lib/domain/case/category.ts';

test('one crime reference typed in two ways is one', () => {
	expect(crimeReference(' 20/418 22/26 ')).toBe('20/41822/26');
	expect(crimeReference('md-1234-abc')).toBe('MD-1234-ABC');
});

test.each(['', '123', 'ABCDEF', '20/1<b>', '/1234', `2${'0'.repeat(40)}`])(
	'%j is no crime reference',
	(typed) => {
		expect(crimeReference(typed)).toBeNull();
	}
);

test('a word that is no category is none', () => {
	expect(isCategory('burglary')).toBe(true);
	expect(isCategory('toString')).toBe(false);
});
