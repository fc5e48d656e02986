import { areaIds, type AreaId } from '#lib/domain/need/types.ts';

/**
 * What of a child's an officer can open to a parent: an area of needs, with what was recorded in it,
 * or what the child asked for and wrote. `contact` opens how the child is reached too.
 * Source: domain 1.2 (proposal): nothing of a child's own without an officer's recorded reason.
 */
export type OpenableArea = AreaId | 'conversations';
export const openableAreas: readonly OpenableArea[] = [...areaIds, 'conversations'];

/** Whether a word from outside names something that can be opened. */
export function isOpenable(id: string): id is OpenableArea {
	return openableAreas.some((area) => area === id);
}
