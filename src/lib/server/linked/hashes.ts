import type { Markers } from '#lib/domain/linked/markers.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** What of a person's may be compared with linked people, as keyed hashes. */
export type Hashes = {
	readonly addresses: readonly Buffer[];
	readonly numbers: readonly Buffer[];
	readonly names: readonly Buffer[];
};

/**
 * Gives the hashes of what is known of a person. They hold for one case alone: the same person in
 * another case has other hashes, so that nothing can be laid beside each other.
 */
export function hashesOf(keys: KeyRing, caseId: string, markers: Markers): Hashes {
	const of = (kind: keyof Markers): Buffer[] =>
		markers[kind].map((marker) => hashOf(keys, caseId, kind, marker));
	return { addresses: of('addresses'), numbers: of('numbers'), names: of('names') };
}

/** Gives the hash of one thing that is known of somebody in a case. */
export function hashOf(
	keys: KeyRing,
	caseId: string,
	kind: keyof Markers | 'surname',
	marker: string
): Buffer {
	return lookupHash(keys, `linked ${kind}`, `${caseId}\0${marker}`);
}

/** Gives the hash that names what was about to be written about whom. */
export function subjectHash(
	keys: KeyRing,
	caseId: string,
	about: { readonly participationId: string | null; readonly markers: Markers }
): Buffer {
	const { addresses, numbers, names } = about.markers;
	const written = JSON.stringify([about.participationId, addresses, numbers, names]);
	return lookupHash(keys, 'linked check', `${caseId}\0${written}`);
}
