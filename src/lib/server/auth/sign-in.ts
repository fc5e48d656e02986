import { sql, type Kysely } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import * as throttle from '#lib/server/auth/throttle.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** Unknown, wrong and ended are one refusal: whether somebody is known here is a secret. */
export type Refusal = { kind: 'refused' } | throttle.Wait;

/** Right, and yet not let in: nobody used the account for long. Said to nobody with a wrong secret. */
export type Dormant = { kind: 'dormant' };

export type SignedIn = { token: string; accountId: string; role: Role; view: sessions.View };

/** What a right name and secret lead to: a session, or a code that is still to be given. */
export type Entered =
	| ({ kind: 'whole' } & SignedIn)
	/** `next`: a code is asked for, or an authenticator must first be set up. */
	| { kind: 'half'; token: string; next: 'code' | 'set-up' };

export type Credentials = {
	name: string;
	password: string;
	/** The address the request came from. */
	source: string;
	/** The token the browser brought along, if any: its session ends with the new one's beginning. */
	replaces?: string | undefined;
};

type Account = {
	id: string;
	role: Role;
	password_hash: string | null;
	state: 'active' | 'suspended' | 'ended';
	private_device: boolean;
	second_step: boolean;
};

type Place = { db: Kysely<Database>; forceId: string; keys: KeyRing };

/**
 * Checks a sign-in name and password; gives a new session, or the token of a sign-in that waits for
 * its second step, or `refused`, or how many seconds to wait. One password hash is made whatever is
 * wrong. Staff always have a second step; victims when they chose one.
 */
export async function signIn(
	ctx: Place,
	{ name, password, source, replaces }: Credentials
): Promise<Result<Entered, Refusal | Dormant>> {
	const { db, forceId, keys } = ctx;
	const subject = signInHash(keys, name);
	const place = throttle.sourceHash(keys, source);
	const attempt = await throttle.enter(db, forceId, { subject, source: place });
	if (!attempt.ok) return attempt;

	const account = await accountBehind(db, forceId, subject);
	const right = await passwords.verify(account?.password_hash ?? null, password);
	if (!account || !right || account.state !== 'active') return err({ kind: 'refused' });

	await throttle.succeeded(db, forceId, attempt.value);
	if (await isDormant(db, forceId, account.id)) return err({ kind: 'dormant' });
	if (replaces !== undefined) await sessions.end(db, forceId, replaces);
	if (account.second_step || account.role !== 'victim') {
		const token = await secondStep.beginHalf(db, forceId, account.id);
		return ok({ kind: 'half', token, next: account.second_step ? 'code' : 'set-up' });
	}
	const { id: accountId, role, private_device: privateDevice } = account;
	return ok({ kind: 'whole', ...(await begin(ctx, { accountId, role, privateDevice })) });
}

/** Turns a half sign-in whose second step was right into a session; null for any other. */
export async function complete(ctx: Place, holder: secondStep.Holder): Promise<SignedIn | null> {
	const taken = await secondStep.takeHalf(holder);
	return taken && begin(ctx, taken);
}

/** Begins the session of somebody whose passkey answered; the one the browser brought ends. */
export async function enterWithPasskey(
	ctx: Place,
	who: { accountId: string; role: Role; privateDevice: boolean },
	replaces: string | undefined
): Promise<SignedIn | 'dormant'> {
	if (await isDormant(ctx.db, ctx.forceId, who.accountId)) return 'dormant';
	if (replaces !== undefined) await sessions.end(ctx.db, ctx.forceId, replaces);
	return begin(ctx, who);
}

/** Victims begin in the plain view unless they have said that nobody else sees their device. */
async function begin(
	{ db, forceId }: Place,
	{ accountId, role, privateDevice }: { accountId: string; role: Role; privateDevice: boolean }
): Promise<SignedIn> {
	const view = role === 'victim' && !privateDevice ? 'plain' : 'full';
	const { token } = await sessions.issue({ db, forceId, accountId, view });
	return { token, accountId, role, view };
}

/** The keyed hash a sign-in name is found by: spacing, case and letter forms make no difference. */
export function signInHash(keys: KeyRing, name: string): Buffer {
	return lookupHash(keys, 'sign-in', name.normalize('NFKC').trim().toLowerCase());
}

async function isDormant(
	db: Kysely<Database>,
	forceId: string,
	accountId: string
): Promise<boolean> {
	const { rows } = await sql<{ dormant: boolean }>`
		select account_is_dormant(${forceId}, ${accountId}) as dormant`.execute(db);
	return rows[0]?.dormant ?? false;
}

async function accountBehind(
	db: Kysely<Database>,
	forceId: string,
	signInHash: Buffer
): Promise<Account | null> {
	const { rows } = await sql<Account>`
		select id, role, password_hash, state, private_device, second_step
		from account_for_sign_in(${forceId}, ${signInHash})`.execute(db);
	return rows[0] ?? null;
}
