import type { Story } from '#lib/server/demo/seed/story.ts';

/** Nadia: at high risk from her husband, who is charged; the hearing moved; she reads Urdu. */
export const nadia: Story = {
	crime: '20/108877/26',
	category: 'domestic_abuse',
	reported: [51, 22],
	officer: 'officer2',
	linked: [
		{ role: 'suspect', initial: 'T', surname: 'Rehman', number: '07700 900871' },
		{ role: 'associate', address: '41 Canal Row, MD3 7QT' }
	],
	events: [
		{ milestone: 'M01', ago: [51, 22] },
		{ milestone: 'M02', ago: [50, 9] },
		{ milestone: 'M10', ago: [49, 6] },
		{ milestone: 'M12', ago: [48, 17], told: true },
		{ milestone: 'M16', ago: [40, 12] },
		{ milestone: 'M19', ago: [30, 15] },
		{ milestone: 'M20', ago: [24, 12] },
		{ milestone: 'M22', ago: [24, 12], next: [4, 'day'] },
		{ milestone: 'M22', ago: [6, 14], next: [18, 'day'], moves: true },
		{ milestone: 'M14', ago: [1, 16] }
	],
	people: [
		{
			name: 'Nadia Rehman',
			account: 'nadia',
			shown: 'Victim: high risk, reads Urdu, hearing moved',
			grounds: ['most_serious_crime', 'intimidated'],
			language: 'ur',
			plan: {
				safe: ['portal', 'call'],
				unsafe: ['text', 'email', 'post'],
				hours: 'weekdays_day',
				phone: 'someone',
				word: 'marigold',
				note: 'صرف دن میں، جب بچے سکول میں ہوں۔'
			},
			wants: { channel: 'call', value: '07700 900517', ago: [0, 8] },
			said: [
				{
					need: 'SAF2',
					choices: ['the_person', 'their_family'],
					ago: [49, 12],
					answer: [
						'agreed',
						'ہم نے ضمانت کی شرطوں میں یہ شامل کروایا ہے کہ وہ آپ سے رابطہ نہ کرے۔',
						[48, 18]
					]
				},
				{
					need: 'COM1',
					choices: ['urdu', 'mirpuri'],
					ago: [49, 12],
					answer: ['agreed', 'اب سے ہر ملاقات میں مترجم ہوگا۔', [48, 18]]
				},
				{
					need: 'COM3',
					choices: ['needed', 'woman', 'not_local'],
					words: 'محلے کا کوئی نہ ہو۔',
					ago: [49, 12]
				},
				{ need: 'FAM1', choices: ['children'], ago: [2, 11] },
				{ need: 'CRT3', choices: ['seeing_them', 'their_family'], ago: [2, 11] }
			],
			entries: [
				{
					need: 'SAF2',
					choices: ['the_person', 'their_family'],
					recorded: '',
					source: 'pasted',
					ago: [48, 18],
					action: ['Bail rules: no contact', 'officer', -46]
				},
				{ need: 'COM1', choices: ['english'], recorded: '', source: 'pasted', ago: [50, 10] },
				{ need: 'CRT2', recorded: 'Special measures discussed.', ago: [28, 10] }
			],
			asked: [
				{
					kind: 'advocacy',
					urgency: 'today',
					desk: 'advocates',
					words: 'میں کسی ایسی خاتون سے بات کرنا چاہتی ہوں جو اردو بولتی ہو۔',
					ago: [1, 15]
				}
			]
		}
	]
};
