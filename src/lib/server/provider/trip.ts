import { createHash, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/db/schema.ts';
import type { Knots } from '#lib/server/provider/client.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';
import { openForForce, sealForForce } from '#lib/server/sealing/seal.ts';

/** One way to the provider and back. */
export type Trip = Knots & {
	/** The session that is to be confirmed (the hash of its token), and where to go on; or null. */
	readonly again: { readonly session: string; readonly to: string } | null;
};

/** How long somebody may take at the provider, in seconds. */
export const tripSeconds = 600;

type Sealed = Trip & { readonly use: 'trip'; readonly until: number };

/** Makes a new trip, and its form for the browser's cookie: sealed, so that only we can read it. */
export async function newTrip(
	keys: KeyRing,
	now: Date,
	again: Trip['again']
): Promise<{ trip: Trip; cookie: string }> {
	const word = () => randomBytes(32).toString('base64url');
	const trip: Trip = { state: word(), nonce: word(), verifier: word(), again };
	const until = now.getTime() + tripSeconds * 1000;
	const sealed: Sealed = { ...trip, use: 'trip', until };
	return { trip, cookie: await sealForForce(keys, sealed) };
}

/** Opens what a browser brought back; null when it is none of ours or too old. */
export async function openTrip(keys: KeyRing, now: Date, cookie: string): Promise<Trip | null> {
	try {
		const { use, until, ...trip } = await openForForce<Sealed>(keys, cookie);
		return use === 'trip' && until > now.getTime() ? trip : null;
	} catch {
		return null;
	}
}

/** Uses a trip up; true for the first, and false ever after. */
export async function spend(db: Kysely<Database>, forceId: string, trip: Trip): Promise<boolean> {
	const id = createHash('sha256').update(trip.state).digest('hex');
	const { rows } = await sql<{ first: boolean }>`
		select trip_spend(${forceId}, ${id}, ${tripSeconds}) as first`.execute(db);
	return rows[0]?.first ?? false;
}
