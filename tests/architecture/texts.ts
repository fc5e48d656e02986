import { existsSync, readdirSync } from 'node:fs';
import type { Texts } from '#lib/i18n/create.ts';
import type { Language } from '#lib/i18n/languages.ts';
import { textOf } from './files.ts';

const folder = 'src/lib/i18n/locales';

/** Gives the names of the files of texts that a language has. */
export function namespacesOf(language: Language): string[] {
	const files = readdirSync(`${folder}/${language}`).filter((file) => file.endsWith('.json'));
	return files.map((file) => file.replace(/\.json$/, '')).sort();
}

/** Gives every text of a namespace by its full key; none when the language has no such file. */
export function textsOf(language: Language, namespace: string): Map<string, string> {
	const file = `${folder}/${language}/${namespace}.json`;
	return new Map(existsSync(file) ? flat(JSON.parse(textOf(file)) as Texts) : []);
}

function flat(texts: Texts, above = ''): [string, string][] {
	return Object.entries(texts).flatMap(([name, value]): [string, string][] => {
		const key = above === '' ? name : `${above}.${name}`;
		return typeof value === 'string' ? [[key, value]] : flat(value, key);
	});
}

const suffix = /_(zero|one|two|few|many|other)$/;

/** One thing that is said, in one form, or in several by count. */
export type Said = { key: string; plural: boolean; forms: string[]; placeholders: string[] };

/** Puts the plural forms of a key together. A key is plural when its `_other` form is there. */
export function said(texts: ReadonlyMap<string, string>): Said[] {
	const byKey = new Map<string, Said>();
	for (const [full, text] of texts) {
		const key = full.replace(suffix, '');
		const plural = key !== full && texts.has(`${key}_other`);
		const name = plural ? key : full;
		const entry = byKey.get(name) ?? { key: name, plural, forms: [], placeholders: [] };
		if (plural) entry.forms.push(full.slice(key.length + 1));
		entry.placeholders.push(...placeholders(text));
		byKey.set(name, entry);
	}
	return [...byKey.values()].map((entry) => ({
		...entry,
		placeholders: [...new Set(entry.placeholders)].sort()
	}));
}

function placeholders(text: string): string[] {
	return [...text.matchAll(/{{\s*-?\s*([\w.]+)[^}]*}}/g)].map((match) => match[1] ?? '');
}

/** Gives the plural forms that a language needs, by its own rules. */
export function pluralForms(tag: string): string[] {
	return [...new Intl.PluralRules(tag).resolvedOptions().pluralCategories].sort();
}
