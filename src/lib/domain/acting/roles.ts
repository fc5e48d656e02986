import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';

/** The version of the rules below: who may act for a victim, how, and for how long. */
export const actingVersion = 'acting 2026-11';

/** Parts in which somebody acts for a victim by approval, with an account of their own. */
export const actingRoles = [
	'parent_guardian',
	'family_spokesperson',
	'supporter_readonly'
] as const;
export type ActingRole = (typeof actingRoles)[number];

/** What somebody who acts for a victim may do. */
export const acts = ['read', 'say', 'ask', 'write', 'reach'] as const;
export type Act = (typeof acts)[number];

export type ActingRule = {
	readonly may: readonly Act[];
	/** Whether answers of the class that matters for safety are shown to them. */
	readonly readsClassC: boolean;
	/** When it ends: on the victim's 18th birthday, on a day that is named, or when it is ended. */
	readonly ends: 'at_18' | 'on_day' | 'when_ended';
	/** How long it can last at most before it is renewed, in days; null when nothing is set. */
	readonly longestDays: number | null;
	/** Whether only the victim's own dated consent makes it. */
	readonly needsConsent: boolean;
	/** How many of them a victim may have at once; null when there is no such rule. */
	readonly most: number | null;
	/** For whom: the parts in a case that somebody may act for. */
	readonly actsFor: readonly ParticipationRole[];
	readonly source: string;
};

/**
 * The rules by part. A bereaved relative is not here: each has a part in the case of their own
 * (domain file 1.2), with their own account, answers and wishes, and nobody's approval to keep.
 */
export const actingRules: Readonly<Record<ActingRole, ActingRule>> = {
	parent_guardian: {
		may: acts,
		readsClassC: true,
		ends: 'at_18',
		longestDays: null,
		needsConsent: false,
		most: null,
		actsFor: ['self'],
		source: "Victims' Code 2021, who is a victim (parent or guardian under 18); domain 1.2"
	},
	family_spokesperson: {
		may: acts,
		readsClassC: true,
		ends: 'when_ended',
		longestDays: null,
		needsConsent: false,
		most: 1,
		actsFor: ['self', 'bereaved_relative', 'family_spokesperson'],
		source: "Victims' Code 2021, who is a victim (nominated family spokesperson); domain 1.2"
	},
	supporter_readonly: {
		may: ['read'],
		readsClassC: false,
		ends: 'on_day',
		longestDays: 366,
		needsConsent: true,
		most: null,
		actsFor: ['self', 'bereaved_relative', 'family_spokesperson', 'parent_guardian'],
		source: 'domain 1.2 (proposal): explicit, revocable, dated consent'
	}
};

/** At what age the parent's part ends, and from what age a young person may have an account. */
export const ages = { adult: 18, ownAccount: 12 } as const;

/** Whether a part allows an act. */
export function mayAct(role: ActingRole, act: Act): boolean {
	return actingRules[role].may.includes(act);
}

/** The parts that somebody may be given who acts for a person in this role. */
export function actingRolesFor(role: ParticipationRole): readonly ActingRole[] {
	return actingRoles.filter((one) => actingRules[one].actsFor.includes(role));
}
