import { asking } from '#lib/server/demo/seed/stories/asking.ts';
import type { Story, StoryEvent, StoryPerson } from '#lib/server/demo/seed/story.ts';

/** How far a case has come, as days after the report. */
const journeys = {
	reported: ['M01+0', 'M02+1'],
	lookedInto: ['M01+0', 'M02+1', 'M06+2'],
	released: ['M01+0', 'M06+1', 'M10+6', 'M13+7'],
	stopped: ['M01+0', 'M06+1', 'M18+20'],
	notLookedInto: ['M01+0', 'M05+3'],
	outOfCourt: ['M01+0', 'M06+1', 'M17+25'],
	withCps: ['M01+0', 'M06+1', 'M10+5', 'M16+18'],
	charged: ['M01+0', 'M10+4', 'M16+15', 'M19+24', 'M20+30'],
	waiting: ['M01+0', 'M10+4', 'M19+24', 'M20+30', 'M24+50'],
	notGuilty: ['M01+0', 'M10+4', 'M19+24', 'M24+50', 'M27+120', 'M29+124'],
	sentenced: ['M01+0', 'M10+4', 'M19+24', 'M23+60', 'M31+90'],
	released2: ['M01+0', 'M19+24', 'M30+120', 'M31+150', 'M36+160', 'M39+400']
} as const;

type Row = readonly [
	name: string,
	category: string,
	days: number,
	officer: Story['officer'],
	journey: keyof typeof journeys,
	more?: Partial<StoryPerson>
];

const late: Partial<StoryPerson> = { said: [{ need: 'SAF1', choices: ['not_sure'], ago: 8 }] };
const thin: Partial<StoryPerson> = {
	entries: [
		{ need: 'COM3', choices: ['needed'], recorded: '', ago: 6 },
		{ need: 'CON1', choices: ['call'], recorded: '', ago: 6 }
	]
};
const done = (days: number): Partial<StoryPerson> => ({
	said: [
		{
			need: 'COM1',
			choices: ['english'],
			ago: days - 1,
			answer: ['agreed', 'Thank you. I have written this down.', days - 2]
		}
	],
	entries: [
		{
			need: 'COM1',
			choices: ['english'],
			recorded: '',
			ago: days - 2,
			none: 'No help with language needed.'
		}
	],
	confirmed: days - 2
});

const rows: readonly Row[] = [
	['Alan Frost', 'theft', 3, 'officer', 'reported'],
	['Bea Okoro', 'burglary', 6, 'officer', 'lookedInto', thin],
	['Callum Reid', 'violence', 12, 'officer', 'lookedInto', late],
	['Dilys Morgan', 'fraud', 40, 'officer', 'stopped', { ...done(40), language: 'cy' }],
	[
		'Ewa Lis',
		'hate_crime',
		18,
		'officer',
		'released',
		{ grounds: ['most_serious_crime'], ...late }
	],
	[
		'Farah Aziz',
		'domestic_abuse',
		26,
		'officer',
		'withCps',
		{ grounds: ['most_serious_crime'], language: 'ur', ...done(26) }
	],
	['George Hall', 'theft', 15, 'officer', 'notLookedInto', done(15)],
	['Hana Suleiman', 'violence', 70, 'officer', 'charged', done(70)],
	['Ifan Rees', 'criminal_damage', 45, 'officer', 'outOfCourt', { ...done(45), language: 'cy' }],
	[
		'Jade Burton',
		'sexual_offence',
		95,
		'officer2',
		'waiting',
		{ grounds: ['most_serious_crime', 'intimidated'], ...thin }
	],
	['Kiran Bains', 'robbery', 150, 'officer2', 'notGuilty', done(150)],
	['Lewis Grant', 'violence', 130, 'officer2', 'sentenced', done(130)],
	[
		'Maryam Khan',
		'stalking_harassment',
		21,
		'officer2',
		'lookedInto',
		{ grounds: ['persistently_targeted'], language: 'ur', ...late }
	],
	['Nia Parry', 'burglary', 33, 'officer2', 'stopped', done(33)],
	['Oskar Brand', 'theft', 5, 'officer2', 'reported'],
	['Priya Nair', 'fraud', 60, 'officer2', 'lookedInto', done(60)],
	['Quentin Ash', 'violence', 28, 'officer2', 'withCps', thin],
	[
		'Rosa Vidal',
		'domestic_abuse',
		14,
		'officer2',
		'released',
		{ grounds: ['most_serious_crime'], ...late }
	],
	['Sean Doyle', 'criminal_damage', 9, 'officer2', 'lookedInto'],
	[
		'Tess Marlow',
		'sexual_offence',
		420,
		'officer2',
		'released2',
		{ grounds: ['most_serious_crime'], ...done(420) }
	],
	[
		'Umar Sheikh',
		'hate_crime',
		50,
		'officer3',
		'charged',
		{ grounds: ['most_serious_crime'], ...done(50) }
	],
	['Vera Kowal', 'burglary', 7, 'officer3', 'lookedInto', thin],
	['Will Tanner', 'robbery', 100, 'officer3', 'waiting', done(100)],
	['Xenia Roth', 'violence', 36, 'officer3', 'withCps', done(36)],
	['Yusuf Idris', 'theft', 2, 'officer3', 'reported'],
	[
		'Zoe Pike',
		'stalking_harassment',
		16,
		'officer3',
		'released',
		{ grounds: ['intimidated'], ...late }
	],
	['Aled Price', 'fraud', 80, 'officer3', 'stopped', { ...done(80), language: 'cy' }],
	['Bilal Hussain', 'violence', 65, 'officer3', 'charged', { language: 'ur', ...done(65) }],
	['Cora Lind', 'criminal_damage', 11, 'officer3', 'notLookedInto', done(11)],
	['Dev Anand', 'burglary', 24, 'officer3', 'outOfCourt', done(24)],
	['Elin Howells', 'violence', 180, 'officer3', 'sentenced', { ...done(180), language: 'cy' }],
	['Finn Barlow', 'robbery', 140, 'officer3', 'notGuilty', done(140)]
];

/** The rest of the world: one person each, over every phase and outcome. */
export const others: readonly Story[] = rows.map(
	([name, category, days, officer, journey, more], at) => ({
		crime: `20/${String(200_100 + at * 37)}/26`,
		category,
		reported: [days, 9 + (at % 8)],
		officer,
		events: journeys[journey].map((step) => event(step, days)).filter((one) => one !== null),
		people: [personOf(name, more)]
	})
);

function personOf(name: string, more: Partial<StoryPerson> = {}): StoryPerson {
	const asked = asking[name];
	return { name, ...more, ...(asked ? { asked: [asked] } : {}) };
}

function event(step: string, days: number): StoryEvent | null {
	const [milestone = 'M01', after = '0'] = step.split('+') as [StoryEvent['milestone'], string];
	const ago = days - Number(after);
	return ago < 0 ? null : { milestone, ago: [ago, 12], told: true };
}
