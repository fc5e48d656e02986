import { describe, expect, test } from 'vitest';
import { namespaces } from '#lib/i18n/create.ts';
import { filesUnder, textOf } from './files.ts';
import { said, textsOf } from './texts.ts';

const known = new Set(
	namespaces.flatMap((namespace) =>
		said(textsOf('en', namespace)).map(({ key }) => `${namespace}:${key}`)
	)
);

const spaces = [...namespaces].sort((a, b) => b.length - a.length).join('|');
const literal = new RegExp(`(['"])((?:${spaces}):[A-Za-z][\\w.-]*)\\1`, 'g');
const template = new RegExp(`\`((?:${spaces}):[^\`\\s]*\\$\\{[^\`]*)\``, 'g');

const sources = filesUnder('src', '.ts', '.svelte').filter((file) => !file.endsWith('.test.ts'));

describe('a text that the code asks for', () => {
	test('is there, in English', () => {
		const missing = sources.flatMap((file) =>
			[...textOf(file).matchAll(literal)]
				.map((match) => match[2] ?? '')
				.filter((key) => !known.has(key))
				.map((key) => `${file}: ${key}`)
		);
		expect(missing).toEqual([]);
	});

	test('by a key put together is there for at least one way of putting it together', () => {
		const missing = sources.flatMap((file) =>
			[...textOf(file).matchAll(template)]
				.map((match) => match[1] ?? '')
				.filter((key) => !isPossible(key))
				.map((key) => `${file}: ${key}`)
		);
		expect(missing).toEqual([]);
	});
});

test('a key that is not there is noticed', () => {
	expect(known.has('common:button.back')).toBe(true);
	expect([..."t('common:button.nowhere')".matchAll(literal)].map((match) => match[2])).toEqual([
		'common:button.nowhere'
	]);
	expect(known.has('common:button.nowhere')).toBe(false);
	expect([isPossible('common:nav.${place}'), isPossible('common:nowhere.${place}')]).toEqual([
		true,
		false
	]);
});

function isPossible(key: string): boolean {
	const pattern = key
		.split(/\$\{[^}]*\}/)
		.map((part) => part.replace(/[.*+?^()|[\]\\]/g, '\\$&'))
		.join('[\\w.-]+');
	const form = new RegExp(`^${pattern}$`);
	return [...known].some((each) => form.test(each));
}
