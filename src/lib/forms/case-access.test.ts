import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseAdd, parseAnswer, parseReason, parseRemove } from '#lib/forms/case-access.ts';
import type { Parse } from '#lib/forms/form.ts';

function form(fields: Readonly<Record<string, string>>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

function errorsOf<A>(parse: Parse<A>, fields: Readonly<Record<string, string>>): string[] {
	const read = parse(form(fields));
	return read.ok ? [] : read.error.errors.map((error) => error.field);
}

test('somebody is put on one of two lists, with a reason', () => {
	const whole = { act: 'barred', label: ' PC  4021 ', addReason: 'his brother' };
	expect(parseAdd(form(whole))).toEqual({
		...{ ok: true, value: { act: 'barred', label: 'PC 4021', reason: 'his brother' } }
	});
	expect(errorsOf(parseAdd, {})).toEqual(['act', 'label', 'addReason']);
	expect(errorsOf(parseAdd, { ...whole, act: 'lifted' })).toEqual(['act']);
	expect(errorsOf(parseAdd, { ...whole, addReason: 'x'.repeat(501) })).toEqual(['addReason']);
});

test('somebody is taken off the list they are on', () => {
	const id = randomUUID();
	const off = (list: string) =>
		parseRemove(form({ person: `${list}:${id}`, removeReason: 'moved' }));
	expect(off('named')).toMatchObject({ value: { act: 'unnamed', accountId: id } });
	expect(off('barred')).toMatchObject({ value: { act: 'unbarred', accountId: id } });
	expect(off('lifted').ok).toBe(false);
	expect(errorsOf(parseRemove, { person: 'named:me' })).toEqual(['person', 'removeReason']);
});

test('a restriction and its end need a reason, an answer a choice too', () => {
	expect(errorsOf(parseReason, { reason: ' ' })).toEqual(['reason']);
	expect(errorsOf(parseAnswer, {})).toEqual(['answer', 'reason']);
	const said = (answer: string) => parseAnswer(form({ answer, reason: 'agreed with her' }));
	expect(said('agree')).toMatchObject({ value: { agree: true } });
	expect(said('refuse')).toMatchObject({ value: { agree: false } });
});
