import { everyone, people, source } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/** How to reach me: what is safe and what is not. Sending is refused on what CON2 names. */
export const contactNeeds: readonly Need[] = [
	{
		// A set of safe ways is true as it stands; their order is taken by the officer for now.
		id: 'CON1',
		area: 'contact',
		answer: {
			kind: 'several',
			options: ['portal', 'text', 'email', 'call', 'post', 'supporter'],
			words: true
		},
		sensitivity: 'C',
		consumers: everyone,
		roles: 'all',
		source: source.safeNotice
	},
	{
		id: 'CON2',
		area: 'contact',
		answer: {
			kind: 'several',
			options: ['portal', 'text', 'email', 'call', 'post', 'visit', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: everyone,
		roles: 'all',
		source: source.safeNotice
	},
	{
		id: 'CON3',
		area: 'contact',
		answer: { kind: 'later', shape: 'schedule' },
		sensitivity: 'C',
		consumers: everyone,
		roles: 'all',
		source: source.updates
	},
	{
		id: 'CON4',
		area: 'contact',
		answer: {
			kind: 'several',
			options: ['voicemail', 'say_police', 'show_number', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: everyone,
		roles: 'all',
		source: source.safeNotice
	},
	{
		// Only those who ring need the word; everyone else who knew it would weaken it.
		id: 'CON5',
		area: 'contact',
		answer: { kind: 'text', limit: 40 },
		sensitivity: 'C',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.safeNotice
	},
	{
		id: 'CON6',
		area: 'contact',
		answer: {
			kind: 'choice',
			options: ['key_events', 'two_weeks', 'monthly', 'only_when_asked'],
			words: false
		},
		sensitivity: 'A',
		consumers: ['officer'],
		roles: 'all',
		source: source.updates
	},
	{
		id: 'CON7',
		area: 'contact',
		answer: {
			kind: 'several',
			options: ['no_charge', 'verdict', 'sentence', 'release', 'tell_me_here'],
			words: false,
			alone: ['tell_me_here']
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care', 'probation'],
		roles: people,
		source: source.updates
	},
	{
		id: 'CON8',
		area: 'contact',
		answer: { kind: 'later', shape: 'person' },
		sensitivity: 'B',
		consumers: everyone,
		roles: people,
		source: source.updates
	}
];
