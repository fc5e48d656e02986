import { expect, test } from 'vitest';
import { parse } from '#lib/forms/safety-plan.ts';

function form(fields: readonly (readonly [string, string])[]): FormData {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value);
	return data;
}

test('the rules are read in the order of the page, with the version they were written over', () => {
	const read = parse(
		form([
			...([
				['safe', 'call'],
				['safe', 'portal'],
				['unsafe', 'post']
			] as const),
			...([
				['hours', 'evening'],
				['note', ' after eight '],
				['version', '3']
			] as const)
		])
	);
	expect(read).toEqual({
		ok: true,
		value: {
			rules: { safe: ['portal', 'call'], unsafe: ['post'], hours: 'evening', note: 'after eight' },
			version: 3,
			password: ''
		}
	});
});

test('a way that is both safe and never is refused, and so are rules without a safe way', () => {
	const both = parse(
		form([
			['safe', 'call'],
			['unsafe', 'call'],
			['hours', 'any']
		])
	);
	expect(both.ok ? [] : both.error.errors.map((error) => error.field)).toEqual(['unsafe']);
	const none = parse(
		form([
			['hours', 'any'],
			['safe', 'pigeon']
		])
	);
	expect(none.ok ? [] : none.error.errors.map((error) => error.field)).toEqual(['safe']);
});

test('a refused form comes back whole, but for the secret', () => {
	const read = parse(
		form([
			['note', 'x'.repeat(301)],
			['password', 'secret'],
			['safe', 'text']
		])
	);
	expect(read.ok ? null : read.error.values).toEqual({ note: ['x'.repeat(301)], safe: ['text'] });
	expect(read.ok ? [] : read.error.errors.map((error) => error.field)).toEqual(['hours', 'note']);
});

test('a secret is taken as it was typed', () => {
	const read = parse(
		form([
			['safe', 'text'],
			['hours', 'any'],
			['password', ' two words ']
		])
	);
	expect(read.ok && read.value.password).toBe(' two words ');
});
