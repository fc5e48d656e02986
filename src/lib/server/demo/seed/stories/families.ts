import type { Story } from '#lib/server/demo/seed/story.ts';

/** Margaret and Owen: their son was killed; the trial is listed for a week, not a day. */
export const bereaved: Story = {
	crime: '20/061302/26',
	category: 'death',
	reported: [210, 3],
	officer: 'officer',
	events: [
		{ milestone: 'M01', ago: [210, 3] },
		{ milestone: 'M06', ago: [209, 9] },
		{ milestone: 'M10', ago: [205, 7] },
		{ milestone: 'M19', ago: [190, 16] },
		{ milestone: 'M20', ago: [188, 12] },
		{ milestone: 'M22', ago: [160, 12] },
		{ milestone: 'M24', ago: [158, 12], next: [40, 'week_commencing'] }
	],
	people: [
		{
			name: 'Margaret Lowe',
			account: 'margaret',
			shown: 'Bereaved mother: trial in a named week',
			role: 'bereaved_relative',
			grounds: ['most_serious_crime'],
			said: [
				{
					need: 'CON6',
					choices: ['key_events'],
					ago: [200, 14],
					answer: [
						'agreed',
						'I will be in touch when something happens, and not otherwise.',
						[199, 9]
					]
				},
				{
					need: 'JUS3',
					choices: ['press'],
					words: 'Reporters have come to the door.',
					ago: [5, 10]
				}
			],
			entries: [
				{
					need: 'CON6',
					choices: ['key_events'],
					recorded: '',
					ago: [199, 9],
					none: 'Noted: no action but to keep to it.'
				}
			],
			confirmed: [199, 10]
		},
		{
			name: 'Owen Lowe',
			account: 'owen',
			role: 'bereaved_relative',
			grounds: ['most_serious_crime'],
			said: [{ need: 'HEA3', choices: ['would_like_help'], ago: [9, 22] }]
		}
	]
};

/** A child hurt by another; her mother acts for her, and she speaks for herself. */
export const child: Story = {
	crime: '20/117740/26',
	category: 'violence',
	reported: [9, 16],
	officer: 'officer2',
	events: [
		{ milestone: 'M01', ago: [9, 16] },
		{ milestone: 'M02', ago: [8, 9] },
		{ milestone: 'M06', ago: [7, 9] },
		{ milestone: 'M07', ago: [3, 11] }
	],
	people: [
		{
			name: 'Mia Carter',
			account: 'mia',
			shown: 'Child victim, 13',
			grounds: ['vulnerable'],
			parent: {
				...{ given: 'Lena', family: 'Carter', childIs: 13 },
				...{ account: 'lena', shown: 'Parent of that child' }
			},
			said: [
				{
					need: 'CUL1',
					choices: ['woman'],
					by: 'lena',
					ago: [8, 18],
					answer: ['agreed', 'A woman officer will do the interview.', [6, 9]]
				},
				{ need: 'FAM2', choices: ['childcare_interview'], by: 'lena', ago: [1, 19] },
				{
					need: 'HEA3',
					choices: ['would_like_help'],
					ago: [1, 21]
				}
			],
			entries: [
				{
					need: 'CUL1',
					choices: ['woman'],
					recorded: '',
					ago: [6, 9],
					action: ['Interview by a woman officer', 'officer', -3]
				}
			]
		}
	]
};
