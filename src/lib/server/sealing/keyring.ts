import { createHmac, hkdfSync } from 'node:crypto';

/** The force's keys: victims' data keys are wrapped by `current`; older ones still unwrap. */
export type KeyRing = {
	readonly current: string;
	readonly keys: ReadonlyMap<string, Uint8Array>;
	/** Keys the lookup hashes of sign-in names and linked people; made from the first key. */
	readonly lookupKey: Buffer;
	/** Keys the seals on form fields. */
	readonly formKey: Buffer;
};

/** Takes the ring as the settings hold it; gives the ring. Throws on a key that is not 32 bytes. */
export function keyRing(source: {
	current: string;
	keys: Readonly<Record<string, Uint8Array>>;
}): KeyRing {
	const keys = new Map(Object.entries(source.keys));
	for (const key of keys.values())
		if (key.length !== 32) throw new Error('a key is not 32 bytes long');
	if (!keys.has(source.current)) throw new Error('the current key is not on the ring');
	// Lookup hashes must outlive a rotation, so they hang on the ring's first key, which is kept.
	const first = keys.get([...keys.keys()].sort()[0] ?? '') ?? new Uint8Array();
	return {
		current: source.current,
		keys,
		lookupKey: derive(first, 'waymark lookup'),
		formKey: derive(first, 'waymark form')
	};
}

function derive(key: Uint8Array, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), purpose, 32));
}

/** Gives the keyed hash (32 bytes) under which a value may be looked up without being stored. */
export function lookupHash(ring: KeyRing, purpose: string, value: string): Buffer {
	return createHmac('sha256', ring.lookupKey).update(`${purpose}\0${value}`).digest();
}
