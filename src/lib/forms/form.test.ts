import { expect, test } from 'vitest';
import { refuse, text, typedIn } from '#lib/forms/form.ts';

function form(fields: readonly (readonly [string, string])[]): FormData {
	const data = new FormData();
	for (const [name, value] of fields) data.append(name, value);
	return data;
}

test('what nobody can see is not taken for words', () => {
	const unseen = ['\0', '\u200b', '\u2060 \u0007', ' \u00a0\u0085'];
	for (const words of unseen) expect(text(form([['words', words]]), 'words')).toBe('');
	expect(text(form([['words', 'a\0b\u200b\tc\r\nd']]), 'words')).toBe('ab\tc\nd');
});

test('joiners stay, because emoji and Urdu are written with them', () => {
	for (const words of ['👨‍👩‍👧‍👦', 'می‌خواهم', 'مرحبا\u200f']) {
		expect(text(form([['words', words]]), 'words')).toBe(words);
	}
});

test('everything typed comes back but what is secret, whatever its name', () => {
	const data = form([
		['a', '1'],
		['a', '2'],
		['password', 'x'],
		['constructor', 'y'],
		['__proto__', 'z']
	]);
	const values = refuse(data, [], ['password']).error.values;
	expect(Object.entries(values)).toEqual([
		['a', ['1', '2']],
		['constructor', ['y']]
	]);
	expect(Object.getPrototypeOf(typedIn(data))).toBe(Object.prototype);
});
