import { randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

/** A victim's unwrapped data key: lives for one service call and is never stored. */
export type DataKey = { readonly bytes: Uint8Array };

const text = { in: new TextEncoder(), out: new TextDecoder() };

/** Makes a new data key and its form wrapped by the ring's current key (a compact JWE). */
export async function newDataKey(ring: KeyRing): Promise<{ key: DataKey; wrapped: string }> {
	const bytes = new Uint8Array(randomBytes(32));
	return {
		key: { bytes },
		wrapped: await encrypt(bytes, ringKey(ring, ring.current), ring.current)
	};
}

/** Takes a wrapped data key; gives the key. Throws when the ring no longer holds its wrapping key. */
export async function unwrapDataKey(ring: KeyRing, wrapped: string): Promise<DataKey> {
	const { plaintext } = await compactDecrypt(wrapped, (header) => ringKey(ring, header.kid ?? ''));
	return { bytes: plaintext };
}

/** Seals any JSON value under a data key; gives a compact JWE. */
export async function seal(key: DataKey, value: unknown): Promise<string> {
	return encrypt(text.in.encode(JSON.stringify(value)), key.bytes);
}

/** Opens what `seal` made. Throws when it was sealed under another key or was changed. */
export async function open<T>(key: DataKey, sealed: string): Promise<T> {
	const { plaintext } = await compactDecrypt(sealed, key.bytes);
	return JSON.parse(text.out.decode(plaintext)) as T;
}

/** Seals a value that belongs to no victim (a colleague's address) under the ring's current key. */
export async function sealForForce(ring: KeyRing, value: unknown): Promise<string> {
	const bytes = text.in.encode(JSON.stringify(value));
	return encrypt(bytes, ringKey(ring, ring.current), ring.current);
}

/** Opens what `sealForForce` made. */
export async function openForForce<T>(ring: KeyRing, sealed: string): Promise<T> {
	const { plaintext } = await compactDecrypt(sealed, (header) => ringKey(ring, header.kid ?? ''));
	return JSON.parse(text.out.decode(plaintext)) as T;
}

function encrypt(bytes: Uint8Array, key: Uint8Array, kid?: string): Promise<string> {
	return new CompactEncrypt(bytes)
		.setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...(kid === undefined ? {} : { kid }) })
		.encrypt(key);
}

function ringKey(ring: KeyRing, id: string): Uint8Array {
	const key = ring.keys.get(id);
	if (!key) throw new Error('the key ring does not hold the key this was sealed with');
	return key;
}
