/** The version that a case event is stored with. */
export const milestonesVersion = 'milestones 2026-11';
export type MilestonesVersion = typeof milestonesVersion;

/** The six dots of the journey, in order. */
export const phases = ['told', 'looked_into', 'cps', 'court', 'result', 'after'] as const;
export type Phase = (typeof phases)[number];

export const agencies = [
	'police',
	'cps',
	'court',
	'witness_care',
	'probation',
	'prison',
	'parole_board',
	'support_service'
] as const;
export type Agency = (typeof agencies)[number];

export const milestoneIds = [
	...(['M01', 'M02', 'M03', 'M04', 'M05', 'M06', 'M07', 'M08', 'M09', 'M10', 'M11'] as const),
	...(['M12', 'M13', 'M14', 'M15', 'M16', 'M17', 'M18', 'M19', 'M20', 'M21', 'M22'] as const),
	...(['M23', 'M24', 'M25', 'M26', 'M27', 'M28', 'M29', 'M30', 'M31', 'M32', 'M33'] as const),
	...(['M34', 'M35', 'M36', 'M37', 'M38', 'M39', 'M40', 'M41', 'M42', 'M43', 'M44'] as const)
] as const;
export type MilestoneId = (typeof milestoneIds)[number];

export type Milestone = {
	id: MilestoneId;
	phase: Phase;
	/** Whose step it is. */
	agency: Agency;
	/** Who may say that it happened; the agency itself always may. */
	saidBy: readonly Agency[];
	/** Told by a person before a screen shows it. */
	humanFirst: boolean;
	/** Whether the person who did it may be nearer from now on, so that safe contact is asked again. */
	asksPlan: boolean;
	/** Whether a case can end here: `may_be` where it depends on what was decided. */
	terminal: 'yes' | 'may_be' | 'no';
	source: string;
};

type Marks = { humanFirst?: true; asksPlan?: true; terminal?: 'yes' | 'may_be' };

const journey = 'Track a case (Ministry of Justice): the path of a case';
const right4 = 'Victims’ Code 2021, right 4';
const right6 = 'Victims’ Code 2021, right 6';
const right8 = 'Victims’ Code 2021, right 8';
const right9 = 'Victims’ Code 2021, right 9';
const right11 = 'Victims’ Code 2021, right 11';
const bail = 'Pre-charge bail statutory guidance and factsheet (PCSC Act 2022)';

const first: Marks = { humanFirst: true };
const free: Marks = { humanFirst: true, asksPlan: true };
const end: Marks = { terminal: 'yes' };
const mayEnd: Marks = { terminal: 'may_be' };

/**
 * Hard news waits for a person: no charge, a verdict, a sentence, a release (bail, tag, licence,
 * a parole or tribunal decision), a recall, and protective bail rules that change or end.
 * After bail, a release and the end of either, safe contact is asked again (domain 6).
 * A decision before trial keeps the phase it was taken in, so that no dot is drawn for a court
 * or a prosecutor who never had the case.
 */
const milestones: readonly Milestone[] = [
	row('M01', 'told', ['police'], journey),
	row('M02', 'told', ['police'], 'Victims’ Code 2021, right 3'),
	row('M03', 'told', ['police', 'witness_care', 'support_service'], right4),
	row('M04', 'told', ['police', 'support_service'], right4),
	row('M05', 'looked_into', ['police'], right6, end),
	row('M06', 'looked_into', ['police'], right6),
	row('M07', 'looked_into', ['police'], 'Victims’ Code 2021, right 2'),
	row('M08', 'looked_into', ['police'], 'Victims’ Code 2021, right 7'),
	row('M09', 'told', ['police', 'support_service'], journey),
	row('M10', 'looked_into', ['police'], right6),
	row('M11', 'looked_into', ['police'], right6),
	row('M12', 'looked_into', ['police'], bail, free),
	row('M13', 'looked_into', ['police'], right6, free),
	row('M14', 'looked_into', ['police'], bail, free),
	row('M15', 'looked_into', ['police'], 'Victim information requests code, 12 January 2026'),
	row('M16', 'cps', ['police', 'cps'], 'The Code for Crown Prosecutors: two tests'),
	row('M17', 'looked_into', ['police', 'cps'], right6, end),
	row('M18', 'looked_into', ['police', 'cps'], right6, { ...free, ...end }),
	row('M19', 'court', ['police', 'cps', 'witness_care'], journey),
	row('M20', 'court', ['court', 'witness_care', 'police'], right8),
	row('M21', 'court', ['court', 'witness_care'], right8, first),
	row('M22', 'court', ['court', 'witness_care', 'cps'], journey),
	row('M23', 'court', ['court', 'witness_care', 'cps'], right9),
	row('M24', 'court', ['court', 'witness_care', 'cps'], right8),
	row('M25', 'court', ['witness_care', 'cps', 'court'], right8),
	row('M26', 'court', ['cps', 'witness_care'], right6, { ...first, ...mayEnd }),
	row('M27', 'court', ['court', 'witness_care'], right8),
	row('M28', 'court', ['cps', 'court', 'witness_care'], right9, first),
	row('M29', 'result', ['court', 'witness_care', 'cps'], right9, { ...free, ...end }),
	row('M30', 'result', ['court', 'witness_care', 'cps'], right9, first),
	row('M31', 'result', ['court', 'witness_care', 'cps'], right9, first),
	row('M32', 'result', ['court', 'witness_care'], 'Victims’ Code 2021, right 5'),
	row('M33', 'result', ['court', 'witness_care', 'police', 'cps'], right9),
	row('M34', 'after', ['police', 'cps', 'witness_care'], 'Victims’ Code 2021, right 10'),
	row('M35', 'after', ['court', 'cps', 'witness_care'], right9),
	row('M36', 'after', ['probation', 'witness_care'], right11),
	row('M37', 'after', ['prison', 'probation'], right11, free),
	row('M38', 'after', ['parole_board', 'probation'], right11, first),
	row('M39', 'after', ['probation', 'prison'], right11, free),
	row('M40', 'after', ['probation', 'prison'], right11, first),
	row('M41', 'after', ['prison', 'probation', 'police'], 'Unwanted Prisoner Contact (HMPPS)'),
	row('M42', 'after', ['probation', 'court'], 'Victims and Prisoners Act 2024, s. 21', first),
	row('M43', 'after', ['probation'], journey, { asksPlan: true, ...mayEnd }),
	row('M44', 'looked_into', ['police'], journey, mayEnd)
];

/** Every milestone of the catalogue, in order. */
export function allMilestones(): readonly Milestone[] {
	return milestones;
}

/** The milestone with this id, or null for a word that is none. */
export function milestoneById(id: string): Milestone | null {
	return milestones.find((milestone) => milestone.id === id) ?? null;
}

/** Whether this agency may say that the milestone happened. */
export function maySay(agency: Agency, milestone: Milestone): boolean {
	return milestone.saidBy.includes(agency);
}

/**
 * How far along the journey a case is, from the milestones that have happened; null before any.
 * A later event of an earlier phase (property, a reopened case) never moves a case back.
 */
export function furthestPhase(happened: readonly MilestoneId[]): Phase | null {
	const reached = new Set(happened.map((id) => milestoneById(id)?.phase));
	return phases.findLast((phase) => reached.has(phase)) ?? null;
}

/** The first of `who` is the agency whose step it is. */
function row(
	id: MilestoneId,
	phase: Phase,
	who: readonly [Agency, ...Agency[]],
	source: string,
	marks: Marks = {}
): Milestone {
	return {
		id,
		phase,
		agency: who[0],
		saidBy: who,
		humanFirst: marks.humanFirst ?? false,
		asksPlan: marks.asksPlan ?? false,
		terminal: marks.terminal ?? 'no',
		source
	};
}
