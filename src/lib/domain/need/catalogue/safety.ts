import { people, source } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/**
 * Keeping safe: structured choices first, no box for what happened. Class C names the
 * supervisor too, because a dispute about safety is decided by someone else than the officer.
 */
export const safetyNeeds: readonly Need[] = [
	{
		id: 'SAF1',
		area: 'safety',
		answer: { kind: 'choice', options: ['yes', 'not_sure', 'no'], words: false },
		sensitivity: 'C',
		consumers: ['officer', 'supervisor'],
		roles: 'all',
		source: source.assessment
	},
	{
		id: 'SAF2',
		area: 'safety',
		answer: {
			kind: 'several',
			options: ['the_person', 'their_family', 'their_friends', 'someone_else', 'not_sure', 'no'],
			words: false,
			alone: ['not_sure', 'no']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'cps'],
		roles: 'all',
		source: source.enhanced
	},
	{
		id: 'SAF3',
		area: 'safety',
		answer: {
			kind: 'choice',
			options: ['no_change', 'safer', 'less_safe', 'not_sure'],
			words: true
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor'],
		roles: people,
		source: source.assessment
	},
	{
		id: 'SAF4',
		area: 'safety',
		answer: {
			kind: 'several',
			options: ['home', 'near_home', 'children', 'work', 'school', 'worship', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor'],
		roles: people,
		source: source.bail
	},
	{
		id: 'SAF5',
		area: 'safety',
		answer: {
			kind: 'several',
			options: ['phone', 'email', 'post', 'this_account', 'not_sure', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'portal'],
		roles: people,
		source: source.safeNotice
	},
	{
		// Kinds of place only: an officer takes the addresses in person.
		id: 'SAF6',
		area: 'safety',
		answer: {
			kind: 'several',
			options: ['home', 'work', 'school', 'family_home', 'worship', 'another_place', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'cps', 'probation'],
		roles: people,
		source: source.bail
	},
	{
		id: 'SAF7',
		area: 'safety',
		answer: {
			kind: 'several',
			options: ['no_contact', 'stay_away', 'no_social_media', 'no_messages_by_others', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor'],
		roles: people,
		source: source.bail
	}
];
