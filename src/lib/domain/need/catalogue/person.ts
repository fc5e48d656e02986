import { everyone, people, source } from '#lib/domain/need/catalogue/shared.ts';
import type { Need } from '#lib/domain/need/types.ts';

/** Being understood: languages as spoken in the West Midlands, formats, interpreters. */
export const understoodNeeds: readonly Need[] = [
	{
		id: 'COM1',
		area: 'understood',
		answer: {
			kind: 'several',
			options: [
				...['english', 'welsh', 'urdu', 'panjabi', 'mirpuri', 'bengali', 'sylheti', 'arabic'],
				...['polish', 'romanian', 'somali', 'pashto', 'gujarati', 'bsl', 'another']
			],
			words: true
		},
		sensitivity: 'B',
		consumers: everyone,
		roles: 'all',
		source: source.understood
	},
	{
		id: 'COM2',
		area: 'understood',
		answer: {
			kind: 'several',
			options: [
				...['english', 'my_language', 'cannot_read', 'audio', 'large_print', 'easy_read'],
				...['bsl_video', 'braille']
			],
			words: true
		},
		sensitivity: 'B',
		consumers: everyone,
		roles: 'all',
		source: source.understood
	},
	{
		id: 'COM3',
		area: 'understood',
		answer: {
			kind: 'several',
			options: ['needed', 'woman', 'man', 'not_local', 'not_someone', 'not_needed'],
			words: true,
			alone: ['not_needed']
		},
		sensitivity: 'C',
		consumers: ['officer', 'supervisor', 'court'],
		roles: people,
		source: source.understood
	},
	{
		id: 'COM4',
		area: 'understood',
		answer: {
			kind: 'several',
			options: [
				...['bsl_interpreter', 'lipspeaker', 'speech_to_text', 'relay_uk', 'text_only'],
				'none'
			],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: everyone,
		roles: 'all',
		source: source.understood
	},
	{
		id: 'COM5',
		area: 'understood',
		answer: {
			kind: 'several',
			options: ['reading', 'writing', 'online', 'none'],
			words: false,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: everyone,
		roles: people,
		source: source.understood
	}
];

/**
 * Health: what would help, never a diagnosis. Injuries are asked of the person and of a parent
 * only: a spokesperson may speak for a bereaved family, for whom the question would be cruel.
 */
export const healthNeeds: readonly Need[] = [
	{
		id: 'HEA1',
		area: 'health',
		answer: {
			kind: 'several',
			options: ['appointments', 'talking', 'travel', 'pain', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care'],
		roles: ['self', 'parent_guardian'],
		source: source.assessment
	},
	{
		id: 'HEA2',
		area: 'health',
		answer: {
			kind: 'several',
			options: [
				...['more_time', 'plain_words', 'written_down', 'quiet_place', 'breaks', 'step_free'],
				...['companion', 'communication_aid', 'none']
			],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care'],
		roles: people,
		source: source.assessment
	},
	{
		id: 'HEA3',
		area: 'health',
		answer: {
			kind: 'choice',
			options: ['managing', 'have_help', 'would_like_help', 'talk_now'],
			words: false
		},
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: people,
		source: source.referral
	},
	{
		id: 'HEA4',
		area: 'health',
		answer: {
			kind: 'several',
			options: ['pregnancy', 'medicine', 'moving_around', 'breaks', 'tiredness', 'none'],
			words: true,
			alone: ['none']
		},
		sensitivity: 'B',
		consumers: ['officer', 'witness_care', 'court'],
		roles: people,
		source: source.court
	},
	{
		// Not asked of a parent about a child: the officer raises it with care if it matters.
		id: 'HEA5',
		area: 'health',
		answer: { kind: 'choice', options: ['yes', 'have_help', 'no'], words: false },
		sensitivity: 'B',
		consumers: ['officer', 'support_service'],
		roles: ['self', 'family_spokesperson', 'bereaved_relative'],
		source: source.referral
	}
];
