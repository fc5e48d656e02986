import { randomInt } from 'node:crypto';
import type { Draw } from '#lib/server/context.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const clashes = new Set(['crime_case_reference_unique', 'participation_reference_unique']);
const tries = 12;

/** Gives a random reference for a case, such as `CK-48213`. */
export function caseReference(draw: Draw = randomInt): string {
	return `C${letters[draw(0, letters.length)] ?? 'A'}-${digits(draw)}`;
}

/** Gives a random reference for a person in a case, such as `VR-50077`. */
export function personReference(draw: Draw = randomInt): string {
	return `VR-${digits(draw)}`;
}

/**
 * Runs `attempt`, which draws new references, again while one it drew is taken: which are taken
 * nobody can ask, because most of them belong to cases one may not see.
 */
export async function withNewReferences<T>(attempt: () => Promise<T>): Promise<T> {
	for (let left = tries; ; left -= 1) {
		try {
			return await attempt();
		} catch (error) {
			if (left <= 1 || !clashes.has(brokenConstraint(error) ?? '')) throw error;
		}
	}
}

/** Gives the name of the constraint that PostgreSQL says was broken, if that is what went wrong. */
export function brokenConstraint(error: unknown): string | null {
	if (typeof error !== 'object' || error === null || !('constraint' in error)) return null;
	return typeof error.constraint === 'string' ? error.constraint : null;
}

function digits(draw: Draw): string {
	return String(draw(10_000, 100_000));
}
