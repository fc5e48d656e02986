import { people, source } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/** Everyday things. */
export const practicalNeeds: readonly Need[] = [
	{
		id: 'PRA1',
		area: 'practical',
		answer: {
			kind: 'several',
			options: ['locks', 'alarm', 'safety_check', 'moving_home', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: 'all',
		notFor: { business_contact: ['moving_home'] },
		source: source.assessment
	},
	{
		id: 'PRA2',
		area: 'practical',
		answer: {
			kind: 'several',
			options: [...['lost_income', 'money_taken', 'benefits', 'food', 'phone', 'funeral', 'none']],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: people,
		notFor: {
			self: ['funeral'],
			parent_guardian: ['funeral'],
			family_spokesperson: ['funeral']
		},
		source: source.compensation
	},
	{
		id: 'PRA3',
		area: 'practical',
		answer: {
			kind: 'several',
			options: ['letter_work', 'letter_school', 'time_off', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.court
	},
	{
		id: 'PRA4',
		area: 'practical',
		answer: {
			kind: 'several',
			options: ['phone', 'keys', 'mobility_aid', 'medicine', 'papers', 'something_else', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'A',
		consumers: ['officer'],
		roles: 'all',
		notFor: { business_contact: ['mobility_aid', 'medicine'] },
		source: source.property
	},
	{
		id: 'PRA5',
		area: 'practical',
		answer: {
			kind: 'several',
			options: ['travel', 'parking', 'overnight', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.property
	},
	{
		id: 'PRA6',
		area: 'practical',
		answer: { kind: 'later', shape: 'dates' },
		sensitivity: 'A',
		consumers: ['officer', 'witness_care', 'cps'],
		roles: 'all',
		source: source.court
	}
];
