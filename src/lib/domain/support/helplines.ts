/** How sure a number is: seen in a source, seen in an old source, or from general knowledge. */
export type Confidence = 'V' | 'OLD' | 'U';

export const helplineIds = [
	...(['emergency', 'police', 'samaritans', 'victim_support', 'domestic_abuse'] as const),
	...(['mens_advice', 'galop', 'karma_nirvana', 'mankind', 'childline'] as const),
	...(['report_fraud', 'crimestoppers', 'prisoner_contact', 'low_sentence', 'ico'] as const),
	...(['respect', 'rape_support', 'stalking', 'modern_slavery', 'hourglass'] as const),
	...(['nspcc', 'napac', 'revenge_porn', 'forced_marriage_unit', 'shout', 'nhs_111'] as const),
	...(['cica', 'ombudsman', 'brake', 'victim_support_wm', 'forced_marriage_wm'] as const),
	...(['haven_wolverhampton', 'birmingham_solihull_wa'] as const)
] as const;
export type HelplineId = (typeof helplineIds)[number];

export type Helpline = {
	id: HelplineId;
	/** As it is shown; `dial` is what a link calls. */
	number: string;
	dial: string;
	/** Numbers with letters to send, not to call. */
	by: 'call' | 'text';
	allHours: boolean;
	flag: Confidence;
	source: string;
	/** The day the source was last read; numbers are to be read again every quarter. */
	checkedOn: string;
	/** Whether it may be shown to a victim at all; `confirmed` says whether it is sure enough. */
	forVictims: boolean;
	confirmed: boolean;
};

type Marks = { allHours?: true; by?: 'text'; notForVictims?: true };

const checkedOn = '2026-11-23';
const allHours: Marks = { allHours: true };
const journey = 'Track a case (Ministry of Justice), support pages';
const government = 'HM Government list of domestic abuse helplines, as republished locally';
const general = 'general knowledge, not seen in a source';

const helplines: readonly Helpline[] = [
	line('emergency', '999', 'V', 'West Yorkshire Police, emergency information', allHours),
	line('police', '101', 'V', 'West Yorkshire Police; Track a case'),
	line('samaritans', '116 123', 'V', journey, allHours),
	line('victim_support', '08 08 16 89 111', 'V', `victimsupport.org.uk; ${journey}`, allHours),
	line('domestic_abuse', '0808 2000 247', 'V', government, allHours),
	line('mens_advice', '0808 801 0327', 'V', government),
	line('galop', '0800 999 5428', 'V', government),
	line('karma_nirvana', '0800 5999 247', 'V', 'thegayuk.com, list of helplines (2020)'),
	line('mankind', '01823 334244', 'V', government),
	line('childline', '0800 1111', 'V', '247sexualabusesupport.org.uk, questions'),
	line('report_fraud', '0300 123 2040', 'V', 'City of London Police, December 2025'),
	line('crimestoppers', '0800 555 111', 'V', 'signal107.co.uk'),
	line('prisoner_contact', '0300 060 6699', 'V', 'derbyshirevictimservices.co.uk'),
	line('low_sentence', '020 7271 2492', 'V', 'restorejustice.uk; Attorney General’s Office'),
	line('ico', '0303 123 1113', 'V', journey),
	line('respect', '0808 802 4040', 'V', government, { notForVictims: true }),
	line(
		'rape_support',
		'0808 500 2222',
		'U',
		'247sexualabusesupport.org.uk names no number',
		allHours
	),
	line('stalking', '0808 802 0300', 'U', general),
	line('modern_slavery', '08000 121 700', 'U', general),
	line('hourglass', '0808 808 8141', 'U', general),
	line('nspcc', '0808 800 5000', 'U', general),
	line('napac', '0808 801 0331', 'U', general),
	line('revenge_porn', '0345 6000 459', 'U', general),
	line('forced_marriage_unit', '020 7008 0151', 'U', general),
	line('shout', '85258', 'U', general, { by: 'text' }),
	line('nhs_111', '111', 'U', general),
	line('cica', '0300 003 3601', 'U', general),
	line('ombudsman', '0345 015 4033', 'U', general),
	line('brake', '0808 8000 401', 'U', general),
	line('victim_support_wm', '0300 303 1977', 'OLD', 'birmingham.gov.uk (2020)'),
	line('forced_marriage_wm', '0800 953 9777', 'OLD', 'birmingham.gov.uk (2020)'),
	line('haven_wolverhampton', '08000 194 400', 'OLD', 'wolverhampton.gov.uk (2020)'),
	line('birmingham_solihull_wa', '0808 800 0028', 'OLD', 'birmingham.gov.uk (2020)')
];

/** Every number known, sure or not: for whoever checks them. */
export function allHelplines(): readonly Helpline[] {
	return helplines;
}

/** The numbers that a victim is shown: confirmed ones that are meant for victims, in order. */
export function shownHelplines(): readonly Helpline[] {
	return helplines.filter((each) => each.confirmed && each.forVictims);
}

function line(
	id: HelplineId,
	number: string,
	flag: Confidence,
	source: string,
	marks: Marks = {}
): Helpline {
	return {
		id,
		number,
		dial: number.replaceAll(' ', ''),
		by: marks.by ?? 'call',
		allHours: marks.allHours ?? false,
		flag,
		source,
		checkedOn,
		forVictims: !marks.notForVictims,
		confirmed: flag === 'V'
	};
}
