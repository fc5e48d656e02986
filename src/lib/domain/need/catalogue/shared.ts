import type { Consumer, ParticipationRole } from '#lib/domain/need/types.ts';

/** Everyone who acts for a living or a dead person; a business is not a person. */
export const people = [
	'self',
	'parent_guardian',
	'family_spokesperson',
	'bereaved_relative'
] as const satisfies readonly ParticipationRole[];

/** Those whose own evidence, or whose child's evidence, a court may hear. */
export const witnesses = [
	'self',
	'parent_guardian',
	'family_spokesperson'
] as const satisfies readonly ParticipationRole[];

/** Whoever may have to reach the person, and so must know how to do it safely. */
export const everyone = [
	'officer',
	'supervisor',
	'witness_care',
	'cps',
	'court',
	'probation',
	'support_service',
	'portal'
] as const satisfies readonly Consumer[];

/** Where the needs come from. The bank itself is Waymark's own synthesis of these. */
export const source = {
	understood: 'Victims’ Code 2021, right 1: understand and be understood; free interpreter',
	interview: 'Victims’ Code 2021, right 2: interview, choice of interviewer, companion',
	safeNotice: 'Victims’ Code 2021, right 3: what is sent must be given in a safe way',
	assessment: 'Victims’ Code 2021, right 4: needs assessment, and again when needs change',
	referral: 'Victims’ Code 2021, right 4: referral to support services',
	compensation: 'Victims’ Code 2021, right 5: compensation',
	updates: 'Victims’ Code 2021, right 6: how often and how to be updated',
	statement: 'Victims’ Code 2021, right 7: victim personal statement',
	court: 'Victims’ Code 2021, right 8: court, special measures, help as a witness',
	property: 'Victims’ Code 2021, right 10: expenses and property',
	contactScheme: 'Victims’ Code 2021, right 11: Victim Contact Scheme',
	enhanced: 'Victims’ Code 2021, enhanced rights: who qualifies',
	bail: 'PACE 1984 as amended by PCSC Act 2022 Sch. 4: views sought before pre-charge bail',
	measures: 'Youth Justice and Criminal Evidence Act 1999, ss. 16 to 30',
	restorative: 'Victims’ Code 2021, right 3: restorative justice',
	therapy: 'CPS guidance on pre-trial therapy: help is not to wait for the case'
} as const;
