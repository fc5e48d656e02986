import { createInstance } from 'i18next';
import type { Language } from '#lib/i18n/languages.ts';

export const victimNamespaces = [
	'common',
	'public',
	'victim',
	'needs',
	'support',
	'support-kinds',
	'needs-pages',
	'messages',
	'milestones',
	'ways-in',
	'people',
	'second-step',
	'passkeys',
	'sessions',
	'force-account',
	'reach'
] as const;
export const staffNamespaces = [
	...victimNamespaces,
	'staff',
	'staff-needs',
	'staff-requests',
	'staff-contact',
	'staff-invite',
	'staff-acting',
	'staff-access',
	'staff-people',
	'staff-linked',
	'staff-reach'
] as const;
export const namespaces = [...staffNamespaces, 'mail'] as const;
export type Namespace = (typeof namespaces)[number];

export type Texts = { [key: string]: string | Texts };

/** Gives the text of a key such as `needs:area.safety.title`, with its values put in. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * Takes a language and its texts by namespace; gives the function that speaks them. One instance
 * for each call: a shared one would carry one reader's language into another's page. A text that
 * is missing in a language is spoken in English.
 */
export function createTranslate(
	language: Language,
	texts: Readonly<Partial<Record<Namespace, Texts>>>,
	english: Readonly<Partial<Record<Namespace, Texts>>> = texts
): Translate {
	const instance = createInstance();
	void instance.init({
		lng: language,
		fallbackLng: 'en',
		ns: [...namespaces],
		defaultNS: 'common',
		resources: { en: { ...english }, [language]: { ...texts } },
		initAsync: false,
		returnNull: false,
		interpolation: { escapeValue: false }
	});
	const speak = instance.getFixedT(language);
	return (key, values) => speak(key, values === undefined ? {} : { ...values });
}
