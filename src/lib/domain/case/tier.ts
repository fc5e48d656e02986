import { dueAfter } from '#lib/domain/time/working-days.ts';

export const tiers = ['standard', 'enhanced'] as const;
export type Tier = (typeof tiers)[number];

/**
 * The groups who have enhanced rights (Victims' Code 2021), and the officer's own judgement: the
 * officer decides, naming at least one.
 */
export const grounds = [
	'vulnerable',
	'intimidated',
	'most_serious_crime',
	'persistently_targeted',
	'discretion'
] as const;
export type Ground = (typeof grounds)[number];

/** Whether a word from outside names a ground. */
export function isGround(word: string): word is Ground {
	return grounds.some((ground) => ground === word);
}

/** Whether tier and grounds go together: enhanced rights have a ground, standard rights none. */
export function tierFits(tier: Tier, named: readonly Ground[]): boolean {
	return (tier === 'enhanced') === named.length > 0;
}

/**
 * Gives the instant by which the victim is told of a decision (Victims' Code 2021, rights 6 and 8):
 * 5 working days after we heard of it, 1 with enhanced rights.
 */
export function tellBy(tier: Tier, heardAt: Date): Date {
	return dueAfter(heardAt, tier === 'enhanced' ? 1 : 5);
}
