import type { ReviewReason } from '#lib/domain/acting/review.ts';
import type { Translate } from '#lib/i18n/create.ts';

/** Something that waits for the police, as a list shows it: no name, and nothing that was said. */
type Line = { readonly caseReference: string; readonly person: string | null } & (
	| {
			readonly kind: 'statement';
			readonly area: string;
			readonly count: number;
			readonly safety: boolean;
			readonly disputed: boolean;
			readonly someoneElse: boolean;
	  }
	| { readonly kind: 'assessment'; readonly begun: boolean }
	| { readonly kind: 'reach'; readonly limits: readonly Date[] }
	| { readonly kind: 'plan' }
	| { readonly kind: 'acting'; readonly reason: ReviewReason }
	| { readonly kind: 'untold'; readonly milestone: string }
	| { readonly kind: 'check' }
);

/** How much waits in a place. */
type Waiting = {
	readonly statements: number;
	readonly assessments: number;
	readonly untold: number;
	readonly changes: number;
	readonly acting: number;
	readonly overdue: number;
};

/** The tone of the tag that says when something is due. */
export const urgencyTones = {
	overdue: 'urgent',
	today: 'attention',
	week: 'waiting',
	later: 'plain'
} as const;

/** Gives what is to be done, for whom. */
export function workText(t: Translate, line: Line): string {
	const person = line.person ?? '';
	switch (line.kind) {
		case 'statement':
			return t('staff:work.statement', {
				person,
				area: t(`needs:area.${line.area}.title`),
				count: line.count
			});
		case 'assessment':
			return t(line.begun ? 'staff:work.assessmentOpen' : 'staff:work.assessmentNone', { person });
		case 'reach':
			return t('staff:work.reach', { person, count: line.limits.length });
		case 'plan':
			return t('staff:work.plan', { person });
		case 'acting':
			return t(`staff-acting:work.${line.reason}`, { person });
		case 'untold': {
			const milestone = t(`milestones:${line.milestone}.title`);
			return line.person === null
				? t('staff:work.untoldCase', { reference: line.caseReference, milestone })
				: t('staff:work.untold', { person, milestone });
		}
		case 'check':
			return line.person === null
				? t('staff-linked:work.case', { reference: line.caseReference })
				: t('staff-linked:work.person', { person });
	}
}

/** Gives the case, and what makes a statement different from others. */
export function workHint(t: Translate, line: Line): string {
	const parts = [t('staff:work.inCase', { reference: line.caseReference })];
	if (line.kind === 'statement') {
		if (line.safety) parts.push(t('staff:work.safety'));
		if (line.disputed) parts.push(t('staff:work.disputed'));
		if (line.someoneElse) parts.push(t('staff:work.someoneElse'));
	}
	if (
		line.kind === 'reach' ||
		line.kind === 'plan' ||
		(line.kind === 'acting' && line.reason === 'conflict')
	)
		parts.push(t('staff:work.safety'));
	return parts.join(' · ');
}

/** Gives what waits in a place, each kind with its number; nothing for what does not wait. */
export function waitingTexts(t: Translate, waiting: Waiting): string[] {
	return (['statements', 'assessments', 'changes', 'acting', 'untold'] as const)
		.filter((kind) => waiting[kind] > 0)
		.map((kind) => t(`staff:waiting.${kind}`, { count: waiting[kind] }));
}
