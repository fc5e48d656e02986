import { describe, expect, test } from 'vitest';
import forbidden from '#lib/domain/notice/forbidden-words.json' with { type: 'json' };
import { lengthClass } from '#lib/domain/notice/length.ts';
import { languageFacts, languages, type Language } from '#lib/i18n/languages.ts';
import { readTexts } from '#lib/server/i18n/read-texts.ts';
import { compose } from '#lib/server/notice/message.ts';

const written = async (language: Language) =>
	compose(language, await readTexts(language, ['mail']));

describe.each(languages)('a notice in %s', (language) => {
	test('contains no word that tells what it is about, in this language or in English', async () => {
		const { subject, text, html } = await written(language);
		const words = [...forbidden.anywhere, ...forbidden.en, ...forbidden[language]];
		const found = words.filter((word) => `${subject} ${text}`.toLowerCase().includes(word));
		expect(found).toEqual([]);
		const inMarkup = [...forbidden.anywhere, 'src=', '<img', '<a ', 'style', 'class='];
		expect(inMarkup.filter((word) => html.toLowerCase().includes(word))).toEqual([]);
	});

	test('is in the same class of length as every other', async () => {
		const { subject, text, html } = await written(language);
		expect([lengthClass(subject), lengthClass(text)]).toEqual([1, 1]);
		expect(lengthClass(html)).toBe(lengthClass((await written('en')).html));
	});

	test('is said in that language and in its direction', async () => {
		const { subject, html } = await written(language);
		expect(html).toContain(`lang="${language}" dir="${languageFacts[language].direction}"`);
		if (language !== 'en') expect(subject).not.toBe((await written('en')).subject);
	});

	test('says the same in both of its forms', async () => {
		const { text, html } = await written(language);
		const shown = html
			.replace(/<head>.*<\/head>/s, '')
			.replace(/<[^>]+>/g, '')
			.replaceAll('&#39;', "'");
		expect(shown.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean));
	});
});

test('the list of forbidden words finds one that was put into a text', async () => {
	const { text } = compose('en', (key) => (key === 'mail:waiting' ? 'The police wrote' : key));
	expect(forbidden.en.filter((word) => text.toLowerCase().includes(word))).toEqual(['police']);
});
