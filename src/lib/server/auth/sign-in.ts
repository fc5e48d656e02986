import { sql, type Kysely } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { standardLimits, type LimitSettings } from '#lib/domain/session/limits.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import * as throttle from '#lib/server/auth/throttle.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** Unknown, wrong and ended are one refusal: whether somebody is known here is a secret. */
export type Refusal = { kind: 'refused' } | throttle.Wait;

export type SignedIn = { token: string; accountId: string; role: Role; view: sessions.View };

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
};

/**
 * Checks a sign-in name and password and gives the token of a new session, or `refused`, or how
 * many seconds to wait. One password hash is made whatever is wrong. Victims begin in the plain
 * view unless they have said that nobody else sees their device.
 */
export async function signIn(
	ctx: { db: Kysely<Database>; forceId: string; keys: KeyRing; limits?: LimitSettings },
	{ name, password, source, replaces }: Credentials
): Promise<Result<SignedIn, Refusal>> {
	const { db, forceId, keys } = ctx;
	const subject = signInHash(keys, name);
	const place = throttle.sourceHash(keys, source);
	const attempt = await throttle.enter(db, forceId, { subject, source: place });
	if (!attempt.ok) return attempt;

	const account = await accountBehind(db, forceId, subject);
	const right = await passwords.verify(account?.password_hash ?? null, password);
	if (!account || !right || account.state !== 'active') return err({ kind: 'refused' });

	await throttle.succeeded(db, forceId, attempt.value);
	if (replaces !== undefined) await sessions.end(db, forceId, replaces);
	const { id: accountId, role } = account;
	const view = role === 'victim' && !account.private_device ? 'plain' : 'full';
	const limits = ctx.limits ?? standardLimits;
	const { token } = await sessions.issue({ db, forceId, accountId, role, view, limits });
	return ok({ token, accountId, role, view });
}

/** The keyed hash a sign-in name is found by: spacing, case and letter forms make no difference. */
export function signInHash(keys: KeyRing, name: string): Buffer {
	return lookupHash(keys, 'sign-in', name.normalize('NFKC').trim().toLowerCase());
}

async function accountBehind(
	db: Kysely<Database>,
	forceId: string,
	signInHash: Buffer
): Promise<Account | null> {
	const { rows } = await sql<Account>`
		select id, role, password_hash, state, private_device
		from account_for_sign_in(${forceId}, ${signInHash})`.execute(db);
	return rows[0] ?? null;
}
