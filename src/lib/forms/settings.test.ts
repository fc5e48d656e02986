import { expect, test } from 'vitest';
import { parse as parseReassign } from '#lib/forms/case-reassign.ts';
import { parse as parseSearch } from '#lib/forms/search.ts';
import { parseChoice } from '#lib/forms/settings.ts';

const id = '8d0e5d5a-7f60-4a5e-9d07-0c9a3ffb3f10';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

test('choosing a case takes one', () => {
	expect(parseChoice(form({ case: id }))).toEqual({ ok: true, value: { participationId: id } });
	expect(parseChoice(form({})).ok).toBe(false);
});

test('handing a case over takes an officer and the assignment that was shown', () => {
	const read = parseReassign(form({ officer: id, version: id }));
	expect(read).toEqual({ ok: true, value: { to: id, seen: id } });
	expect(parseReassign(form({ officer: '', version: id })).ok).toBe(false);
	expect(parseReassign(form({ officer: id, version: '1' })).ok).toBe(false);
});

test('a search takes a reference of a sane length', () => {
	expect(parseSearch(form({ reference: ' VR-10000 ' }))).toEqual({
		ok: true,
		value: { reference: 'VR-10000' }
	});
	expect(parseSearch(form({ reference: '' })).ok).toBe(false);
	expect(parseSearch(form({ reference: 'x'.repeat(61) })).ok).toBe(false);
});
