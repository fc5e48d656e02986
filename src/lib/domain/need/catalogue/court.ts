import { people, source, witnesses } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/**
 * Going to court. A bereaved relative is asked how it feels to be there and what would help,
 * not about giving evidence; if they are a witness too, witness care asks them.
 */
export const courtNeeds: readonly Need[] = [
	{
		id: 'CRT1',
		area: 'court',
		answer: {
			kind: 'choice',
			options: ['ready', 'a_bit_worried', 'very_worried', 'know_more'],
			words: false
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care', 'cps'],
		roles: people,
		source: source.court
	},
	{
		id: 'CRT2',
		area: 'court',
		answer: {
			kind: 'several',
			options: [
				...['screen', 'live_link', 'in_private', 'no_wigs', 'video_account'],
				...['recorded_questions', 'intermediary', 'aids', 'explain']
			],
			words: false
		},
		sensitivity: 'B',
		consumers: ['officer', 'cps'],
		roles: witnesses,
		source: source.measures
	},
	{
		id: 'CRT3',
		area: 'court',
		answer: {
			kind: 'several',
			options: ['seeing_them', 'their_family', 'public', 'questions', 'press', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'cps', 'court'],
		roles: people,
		notFor: { bereaved_relative: ['questions'] },
		source: source.measures
	},
	{
		id: 'CRT4',
		area: 'court',
		answer: {
			kind: 'several',
			options: ['entrance', 'waiting_room', 'arrival_time', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'witness_care', 'court'],
		roles: people,
		source: source.court
	},
	{
		id: 'CRT5',
		area: 'court',
		answer: { kind: 'later', shape: 'person' },
		sensitivity: 'A',
		consumers: ['officer', 'cps', 'court'],
		roles: people,
		source: source.court
	},
	{
		id: 'CRT6',
		area: 'court',
		answer: {
			kind: 'several',
			options: ['visit', 'remote_site', 'meet_prosecutor', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'A',
		consumers: ['officer', 'witness_care', 'cps'],
		roles: people,
		notFor: { bereaved_relative: ['remote_site'] },
		source: source.court
	},
	{
		// Three signs that a communication specialist may help; each is one option.
		id: 'CRT7',
		area: 'court',
		answer: {
			kind: 'several',
			options: ['understanding', 'explaining', 'concentrating', 'not_sure', 'none'],
			words: false,
			alone: ['not_sure', 'none']
		},
		sensitivity: 'B',
		consumers: ['officer'],
		roles: witnesses,
		source: source.measures
	}
];
