import type { Standing } from '#lib/domain/need/standing.ts';
import type { Translate } from '#lib/i18n/create.ts';
import { day, shortDay } from '#lib/i18n/dates.ts';
import { languageFacts, type Language } from '#lib/i18n/languages.ts';

/** Gives the question of a need in the words that fit the reader's role. */
export function question(t: Translate, needId: string, role: string): string {
	return t(`needs:need.${needId}.question`, { context: role });
}

/** Gives a text of a need that not every need has; empty when this one has none. */
export function extra(t: Translate, needId: string, part: 'hint' | 'laterText' | 'words'): string {
	return t(`needs:need.${needId}.${part}`, { defaultValue: '' });
}

/** Gives what was chosen, option by option; the words that go with it are not in it. */
export function chosen(t: Translate, needId: string, choices: readonly string[]): string[] {
	return choices.map((choice) => t(`needs:need.${needId}.options.${choice}`));
}

/** Joins a list as the language does: "you, your officer and witness care". */
export function listed(language: Language, items: readonly string[]): string {
	// Common browsers cannot join in Welsh, and "a" changes the word after it: commas do.
	if (language === 'cy') return items.join(', ');
	return new Intl.ListFormat(languageFacts[language].intl, { type: 'conjunction' }).format(items);
}

/** Gives who may read a need, the person first. */
export function readers(t: Translate, language: Language, consumers: readonly string[]): string {
	const others = consumers.map((consumer) => t(`needs:consumer.${consumer}`));
	return listed(language, [t('needs-pages:you'), ...others]);
}

/** The tone of the tag that says where a need or an area stands. */
export const tones = {
	nothing_asked: 'plain',
	tell_more: 'open',
	kept: 'plain',
	with_officer: 'waiting',
	answered: 'open',
	agreed: 'agreed',
	not_right: 'attention'
} as const;

/** Gives the tag of a need or an area: where it stands, and until when somebody must answer. */
export function standingTag(
	t: Translate,
	language: Language,
	at: { readonly standing: Standing; readonly dueAt: Date | null; readonly late: boolean }
): { text: string; tone: (typeof tones)[Standing] } {
	const until = at.dueAt === null ? '' : day(language, at.dueAt);
	const waits = at.standing === 'with_officer' && at.dueAt !== null;
	const key = waits ? `with_officer_${at.late ? 'was' : 'is'}_due` : at.standing;
	return { text: t(`needs-pages:standing.${key}`, { day: until }), tone: tones[at.standing] };
}

/** Gives the tag of a need or an area as staff read it; a limit that has passed is said to be so. */
export function staffTag(
	t: Translate,
	language: Language,
	at: { readonly standing: Standing; readonly dueAt: Date | null; readonly late: boolean }
): { text: string; tone: (typeof tones)[Standing] | 'urgent' } {
	const late = at.late && (at.standing === 'with_officer' || at.standing === 'not_right');
	const until = at.dueAt === null ? '' : shortDay(language, at.dueAt);
	const key = late ? `${at.standing}_late` : at.standing;
	return {
		text: t(`staff-needs:standing.${key}`, { day: until }),
		tone: late ? 'urgent' : tones[at.standing]
	};
}
