import type { StoryRequest } from '#lib/server/demo/seed/story.ts';

/** What some of the others have asked for, by name: waiting, under way, passed on, closed. */
export const asking: Readonly<Record<string, StoryRequest>> = {
	'Bea Okoro': {
		kind: 'practical',
		urgency: 'two_days',
		desk: 'victimCare',
		words: 'My back door does not lock any more. I need someone to look at it.',
		ago: [0, 9]
	},
	'Ewa Lis': {
		kind: 'interpreter',
		urgency: 'one_day',
		desk: 'victimCare',
		words: 'I would like a Polish interpreter the next time someone rings.',
		ago: [1, 17]
	},
	'Rosa Vidal': {
		kind: 'safety_at_home',
		urgency: 'today',
		desk: 'victimCare',
		words: 'He knows where I live. Can somebody check what can be done here?',
		ago: [0, 8]
	},
	'Quentin Ash': {
		kind: 'court',
		urgency: 'five_days',
		desk: 'victimCare',
		words: 'I have never been to a court. Can I see it first?',
		ago: [2, 12],
		by: 'caseworker2',
		then: [
			{ do: 'take', ago: [1, 9] },
			{
				do: 'ask_victim',
				ago: [1, 10],
				words: 'Yes, you can visit. Would a morning or an afternoon suit you?'
			}
		]
	},
	'Hana Suleiman': {
		kind: 'money',
		urgency: 'five_days',
		desk: 'victimCare',
		words: 'I lost two weeks of pay.',
		ago: [20, 12],
		by: 'caseworker2',
		then: [
			{ do: 'take', ago: [19, 9] },
			{
				do: 'reply',
				ago: [19, 10],
				words: 'I have sent you the form, and I can help you fill it in.'
			},
			{ do: 'close', ago: [12, 15], words: 'The form is in. They say that it takes some weeks.' }
		]
	},
	'Umar Sheikh': {
		kind: 'advocacy',
		urgency: 'two_days',
		desk: 'advocates',
		words: 'I want someone with me when I talk to them.',
		ago: [4, 12],
		by: 'advocate',
		then: [
			{ do: 'take', ago: [3, 10] },
			{ do: 'start', ago: [3, 11], words: 'I will come with you on Thursday.' }
		]
	},
	'Kiran Bains': {
		kind: 'emotional',
		urgency: 'five_days',
		desk: 'advocates',
		words: 'The verdict was hard. I would like to talk.',
		ago: [1, 11]
	}
};
