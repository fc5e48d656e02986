import { expect, test } from 'vitest';
import { parse } from '#lib/forms/safety-conversation.ts';

function form(safe: string[], note = ''): FormData {
	const data = new FormData();
	for (const way of safe) data.append('safe', way);
	data.set('note', note);
	return data;
}

test('the ways are read in their own order, and others are passed over', () => {
	const read = parse(form(['post', 'site', 'pigeon'], ' only after six '));
	expect(read).toEqual({ ok: true, value: { safe: ['site', 'post'], note: 'only after six' } });
});

test('that none is safe is an answer, and no answer is none', () => {
	expect(parse(form(['none']))).toEqual({ ok: true, value: { safe: [], note: '' } });
	for (const ticked of [[], ['none', 'site']]) expect(parse(form(ticked)).ok).toBe(false);
});

test('a note that is too long comes back as it was typed', () => {
	const read = parse(form(['site'], 'x'.repeat(501)));
	expect(!read.ok && read.error.values.note).toEqual(['x'.repeat(501)]);
});
