import { people, source, witnesses } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/** The people I look after. */
export const peopleNeeds: readonly Need[] = [
	{
		// Who is at home is true as it stands; ages are taken by the officer.
		id: 'FAM1',
		area: 'people',
		answer: {
			kind: 'several',
			options: ['children', 'adult_cared_for', 'someone_frightened', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'support_service'],
		roles: people,
		source: source.assessment
	},
	{
		id: 'FAM2',
		area: 'people',
		answer: {
			kind: 'several',
			options: ['childcare_interview', 'childcare_court', 'adult_care', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.court
	},
	{
		id: 'FAM3',
		area: 'people',
		answer: { kind: 'choice', options: ['yes', 'no'], words: false },
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: people,
		source: source.assessment
	}
];

/** Who I am. */
export const identityNeeds: readonly Need[] = [
	{
		id: 'CUL1',
		area: 'identity',
		answer: { kind: 'choice', options: ['woman', 'man', 'no_preference'], words: false },
		sensitivity: 'B',
		consumers: ['officer'],
		roles: people,
		source: source.interview
	},
	{
		id: 'CUL2',
		area: 'identity',
		answer: {
			kind: 'several',
			options: ['prayer', 'dress', 'oath', 'festivals', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.assessment
	},
	{
		// Never asked of somebody who acts for another: the family itself may be the danger,
		// and the question alone would tell them that it is being thought about.
		id: 'CUL3',
		area: 'identity',
		answer: { kind: 'choice', options: ['yes', 'not_sure', 'no'], words: false },
		sensitivity: 'C',
		consumers: ['officer', 'supervisor'],
		roles: ['self', 'bereaved_relative'],
		source: source.assessment
	},
	{
		// Information and a way to independent advice. Nothing is asked and nothing stored.
		id: 'CUL4',
		area: 'identity',
		answer: { kind: 'info' },
		sensitivity: 'C',
		consumers: ['portal'],
		roles: people,
		source: source.referral
	}
];

/**
 * If it has happened before. Not asked of a bereaved relative on a screen: a family liaison
 * officer does that in person, and close relatives have enhanced rights without it.
 */
export const repeatNeeds: readonly Need[] = [
	{
		id: 'REP1',
		area: 'repeat',
		answer: {
			kind: 'choice',
			options: ['no', 'once', 'several_times', 'still_happening', 'not_sure'],
			words: false
		},
		sensitivity: 'B',
		consumers: ['officer'],
		roles: [...witnesses, 'business_contact'],
		source: source.enhanced
	},
	{
		id: 'REP2',
		area: 'repeat',
		answer: {
			kind: 'several',
			options: [
				...['race', 'faith', 'disability', 'orientation', 'trans_identity', 'something_else'],
				...['not_sure', 'no']
			],
			words: true,
			alone: ['not_sure', 'no']
		},
		sensitivity: 'B',
		consumers: ['officer'],
		roles: witnesses,
		source: source.enhanced
	}
];
