import { needsFor } from '#lib/domain/need/catalogue.ts';
import { areaIds } from '#lib/domain/need/types.ts';
import type { AreaId, Need, ParticipationRole } from '#lib/domain/need/types.ts';

export { areaIds } from '#lib/domain/need/types.ts';
export type { AreaId } from '#lib/domain/need/types.ts';

/** Areas whose questions may be hard to read: their page says so first and offers to skip. */
export const hardAreas: readonly AreaId[] = [
	'safety',
	'health',
	'people',
	'identity',
	'repeat',
	'court',
	'statement'
];

/** Whether a word from outside names an area. */
export function isAreaId(id: string): id is AreaId {
	return areaIds.some((area) => area === id);
}

/** Whether the area opens with a content note (`area.<id>.note`). */
export function isHardArea(area: AreaId): boolean {
	return hardAreas.includes(area);
}

/** The areas in which this role is asked anything, in order. */
export function areasFor(role: ParticipationRole): readonly AreaId[] {
	const areas = new Set(needsFor(role).map((need) => need.area));
	return areaIds.filter((area) => areas.has(area));
}

/** The needs of one area that this role is asked, in order. */
export function needsInArea(area: AreaId, role: ParticipationRole): readonly Need[] {
	return needsFor(role).filter((need) => need.area === area);
}
