import { createTranslate, type Namespace, type Texts, type Translate } from '#lib/i18n/create.ts';
import type { Language } from '#lib/i18n/languages.ts';

// Each file is an asset of its own: a page asks for its own texts, and the browser keeps them.
const files = import.meta.glob<Texts>('./locales/*/*.json', { import: 'default' });

/** Loads the texts of some namespaces for the pages; gives the function that speaks them. */
export async function loadTexts(
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
		const file = files[`./locales/${language}/${name}.json`];
		return [name, file ? await file() : {}];
	});
	return Object.fromEntries(await Promise.all(found));
}
