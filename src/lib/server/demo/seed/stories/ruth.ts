import type { Story } from '#lib/server/demo/seed/story.ts';

/**
 * Ruth: her former partner works where her case could be read, so it is kept to named people. She
 * asked two desks; at one of them nobody is named yet.
 */
export const ruth: Story = {
	crime: '20/117402/26',
	category: 'stalking_harassment',
	reported: [16, 15],
	officer: 'officer2',
	restricted: { named: ['PC 3356', 'Amira, Victim care'], barred: ['Sgt 1108'] },
	events: [
		{ milestone: 'M01', ago: [16, 15] },
		{ milestone: 'M02', ago: [15, 9] },
		{ milestone: 'M06', ago: [14, 10] }
	],
	people: [
		{
			name: 'Ruth Aldous',
			account: 'ruth',
			shown: 'Victim: her case is kept to named people',
			grounds: ['persistently_targeted'],
			said: [{ need: 'CON1', choices: ['call'], ago: [9, 11] }],
			asked: [
				{
					kind: 'emotional',
					urgency: 'two_days',
					desk: 'victimCare',
					words: 'I would like to talk to somebody who does not know him.',
					ago: [1, 12],
					by: 'caseworker'
				},
				{
					kind: 'advocacy',
					urgency: 'five_days',
					desk: 'advocates',
					words: 'Could somebody go with me when I give my statement?',
					ago: [1, 12]
				}
			]
		}
	]
};
