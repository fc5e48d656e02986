import { people, source } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/**
 * Saying how it affected me. Only the wish is taken: the statement itself is evidence, is shown
 * to the defence and is kept, so it is never written here.
 */
export const statementNeeds: readonly Need[] = [
	{
		id: 'VPS1',
		area: 'statement',
		answer: {
			kind: 'several',
			options: ['tell_me_more', 'make', 'update', 'read_aloud', 'someone_reads', 'no'],
			words: false,
			alone: ['no']
		},
		sensitivity: 'A',
		consumers: ['officer', 'cps'],
		roles: 'all',
		source: source.statement
	}
];

/** Support. What may be shared with a service is agreed one service at a time, elsewhere. */
export const supportNeeds: readonly Need[] = [
	{
		id: 'SUP1',
		area: 'support',
		answer: { kind: 'choice', options: ['yes', 'already_have', 'no'], words: false },
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: people,
		source: source.referral
	},
	{
		id: 'SUP2',
		area: 'support',
		answer: { kind: 'choice', options: ['tell_me_more', 'no'], words: false },
		sensitivity: 'A',
		consumers: ['officer', 'support_service'],
		roles: 'all',
		source: source.restorative
	},
	{
		id: 'SUP3',
		area: 'support',
		answer: { kind: 'info' },
		sensitivity: 'A',
		consumers: ['portal'],
		roles: people,
		source: source.therapy
	}
];

/** What I want from this. */
export const justiceNeeds: readonly Need[] = [
	{
		id: 'JUS1',
		area: 'justice',
		answer: {
			kind: 'several',
			options: ['court_order', 'cica', 'insurance', 'tell_me_more', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care'],
		roles: 'all',
		notFor: { business_contact: ['cica'] },
		source: source.compensation
	},
	{
		id: 'JUS2',
		area: 'justice',
		answer: {
			kind: 'choice',
			options: ['every_stage', 'main_news', 'no_contact', 'tell_me_more'],
			words: false
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care', 'probation'],
		roles: people,
		source: source.contactScheme
	},
	{
		id: 'JUS3',
		area: 'justice',
		answer: {
			kind: 'several',
			options: ['press', 'being_named', 'posts_online', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer'],
		roles: people,
		source: source.assessment
	}
];
