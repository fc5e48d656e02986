/** Answers to whether somebody works for the police, the courts or this service. */
export const insiderAnswers = ['yes', 'no', 'not_known'] as const;
export type InsiderAnswer = (typeof insiderAnswers)[number];

/**
 * Whether a case is kept to named people: when the victim, somebody close to them, or the person
 * who did it works where it could be read. Not knowing does not close a case; it can be closed at
 * any time.
 */
export function restricts(answers: {
	readonly close: InsiderAnswer;
	readonly didIt: InsiderAnswer;
}): boolean {
	return answers.close === 'yes' || answers.didIt === 'yes';
}

/** What can be done to the lists of who may see a case. */
export type ListAct = 'named' | 'unnamed' | 'barred' | 'unbarred';

/** Everything that is written down about who may see a case. */
export type AccessAct = ListAct | 'restricted' | 'lift_asked' | 'lift_refused' | 'lifted';

/** Why a list was not changed; PostgreSQL decides, so that two changes at once cannot disagree. */
export const listRefusals = [
	'unknown',
	'several',
	'same',
	'is_barred',
	'cannot_be_named',
	'not_restricted',
	'self',
	'last'
] as const;
export type ListRefusal = (typeof listRefusals)[number];

/** Takes labels as typed, one on a line; gives each once. A comma may stand in a label. */
export function labelsIn(typed: string): string[] {
	const labels = typed
		.split('\n')
		.map((label) => label.replaceAll(/\s+/g, ' ').trim())
		.filter((label) => label !== '');
	return [...new Map(labels.map((label) => [label.toLowerCase(), label])).values()];
}
