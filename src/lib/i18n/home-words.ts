import type { MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { stepText } from '#lib/i18n/case-words.ts';
import type { Translate } from '#lib/i18n/create.ts';

/** Something that waits for the victim, as home shows it; no area where it must not be named. */
type Waiting =
	| { readonly kind: 'plan' }
	| { readonly kind: 'answer'; readonly area: string | null; readonly count: number }
	| { readonly kind: 'messages'; readonly count: number }
	| { readonly kind: 'request'; readonly number: number; readonly support: string }
	| { readonly kind: 'differs'; readonly area: string };

type Latest =
	| { readonly kind: 'step'; readonly step: { readonly milestone: MilestoneId } }
	| { readonly kind: 'answer'; readonly by: string; readonly area: string | null };

/** Gives the line and the way to something that waits. */
export function waitingItem(t: Translate, line: Waiting): { href: string; text: string } {
	switch (line.kind) {
		case 'plan':
			return { href: '/me/safety', text: t('victim:home.plan') };
		case 'answer':
			return line.area === null
				? { href: '/needs', text: t('victim:home.answerClosed', { count: line.count }) }
				: {
						href: `/needs/${line.area}`,
						text: t('victim:home.answer', { count: line.count, area: areaName(t, line.area) })
					};
		case 'messages':
			return { href: '/messages', text: t('victim:home.messages', { count: line.count }) };
		case 'request':
			return {
				href: `/support/${String(line.number)}`,
				text: t('victim:home.request', { kind: t(`support-kinds:kind.${line.support}.title`) })
			};
		case 'differs':
			return {
				href: `/needs/${line.area}`,
				text: t('victim:home.differs', { area: areaName(t, line.area) })
			};
	}
}

/** Gives the line of something that happened lately. */
export function latestText(t: Translate, role: ParticipationRole, line: Latest): string {
	if (line.kind === 'step') return stepText(t, role, line.step.milestone, 'title');
	return line.area === null
		? t('victim:home.latestAnswerClosed', { by: line.by })
		: t('victim:home.latestAnswer', { by: line.by, area: areaName(t, line.area) });
}

function areaName(t: Translate, area: string): string {
	return t(`needs:area.${area}.title`);
}
