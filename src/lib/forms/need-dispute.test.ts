import { expect, test } from 'vitest';
import { parse, wordsField } from '#lib/forms/need-dispute.ts';

const entry = '0b8f7a0e-6a3f-4f0e-9a51-3a2a5b6c7d8e';

function read(pairs: Readonly<Record<string, string>>) {
	const data = new FormData();
	for (const [name, value] of Object.entries(pairs)) data.append(name, value);
	return parse(data);
}

test('words about what is not right are optional', () => {
	expect(read({ need: 'CON1', entry, version: '2' })).toEqual({
		ok: true,
		value: { needId: 'CON1', entryId: entry, version: 2, words: '' }
	});
	const said = read({ need: 'CON1', entry, [wordsField('CON1')]: ' Never by phone ' });
	expect(said.ok && said.value.words).toBe('Never by phone');
});

test('too many words are an error at their box', () => {
	const long = read({ need: 'CON1', entry, [wordsField('CON1')]: 'x'.repeat(501) });
	expect(!long.ok && long.error.errors).toEqual([
		{ field: 'CON1-wrong', key: 'needs-pages:error.too_long', values: { count: 500 } }
	]);
});

test.each([[{ need: 'XXX1', entry }], [{ need: 'CON1', entry: 'x' }], [{ need: 'CON1' }]])(
	'refuses %o, which names no need or entry',
	(pairs) => {
		expect(read(pairs).ok).toBe(false);
	}
);
