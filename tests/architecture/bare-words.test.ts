import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';
import { filesUnder, textOf } from './files.ts';

// A victim reads these pages in their own language, so no word may stand in the markup itself.
const read = filesUnder('src/routes', '.svelte').filter(
	(file) => !/\((staff|oversight)\)/.test(file)
);

// Attributes that are read out or shown; every other one is markup.
const shown = /^(aria-label|alt|title|placeholder|summary|label|legend|hint|text|.*Text|.*Label)$/;

test('no page that a victim can reach has words of its own', () => {
	expect(read.length).toBeGreaterThan(5);
	expect(read.flatMap((file) => bareWords(textOf(file)).map((word) => `${file}: ${word}`))).toEqual(
		[]
	);
});

test('words in the markup, in an attribute and in a branch are noticed', () => {
	const source =
		'<p>Help is here</p><a href="/x" aria-label="Go back">{t(key)}</a>{#if a}<b>Now</b>{/if}';
	expect(bareWords(source)).toEqual(['Help is here', 'Go back', 'Now']);
});

test('signs, numbers and what is put in are not words', () => {
	expect(bareWords('<p class="govuk-body">{t(a)} · 999</p><style>p { margin: 0 }</style>')).toEqual(
		[]
	);
});

function bareWords(source: string): string[] {
	const { fragment } = parse(source, { modern: true });
	return wordsIn(fragment);
}

function wordsIn(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(wordsIn);
	if (typeof node !== 'object' || node === null) return [];
	if (isNode(node, 'Text')) return /\p{L}/u.test(node.data) ? [node.data.trim()] : [];
	if (isNode(node, 'Attribute') && !shown.test(node.name)) return [];
	// Expressions are code: a string in one is a key, an id or a class.
	if (isNode(node, 'ExpressionTag')) return [];
	return Object.values(node).flatMap(wordsIn);
}

type Kinds = { Text: AST.Text; Attribute: AST.Attribute; ExpressionTag: AST.ExpressionTag };

function isNode<K extends keyof Kinds>(node: object, type: K): node is Kinds[K] {
	return 'type' in node && node.type === type;
}
