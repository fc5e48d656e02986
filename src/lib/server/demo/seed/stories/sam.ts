import type { Story } from '#lib/server/demo/seed/story.ts';

/** Sam: harassed by a former partner; the file has gone to the Crown Prosecution Service. */
export const sam: Story = {
	crime: '20/114021/26',
	category: 'stalking_harassment',
	reported: [34, 9],
	officer: 'officer',
	events: [
		{ milestone: 'M01', ago: [34, 9] },
		{ milestone: 'M02', ago: [34, 15] },
		{ milestone: 'M03', ago: [33, 11] },
		{ milestone: 'M06', ago: [32, 10] },
		{ milestone: 'M10', ago: [20, 8] },
		{ milestone: 'M12', ago: [20, 18], told: true },
		{ milestone: 'M16', ago: [11, 12] }
	],
	people: [
		{
			name: 'Sam Whitlock',
			account: 'sam',
			shown: 'Victim: harassment, with the CPS',
			grounds: ['intimidated'],
			plan: {
				safe: ['portal', 'text'],
				unsafe: ['call', 'post'],
				hours: 'weekdays_day',
				phone: 'nobody',
				note: 'Text first. Never ring the house.'
			},
			planAgain: [19, 10],
			mail: 'sam@example.com',
			said: [
				{
					need: 'SAF1',
					choices: ['not_sure'],
					ago: [33, 11],
					answer: [
						'agreed',
						'I have asked for a safety check at your home. It is booked.',
						[33, 15]
					]
				},
				{
					need: 'CON1',
					choices: ['text', 'portal'],
					words: 'Weekdays 9 to 5.',
					ago: [33, 11],
					answer: ['agreed', 'I have noted it. I will text before anything else.', [32, 9]]
				},
				{ need: 'CON2', choices: ['call', 'post'], ago: [4, 13] },
				{
					need: 'COM1',
					choices: ['english'],
					ago: [33, 11],
					answer: ['agreed', 'Thank you. I have written this down.', [32, 9]]
				},
				{
					need: 'PRA1',
					choices: ['locks', 'safety_check'],
					ago: [33, 12],
					answer: ['agreed', 'A colleague who checks locks will come on Friday.', [31, 10]]
				},
				{
					need: 'CRT2',
					choices: ['screen', 'live_link'],
					words: 'I do not want to see him.',
					ago: [10, 20],
					answer: [
						'agreed_in_part',
						'I have asked the CPS to ask the court for screens. A live link is not possible at every court; we will tell you when the court decides.',
						[8, 9]
					]
				},
				{ need: 'HEA2', choices: ['more_time', 'quiet_place'], ago: [3, 18] }
			],
			entries: [
				{
					need: 'SAF1',
					choices: ['not_sure'],
					recorded: '',
					ago: [33, 15],
					action: ['Safety check at home', 'officer', -28]
				},
				{
					need: 'CON1',
					choices: ['call', 'text'],
					recorded: 'Any time.',
					source: 'pasted',
					ago: [33, 10],
					none: 'No action needed: recorded in the file.'
				},
				{
					need: 'COM1',
					choices: ['english'],
					recorded: '',
					source: 'pasted',
					ago: [33, 10],
					none: 'No help with language needed.'
				},
				{
					need: 'PRA1',
					choices: ['locks', 'safety_check'],
					recorded: '',
					ago: [31, 10],
					action: ['Locks looked at by crime prevention', 'support_service', -24]
				},
				{
					need: 'CRT2',
					choices: ['screen'],
					recorded: 'Asked for on MG2.',
					ago: [8, 9],
					action: ['Ask the CPS to apply for screens', 'officer', 6]
				},
				{ need: 'SUP1', choices: ['yes'], recorded: '', ago: [33, 15] }
			],
			confirmed: [31, 11],
			asked: [
				{
					kind: 'emotional',
					urgency: 'two_days',
					desk: 'victimCare',
					words: 'I am not sleeping. I would like to talk to someone who is not in my family.',
					ago: [12, 21],
					by: 'caseworker',
					then: [
						{ do: 'take', ago: [11, 9] },
						{ do: 'note', ago: [11, 9], words: 'Text only. Rang nobody.' },
						{
							do: 'reply',
							ago: [11, 10],
							words:
								'Thank you for writing. I am Amira from Victim care. I can arrange six talks with a counsellor, by video or in person. Which would you like?'
						},
						{ do: 'answer', ago: [10, 19], words: 'In person please, in the daytime.' },
						{ do: 'start', ago: [9, 9], words: 'I am arranging your first talk.' }
					]
				}
			]
		}
	]
};
