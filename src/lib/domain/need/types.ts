/** How sensitive an answer is: A ordinary, B special category, C safety-critical. */
export type Sensitivity = 'A' | 'B' | 'C';

/** The areas of needs, in the order in which a victim meets them. */
export const areaIds = [
	'safety',
	'contact',
	'understood',
	'health',
	'people',
	'identity',
	'practical',
	'repeat',
	'court',
	'statement',
	'support',
	'justice'
] as const;
export type AreaId = (typeof areaIds)[number];

/**
 * Every need of the catalogue. CUL5, equality monitoring, is left out on purpose: it serves
 * figures only and is collected apart from anything an officer reads.
 */
export const needIds = [
	...(['SAF1', 'SAF2', 'SAF3', 'SAF4', 'SAF5', 'SAF6', 'SAF7'] as const),
	...(['CON1', 'CON2', 'CON3', 'CON4', 'CON5', 'CON6', 'CON7', 'CON8'] as const),
	...(['COM1', 'COM2', 'COM3', 'COM4', 'COM5'] as const),
	...(['HEA1', 'HEA2', 'HEA3', 'HEA4', 'HEA5'] as const),
	...(['FAM1', 'FAM2', 'FAM3'] as const),
	...(['CUL1', 'CUL2', 'CUL3', 'CUL4'] as const),
	...(['PRA1', 'PRA2', 'PRA3', 'PRA4', 'PRA5', 'PRA6'] as const),
	...(['REP1', 'REP2'] as const),
	...(['CRT1', 'CRT2', 'CRT3', 'CRT4', 'CRT5', 'CRT6', 'CRT7'] as const),
	...(['VPS1', 'SUP1', 'SUP2', 'SUP3', 'JUS1', 'JUS2', 'JUS3'] as const)
] as const;
export type NeedId = (typeof needIds)[number];

/** Needs of the question bank that no person is asked here, with the reason. */
export const needsLeftOut: Readonly<Record<string, string>> = {
	CUL5: 'equality monitoring: separate, optional, figures only'
};

/**
 * What a page can ask for. `alone` names options that stand by themselves (such as `none`).
 * `words` allows a short free text under the options; `later` is not yet asked on a page.
 */
export type AnswerType =
	| { kind: 'choice'; options: readonly string[]; words: boolean }
	| {
			kind: 'several';
			options: readonly string[];
			words: boolean;
			alone?: readonly string[];
	  }
	| { kind: 'text'; limit: number }
	| { kind: 'later'; shape: 'ranked' | 'schedule' | 'dates' | 'person' | 'list' }
	| { kind: 'info' };

/** Who reads an answer. `portal` is Waymark itself (what it may send, and where). */
export const consumers = [
	'officer',
	'supervisor',
	'witness_care',
	'cps',
	'court',
	'probation',
	'support_service',
	'portal'
] as const;
export type Consumer = (typeof consumers)[number];

/** The parts a person can have in a case. */
export const participationRoles = [
	'self',
	'parent_guardian',
	'family_spokesperson',
	'bereaved_relative',
	'business_contact',
	'supporter_readonly'
] as const;
export type ParticipationRole = (typeof participationRoles)[number];

export type Need = {
	id: NeedId;
	area: AreaId;
	answer: AnswerType;
	sensitivity: Sensitivity;
	consumers: readonly Consumer[];
	/** Who is asked; `all` is everyone who may speak, never a supporter who only reads. */
	roles: readonly ParticipationRole[] | 'all';
	/** Options that one role is not shown, because they do not fit that person. */
	notFor?: Partial<Record<ParticipationRole, readonly string[]>>;
	source: string;
};
