import type { ParticipationRole } from '#lib/domain/need/types.ts';
import type { Urgency } from '#lib/domain/support/request.ts';

/** The version of the list of what can be asked for. */
export const supportVersion = 'support 2026-11';

/** What a person can ask for, in the order of the page. */
export const supportKinds = [
	'emotional',
	'practical',
	'safety_at_home',
	'advocacy',
	'money',
	'court',
	'interpreter',
	'children',
	'restorative_justice',
	'something_else'
] as const;
export type SupportKind = (typeof supportKinds)[number];

/** How the answer may reach the person. Nothing is chosen beforehand. */
export const reachOptions = ['portal', 'text', 'call', 'email', 'post', 'supporter'] as const;
export type ReachOption = (typeof reachOptions)[number];

/** Working days within which each urgency is answered, where a force has set nothing else. */
export const standardUrgencyDays: Readonly<Record<Urgency, number>> = {
	today: 0,
	one_day: 1,
	two_days: 2,
	five_days: 5
};

const ofBusiness: readonly SupportKind[] = [
	'practical',
	'money',
	'court',
	'interpreter',
	'restorative_justice',
	'something_else'
];

/** The kinds that fit a role, in order; a read-only supporter asks for nothing. */
export function supportKindsFor(role: ParticipationRole): readonly SupportKind[] {
	if (role === 'supporter_readonly') return [];
	return role === 'business_contact' ? ofBusiness : supportKinds;
}

/** Whether a word from outside is a kind of support. */
export function isSupportKind(word: string): word is SupportKind {
	return supportKinds.some((kind) => kind === word);
}

/** Whether a word from outside is a way to be reached. */
export function isReachOption(word: string): word is ReachOption {
	return reachOptions.some((option) => option === word);
}
