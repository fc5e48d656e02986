import { readFile } from 'node:fs/promises';
import { createTranslate, type Namespace, type Texts, type Translate } from '#lib/i18n/create.ts';
import type { Language } from '#lib/i18n/languages.ts';

const folder = new URL('../../i18n/locales/', import.meta.url);

/**
 * Reads the texts of some namespaces from disk, for what runs outside the web application; gives
 * the function that speaks them. A file that is not there in a language is spoken in English.
 */
export async function readTexts(
	language: Language,
	wanted: readonly Namespace[]
): Promise<Translate> {
	const [texts, english] = await Promise.all([read(language, wanted), read('en', wanted)]);
	return createTranslate(language, texts, english);
}

async function read(
	language: Language,
	wanted: readonly Namespace[]
): Promise<Partial<Record<Namespace, Texts>>> {
	const found = wanted.map(async (name): Promise<[Namespace, Texts]> => {
		const texts: Texts = JSON.parse(await textOf(language, name));
		return [name, texts];
	});
	return Object.fromEntries(await Promise.all(found));
}

async function textOf(language: Language, name: Namespace): Promise<string> {
	try {
		return await readFile(new URL(`${language}/${name}.json`, folder), 'utf8');
	} catch (error) {
		const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		if (missing && language !== 'en') return '{}';
		throw error;
	}
}
