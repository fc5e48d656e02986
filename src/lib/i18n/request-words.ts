import type { Clock } from '#lib/domain/support/queue.ts';
import type { ContactNow } from '#lib/domain/support/reach.ts';
import type { Urgency } from '#lib/domain/support/request.ts';
import type { Translate } from '#lib/i18n/create.ts';
import { day, dayAndTime, time } from '#lib/i18n/dates.ts';
import type { Language } from '#lib/i18n/languages.ts';

const minutesOfDay = 24 * 60;

/** Gives a request's clock as staff read it: "2 h left", "Late since 23 Nov, 17:00". */
export function clockText(t: Translate, language: Language, clock: Clock): string {
	if (clock.kind === 'late') {
		return t('staff-requests:clock.late', { when: dayAndTime(language, clock.since) });
	}
	if (clock.kind !== 'left') return t(`staff-requests:clock.${clock.kind}`);
	const { minutes } = clock;
	if (minutes < 60) return t('staff-requests:clock.minutes', { count: minutes });
	if (minutes < 2 * minutesOfDay) {
		return t('staff-requests:clock.hours', { count: Math.floor(minutes / 60) });
	}
	return t('staff-requests:clock.days', { count: Math.floor(minutes / minutesOfDay) });
}

/** Says whether to call now and until when; the day too where it is not today. */
export function contactText(
	t: Translate,
	language: Language,
	contact: ContactNow,
	today: Date
): string {
	if (contact.state === 'ask') return t('staff-requests:contact.ask');
	if (contact.until === null) return t(`staff-requests:contact.${contact.state}`);
	const sameDay = day(language, contact.until) === day(language, today);
	const until = sameDay ? time(language, contact.until) : dayAndTime(language, contact.until);
	return t(`staff-requests:contact.${contact.state}Until`, { until });
}

/** The tone of an urgency's tag; the word in it says the same. */
export const urgencyTone: Readonly<Record<Urgency, 'urgent' | 'attention' | 'open' | 'plain'>> = {
	today: 'urgent',
	one_day: 'attention',
	two_days: 'open',
	five_days: 'plain'
};
