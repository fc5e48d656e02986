import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { namespaces, victimNamespaces } from '#lib/i18n/create.ts';
import { languageFacts } from '#lib/i18n/languages.ts';
import { namespacesOf, pluralForms, said, textsOf } from './texts.ts';

const spokenToVictims = [...victimNamespaces, 'mail'];
const names = new Set(['Waymark', 'English', 'Cymraeg']);

test('every namespace has its English file, and every file its namespace', () => {
	expect(namespacesOf('en')).toEqual([...namespaces].sort());
});

test('English has the plural forms of English', () => {
	const wrong = [...namespaces].flatMap((namespace) =>
		said(textsOf('en', namespace))
			.filter(({ plural, forms }) => plural && !hasForms('en', forms))
			.map(({ key }) => `${namespace}:${key}`)
	);
	expect(wrong).toEqual([]);
});

describe.each(['cy', 'ur'] as const)('in %s', (language) => {
	describe.each(spokenToVictims)('the texts of %s', (namespace) => {
		const english = said(textsOf('en', namespace));
		const theirs = said(textsOf(language, namespace));

		test('are the same keys as in English', () => {
			expect(theirs.map(({ key }) => key).sort()).toEqual(english.map(({ key }) => key).sort());
		});

		test('have the same placeholders', () => {
			const asked = new Map(english.map(({ key, placeholders }) => [key, placeholders]));
			for (const { key, placeholders } of theirs) {
				expect([key, placeholders]).toEqual([key, asked.get(key)]);
			}
		});

		test('have the plural forms of their own language where English has its own', () => {
			const plural = new Set(english.filter((each) => each.plural).map(({ key }) => key));
			const wrong = theirs.filter(({ key, plural: theirPlural, forms }) =>
				plural.has(key) ? !theirPlural || !hasForms(language, forms) : theirPlural
			);
			expect(wrong).toEqual([]);
		});

		test('are not empty and not English', () => {
			const spoken = textsOf('en', namespace);
			const wrong = [...textsOf(language, namespace)].filter(
				([key, text]) =>
					text.trim() === '' || (!isName(key) && isStillEnglish(text, spoken.get(key)))
			);
			expect(wrong).toEqual([]);
		});
	});

	test('nothing is said to victims from a file that English does not have', () => {
		const left = namespacesOf(language).filter((name) => !spokenToVictims.includes(name));
		expect(left).toEqual([]);
	});
});

test('the dates of each language are ours to show', () => {
	for (const { intl } of Object.values(languageFacts)) {
		expect(Intl.DateTimeFormat.supportedLocalesOf(intl)).toHaveLength(1);
	}
});

// `_zero` may be given in any language: i18next prefers it for none.
function hasForms(language: string, forms: string[]): boolean {
	const needed = pluralForms(language);
	const extra = forms.filter((form) => form !== 'zero' || needed.includes('zero'));
	return extra.sort().join() === needed.join();
}

// Helplines and charities are called the same in every language.
function isName(key: string): boolean {
	return /^helpline\..+\.name$/.test(key);
}

// One word may be the same in two languages; a sentence is not.
function isStillEnglish(text: string, english: string | undefined): boolean {
	return text === english && !names.has(text) && /\p{L}+\s+\p{L}+\s+\p{L}+/u.test(text);
}

test('no file says one key twice: the second would silently win', () => {
	const twice = localeFiles().flatMap((file) => repeatedKeys(readFileSync(file, 'utf8'), file));
	expect(twice).toEqual([]);
	expect(repeatedKeys('{\n\t"a": "x",\n\t"b": {\n\t\t"a": "y"\n\t},\n\t"a": "z"\n}', 'f')).toEqual([
		'f: a'
	]);
});

function localeFiles(): string[] {
	return globSync('src/lib/i18n/locales/*/*.json');
}

// The files are formatted: one key on a line, a tab for each level.
function repeatedKeys(source: string, file: string): string[] {
	const path: string[] = [];
	const seen = new Set<string>();
	return source.split('\n').flatMap((line) => {
		const found = /^(\t+)"([^"]+)":/.exec(line);
		if (!found) return [];
		path.length = (found[1]?.length ?? 1) - 1;
		path.push(found[2] ?? '');
		const key = path.join('.');
		const again = seen.has(key);
		seen.add(key);
		return again ? [`${file}: ${key}`] : [];
	});
}
