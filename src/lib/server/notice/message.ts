import { inGroups } from '#lib/domain/invitation/code.ts';
import { languageFacts, type Language } from '#lib/i18n/languages.ts';
import type { Translate } from '#lib/i18n/create.ts';

/** What a notice says, in the two forms a mail has. */
export type NoticeText = {
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	readonly language: Language;
};

/**
 * Writes a notice. It is made from the reader's language and nothing else, so that it says the
 * same whatever happened, and whoever reads over a shoulder learns only that something did.
 */
export function compose(language: Language, t: Translate): NoticeText {
	return written(language, t, [t('mail:waiting'), t('mail:never'), t('mail:reply')]);
}

/**
 * Writes the mail that carries the code of an invitation: a number, and nothing about what it opens
 * or who gave it. Under the subject of every other mail.
 */
export function composeCode(language: Language, t: Translate, code: string): NoticeText {
	const number = inGroups(code, 4);
	return written(language, t, [t('mail:number', { number }), t('mail:second'), t('mail:reply')]);
}

function written(language: Language, t: Translate, lines: readonly string[]): NoticeText {
	const subject = t('mail:subject');
	return {
		subject,
		text: `${lines.join('\n\n')}\n`,
		html: page(language, subject, lines),
		language
	};
}

function page(language: Language, subject: string, lines: readonly string[]): string {
	const { direction } = languageFacts[language];
	return [
		'<!doctype html>',
		`<html lang="${language}" dir="${direction}">`,
		`<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
		`<body dir="${direction}">`,
		...lines.map((line) => `<p>${escaped(line)}</p>`),
		'</body>',
		'</html>',
		''
	].join('\n');
}

// The locale files are ours, yet an apostrophe or an ampersand in them must not become markup.
function escaped(text: string): string {
	const entities: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;'
	};
	return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
