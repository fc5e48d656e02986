import { toInvite } from '#lib/server/demo/seed/invitation.ts';
import type { Story } from '#lib/server/demo/seed/story.ts';

/** Robbed; the person was convicted and has appealed. */
export const appeal: Story = {
	crime: '20/030415/26',
	category: 'robbery',
	reported: [300, 23],
	officer: 'officer3',
	events: [
		{ milestone: 'M01', ago: [300, 23] },
		{ milestone: 'M10', ago: [290, 7] },
		{ milestone: 'M19', ago: [280, 15] },
		{ milestone: 'M24', ago: [200, 12] },
		{ milestone: 'M30', ago: [80, 15], told: true },
		{ milestone: 'M31', ago: [52, 12], told: true },
		{ milestone: 'M35', ago: [14, 10], next: [90, 'day'] }
	],
	people: [
		{
			name: 'Tomasz Nowicki',
			account: 'tomasz',
			shown: 'Victim: conviction, now an appeal',
			said: [
				{
					need: 'JUS1',
					choices: ['court_order', 'tell_me_more'],
					ago: [60, 12],
					answer: [
						'agreed',
						'The court ordered compensation. I will tell you how it is paid.',
						[58, 10]
					]
				}
			],
			entries: [
				{
					need: 'JUS1',
					recorded: 'Losses and receipts passed to the CPS.',
					ago: [70, 9],
					action: ['Send receipts to the CPS', 'officer', -66]
				}
			],
			confirmed: [295, 12]
		}
	]
};

/** Years after the sentence: the Parole Board looks at the case. */
export const parole: Story = {
	crime: '20/009921/19',
	category: 'sexual_offence',
	reported: [2300, 12],
	officer: 'officer3',
	events: [
		{ milestone: 'M01', ago: [2300, 12] },
		{ milestone: 'M19', ago: [2180, 12] },
		{ milestone: 'M30', ago: [1990, 15], told: true },
		{ milestone: 'M31', ago: [1960, 12], told: true },
		{ milestone: 'M36', ago: [1945, 12] },
		{ milestone: 'M38', ago: [15, 10], next: [75, 'day'], told: true }
	],
	people: [
		{
			name: 'Grace Adeyemi',
			account: 'grace',
			shown: 'Victim: parole review years later',
			grounds: ['most_serious_crime', 'intimidated'],
			plan: {
				safe: ['portal', 'email'],
				unsafe: ['post'],
				hours: 'any',
				phone: 'nobody',
				note: ''
			},
			planAgain: [30, 10],
			mail: 'grace@example.com',
			said: [
				{
					need: 'JUS2',
					choices: ['every_stage'],
					ago: [1940, 12],
					answer: ['agreed', 'Your victim liaison officer will tell you at each stage.', [1938, 12]]
				}
			],
			entries: [
				{
					need: 'JUS2',
					choices: ['every_stage'],
					recorded: 'Opted in to the contact scheme.',
					ago: [1938, 12],
					none: 'Passed to probation.'
				}
			],
			confirmed: [2290, 12]
		}
	]
};

/** Burgled; Welsh is her language; the police have stopped looking into it and told her. */
export const carys: Story = {
	crime: '20/101010/26',
	category: 'burglary',
	reported: [60, 7],
	officer: 'officer',
	events: [
		{ milestone: 'M01', ago: [60, 7] },
		{ milestone: 'M02', ago: [60, 12] },
		{ milestone: 'M06', ago: [59, 9] },
		{ milestone: 'M18', ago: [10, 15], told: true }
	],
	people: [
		{
			name: 'Carys Pugh',
			account: 'carys',
			shown: 'Victim: burglary, no further action, reads Welsh',
			language: 'cy',
			said: [
				{
					need: 'PRA1',
					choices: ['locks'],
					ago: [58, 12],
					answer: ['agreed', 'Mae cydweithiwr wedi edrych ar eich cloeon.', [57, 12]]
				}
			],
			entries: [
				{
					need: 'PRA1',
					choices: ['locks'],
					recorded: '',
					ago: [57, 12],
					action: ['Visit by crime prevention', 'support_service', -50]
				}
			],
			confirmed: [58, 14]
		}
	]
};

/** Reported today: nothing has been asked or said yet. */
export const firstDay: Story = {
	crime: toInvite.crime,
	category: 'theft',
	reported: [0, 8],
	officer: 'officer',
	events: [{ milestone: 'M01', ago: [0, 8] }],
	people: [
		{ name: 'Joel Brandt', account: 'joel', shown: 'Victim: reported today, nothing said yet' },
		// Has no way in yet: the demo prints an invitation for her.
		{ name: toInvite.name }
	]
};
