import { justiceNeeds, statementNeeds, supportNeeds } from '#lib/domain/need/catalogue/after.ts';
import { contactNeeds } from '#lib/domain/need/catalogue/contact.ts';
import { courtNeeds } from '#lib/domain/need/catalogue/court.ts';
import { identityNeeds, peopleNeeds, repeatNeeds } from '#lib/domain/need/catalogue/life.ts';
import { healthNeeds, understoodNeeds } from '#lib/domain/need/catalogue/person.ts';
import { practicalNeeds } from '#lib/domain/need/catalogue/practical.ts';
import { safetyNeeds } from '#lib/domain/need/catalogue/safety.ts';
import type { Need, NeedId, ParticipationRole } from '#lib/domain/need/types.ts';

export { consumers, needIds, needsLeftOut, participationRoles } from '#lib/domain/need/types.ts';
export type {
	AnswerType,
	AreaId,
	Consumer,
	Need,
	NeedId,
	ParticipationRole,
	Sensitivity
} from '#lib/domain/need/types.ts';

/** The version that a statement is stored with, so that old answers keep their question. */
export const NEEDS_VERSION = 'needs 2026-11';
export type NeedsVersion = typeof NEEDS_VERSION;

const catalogues: Readonly<Record<NeedsVersion, readonly Need[]>> = {
	[NEEDS_VERSION]: [
		...safetyNeeds,
		...contactNeeds,
		...understoodNeeds,
		...healthNeeds,
		...peopleNeeds,
		...identityNeeds,
		...practicalNeeds,
		...repeatNeeds,
		...courtNeeds,
		...statementNeeds,
		...supportNeeds,
		...justiceNeeds
	]
};

/** Every need of a version of the catalogue, in the order of the areas. */
export function allNeeds(version: NeedsVersion = NEEDS_VERSION): readonly Need[] {
	return catalogues[version];
}

/**
 * The needs that a person in this role is asked, in order. A read-only supporter is asked
 * nothing; what they may see are the needs of the person they support, as far as granted.
 */
export function needsFor(
	role: ParticipationRole,
	version: NeedsVersion = NEEDS_VERSION
): readonly Need[] {
	return allNeeds(version).filter((need) => isAskedOf(need, role));
}

/** Whether a person in this role is asked this need. */
export function isAskedOf(need: Need, role: ParticipationRole): boolean {
	if (need.roles === 'all') return role !== 'supporter_readonly';
	return need.roles.includes(role);
}

/** The need with this id, or null for a word that is no id of the catalogue. */
export function needById(id: string, version: NeedsVersion = NEEDS_VERSION): Need | null {
	return allNeeds(version).find((need) => need.id === id) ?? null;
}

/** Whether a word from outside is the id of a need. */
export function isNeedId(id: string): id is NeedId {
	return needById(id) !== null;
}

/** The options of a need that fit this role, in order; none for a need without options. */
export function optionsFor(need: Need, role: ParticipationRole): readonly string[] {
	if (need.answer.kind !== 'choice' && need.answer.kind !== 'several') return [];
	const hidden = need.notFor?.[role] ?? [];
	return need.answer.options.filter((option) => !hidden.includes(option));
}

/** Whether the need is answered on a page now, rather than told or taken by the officer. */
export function isAskedOnPage(need: Need): boolean {
	return need.answer.kind !== 'later' && need.answer.kind !== 'info';
}
