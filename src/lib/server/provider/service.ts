import { sql, type Kysely } from 'kysely';
import { readClaims, type Claimed, type ClaimedRole } from '#lib/domain/access/claims.ts';
import { parseAddress } from '#lib/domain/notice/address.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { beginHalf } from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { log } from '#lib/server/log.ts';
import type { Claims, Provider, Trouble } from '#lib/server/provider/client.ts';
import { newTrip, openTrip, spend, type Trip } from '#lib/server/provider/trip.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';

/** What somebody acts with who is on the way to the force's sign-in service or back. */
export type Outside = {
	readonly db: Kysely<Database>;
	readonly forceId: string;
	readonly keys: KeyRing;
	readonly clock: () => Date;
	readonly requestId: string;
	readonly provider: Provider;
	/** Our one address for coming back, as the provider knows it. */
	readonly returnTo: string;
};

/** Somebody came back: with a new session or half of one, or with the one they had, confirmed. */
export type Arrived =
	| {
			readonly kind: 'signed_in';
			readonly token: string;
			readonly accountId: string;
			readonly role: ClaimedRole;
	  }
	/** The provider does not say that a second step was taken, so ours comes next. */
	| { readonly kind: 'half'; readonly token: string; readonly accountId: string }
	| { readonly kind: 'again'; readonly token: string; readonly to: string };

export type Back = {
	/** The query of the address they came back to, as it came. */
	readonly search: string;
	readonly cookie: string | undefined;
	/** The token of the session that the browser brought along, if any. */
	readonly token: string | undefined;
};

/**
 * Sends somebody to the force's sign-in service: gives its address and what the browser keeps until
 * it is back. With `again` they must show there once more who they are.
 */
export async function setOut(
	outside: Outside,
	again: Trip['again'] = null
): Promise<Result<{ address: URL; cookie: string }, Trouble>> {
	const { provider, keys, clock, returnTo } = outside;
	const { trip, cookie } = await newTrip(keys, clock(), again);
	const address = await provider.ask(returnTo, trip, again !== null);
	if (!address.ok) return refused(outside, address.error);
	return ok({ address: address.value, cookie });
}

/**
 * Takes somebody back. Whatever is wrong, with the way back, the token, its claims or the account,
 * is one refusal; only a provider that does not answer is told apart.
 */
export async function comeBack(outside: Outside, back: Back): Promise<Result<Arrived, Trouble>> {
	const { db, forceId, keys, clock, provider, returnTo } = outside;
	const trip = back.cookie ? await openTrip(keys, clock(), back.cookie) : null;
	if (!trip) return refused(outside, { kind: 'refused', why: 'no trip' });
	if (!(await spend(db, forceId, trip))) {
		return refused(outside, { kind: 'refused', why: 'trip spent' });
	}
	const address = new URL(returnTo);
	address.search = back.search;
	const claims = await provider.verify(address, trip, trip.again !== null);
	if (!claims.ok) return refused(outside, claims.error);
	const claimed = readClaims(claims.value, provider.settings);
	if (!claimed.ok) return refused(outside, { kind: 'refused', why: `claim ${claimed.error}` });
	return trip.again
		? confirm(outside, { claims: claims.value, claimed: claimed.value, again: trip.again, back })
		: signIn(outside, { claims: claims.value, claimed: claimed.value, token: back.token });
}

/** Who somebody is at an issuer, as the keyed hash that an account is found by. */
export function subjectHash(keys: KeyRing, issuer: string, subject: string): Buffer {
	return lookupHash(keys, 'provider', `${issuer}\0${subject}`);
}

async function signIn(
	outside: Outside,
	{ claims, claimed, token }: { claims: Claims; claimed: Claimed; token: string | undefined }
): Promise<Result<Arrived, Trouble>> {
	const { db, forceId, keys, requestId } = outside;
	const subject = subjectHash(keys, claims.iss, claims.sub);
	const contact = await contactOf(keys, claims);
	const { rows } = await sql<{ account_id: string; role: ClaimedRole }>`
		select account_id, role from provider_sign_in(${forceId}, ${subject}, ${claimed.role},
			${claimed.label}, ${contact}, ${requestId})`.execute(db);
	const [account] = rows;
	if (!account) return refused(outside, { kind: 'refused', why: 'account not active' });
	if (token !== undefined) await sessions.end(db, forceId, token);
	const { account_id: accountId, role } = account;
	if (!claimed.secondStep) {
		return ok({ kind: 'half', token: await beginHalf(db, forceId, accountId), accountId });
	}
	const issued = await sessions.issue({ db, forceId, accountId, view: 'full' });
	return ok({ kind: 'signed_in', token: issued.token, accountId, role });
}

/** Counts as a secret given again only for the person whose session it is, and for that session. */
async function confirm(
	outside: Outside,
	given: { claims: Claims; claimed: Claimed; again: NonNullable<Trip['again']>; back: Back }
): Promise<Result<Arrived, Trouble>> {
	const { db, forceId, keys } = outside;
	const { claims, claimed, again } = given;
	const { token } = given.back;
	// A password alone, however fresh, is not what was asked for.
	if (!claimed.secondStep) return refused(outside, { kind: 'refused', why: 'no second step' });
	const other = { kind: 'refused', why: 'another session' } as const;
	if (token === undefined || sessions.hashOf(token) !== again.session) {
		return refused(outside, other);
	}
	const subject = subjectHash(keys, claims.iss, claims.sub);
	const { rows } = await sql<{ same: boolean }>`
		select session_is_of_subject(${forceId}, ${again.session}, ${subject}) as same`.execute(db);
	if (!rows[0]?.same) return refused(outside, other);
	const raised = await sessions.stepUp(db, forceId, token);
	return raised
		? ok({ kind: 'again', token: raised.token, to: again.to })
		: refused(outside, other);
}

/** Whether this session came by the force's sign-in service. */
export async function cameByProvider(
	db: Kysely<Database>,
	forceId: string,
	token: string
): Promise<boolean> {
	const { rows } = await sql<{ came: boolean }>`
		select session_is_by_provider(${forceId}, ${sessions.hashOf(token)}) as came`.execute(db);
	return rows[0]?.came ?? false;
}

// A colleague's work address, for notices without content; it never says who somebody is.
async function contactOf(keys: KeyRing, claims: Claims): Promise<string | null> {
	if (typeof claims.email !== 'string' || claims.email_verified === false) return null;
	const address = parseAddress(claims.email);
	return address.ok ? sealForForce(keys, { mail: claims.email }) : null;
}

function refused<T>(outside: Outside, trouble: Trouble): Result<T, Trouble> {
	log(`provider.${trouble.kind}`, { request: outside.requestId, why: trouble.why });
	return err(trouble);
}
