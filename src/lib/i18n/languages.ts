export const languages = ['en', 'cy', 'ur'] as const;
export type Language = (typeof languages)[number];

/** Each language as its own readers write it, with its script's direction and its `Intl` locale. */
export const languageFacts: Readonly<
	Record<Language, { name: string; direction: 'ltr' | 'rtl'; intl: string; checked: boolean }>
> = {
	en: { name: 'English', direction: 'ltr', intl: 'en-GB', checked: true },
	// `checked` turns true when a professional translator has been through every text.
	cy: { name: 'Cymraeg', direction: 'ltr', intl: 'cy-GB', checked: false },
	ur: { name: 'اردو', direction: 'rtl', intl: 'ur-PK-u-nu-latn', checked: false }
};

/** Gives the language for a tag such as `cy-GB`, or English when we do not speak it. */
export function languageOf(tag: string | null | undefined): Language {
	const short = (tag ?? '').toLowerCase().split('-')[0];
	return languages.find((language) => language === short) ?? 'en';
}

/** Takes an Accept-Language header; gives the first language in it that we speak, or English. */
export function languageAsked(header: string | null): Language {
	const wanted = (header ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', quality] = part.trim().split(';q=');
			return { tag: tag.toLowerCase().split('-')[0], quality: Number(quality ?? 1) };
		})
		.sort((a, b) => b.quality - a.quality);
	for (const { tag } of wanted) {
		const found = languages.find((language) => language === tag);
		if (found) return found;
	}
	return 'en';
}
