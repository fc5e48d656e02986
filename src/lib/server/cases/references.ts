import { randomInt } from 'node:crypto';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const clashes = new Set(['crime_case_reference_unique', 'participation_reference_unique']);
const tries = 12;

/** Gives a random reference for a case, such as `CK-48213`. */
export function caseReference(): string {
	return `C${letters[randomInt(letters.length)] ?? 'A'}-${digits()}`;
}

/** Gives a random reference for a person in a case, such as `VR-50077`. */
export function personReference(): string {
	return `VR-${digits()}`;
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

function digits(): string {
	return String(randomInt(10_000, 100_000));
}
