import type { Planned } from '#lib/domain/case/story.ts';
import type { MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { Translate } from '#lib/i18n/create.ts';
import { day, daysBetween, fullDay, shortDay, time } from '#lib/i18n/dates.ts';
import type { Language } from '#lib/i18n/languages.ts';

/** The parts of what a milestone says to a victim. */
export type StepPart = 'title' | 'means' | 'next' | 'howLong' | 'canDo' | 'ask' | 'now';

/** Where the usual words do not fit a role, they have their own in `victim:role`. */
const ownWords: Readonly<Partial<Record<ParticipationRole, readonly MilestoneId[]>>> = {
	parent_guardian: ['M18', 'M29'],
	family_spokesperson: ['M18', 'M29'],
	bereaved_relative: ['M18', 'M29'],
	business_contact: ['M08', 'M18', 'M29']
};

/** Gives a part of what a milestone says, in words that fit the reader's role. */
export function stepText(
	t: Translate,
	role: ParticipationRole,
	milestone: MilestoneId,
	part: StepPart
): string {
	const fitted = ownWords[role]?.includes(milestone) && (part === 'means' || part === 'now');
	return t(fitted ? `victim:role.${role}.${milestone}.${part}` : `milestones:${milestone}.${part}`);
}

/** Gives a planned date as exactly as it is known: a day, a week, or a list to be called from. */
export function plannedText(t: Translate, language: Language, planned: Planned, now: Date): string {
	return t(`victim:date.${planned.precision}`, { day: day(language, planned.on, now) });
}

/** Gives when something was heard, such as "today 14:02" or "12 November 2026". */
export function heardText(t: Translate, language: Language, at: Date, now: Date): string {
	const days = daysBetween(at, now);
	if (days === 0) return t('victim:date.today', { time: time(language, at) });
	return fullDay(language, at);
}

/** Gives by when something is due, in the words of a list: late, today at, or a day. */
export function dueText(t: Translate, language: Language, dueAt: Date, now: Date): string {
	const days = daysBetween(now, dueAt);
	if (dueAt <= now)
		return days === 0 ? t('staff:due.lateToday') : t('staff:due.late', { count: -days });
	if (days === 0) return t('staff:due.today', { time: time(language, dueAt) });
	return t('staff:due.by', { day: shortDay(language, dueAt) });
}
