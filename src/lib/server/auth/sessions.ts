import { createHash, randomBytes } from 'node:crypto';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { stepUpSeconds } from '#lib/domain/session/limits.ts';
import { KyselyAdapter } from '#lib/server/auth/adapter.ts';
import {
	attributes,
	luciaOn,
	type AccountAttributes,
	type SessionAttributes,
	type View
} from '#lib/server/auth/lucia.ts';
import type { Database } from '#lib/server/db/schema.ts';

export type { View };

/** A live session. Its id is the hash that the table holds; the token is the browser's alone. */
export type Session = SessionAttributes & { id: string; accountId: string; expiresAt: Date };

/** The account a session belongs to. */
export type SessionAccount = AccountAttributes & { id: string };

export type FindOptions = { background?: boolean };

// Longer than any force may set: PostgreSQL cuts a new session to its force's limit.
const longestSeconds = 24 * 3_600;

const tokenForm = /^[0-9a-f]{64}$/;

/**
 * Makes a session and gives its token, for the cookie and for nothing else. Always a new one: no
 * token that a browser brings along is ever taken over.
 */
export async function issue(options: {
	db: Kysely<Database>;
	forceId: string;
	accountId: string;
	view: View;
}): Promise<{ token: string }> {
	const { db, forceId, accountId, view } = options;
	const token = newToken();
	const lucia = luciaOn(adapterFor(db, forceId), longestSeconds);
	const never = { seenAt: null, idleSeconds: null, steppedUpUntil: null };
	const first = { view, participationId: null, ...never };
	await lucia.createSession(accountId, first, { sessionId: hashOf(token) });
	return { token };
}

/**
 * Gives the session and the account that a token stands for, or null when it is unknown, past its
 * idle or absolute limit (PostgreSQL's clock decides) or its account is not active. A request that
 * nobody made by hand says `background`, and leaves the idle time running.
 */
export async function find(
	db: Kysely<Database>,
	forceId: string,
	token: string,
	options: FindOptions = {}
): Promise<{ session: Session; account: SessionAccount } | null> {
	if (!tokenForm.test(token)) return null;
	const found = await luciaOn(adapterFor(db, forceId, options)).validateSession(hashOf(token));
	if (!found.session) return null;
	const { userId, id, expiresAt, view, participationId } = found.session;
	const { seenAt, idleSeconds, steppedUpUntil } = found.session;
	const times = { expiresAt, seenAt, idleSeconds, steppedUpUntil };
	return {
		session: { id, accountId: userId, view, participationId, ...times },
		account: found.user
	};
}

/** Ends the session of this token; one that is gone already is no error. */
export async function end(db: Kysely<Database>, forceId: string, token: string): Promise<void> {
	await luciaOn(adapterFor(db, forceId)).invalidateSession(hashOf(token));
}

/** Ends every session of the account, but for that of the token `but` if one is given. */
export async function endAll(
	db: Kysely<Database>,
	forceId: string,
	accountId: string,
	options: { but?: string } = {}
): Promise<void> {
	const kept = options.but === undefined ? null : hashOf(options.but);
	await adapterFor(db, forceId).deleteUserSessions(accountId, kept);
}

/** How many live sessions the account has: a number, because places and devices would tell too much. */
export async function count(
	db: Kysely<Database>,
	forceId: string,
	accountId: string
): Promise<number> {
	return (await luciaOn(adapterFor(db, forceId)).getUserSessions(accountId)).length;
}

/** Removes what is past its end: sessions, step-ups, and sign-in attempts older than a day. */
export async function purge(db: Kysely<Database>, forceId: string): Promise<void> {
	await luciaOn(adapterFor(db, forceId)).deleteExpiredSessions();
}

/**
 * Shows everything in this session, which goes on under a new token that must replace the one in
 * the cookie. Null when there is no such session.
 */
export function showAll(
	db: Kysely<Database>,
	forceId: string,
	token: string
): Promise<{ token: string } | null> {
	return moved(db, (next) => sql`session_set_view(${forceId}, ${hashOf(token)}, 'full', ${next})`);
}

/** Shows as little as the plain view does in this session; false when there is no such session. */
export async function showLess(
	db: Kysely<Database>,
	forceId: string,
	token: string
): Promise<boolean> {
	return changed(db, sql`session_set_view(${forceId}, ${hashOf(token)}, 'plain', null)`);
}

/**
 * Sets which participation this session is about, or none; it goes on under a new token, as above.
 * Null when there is no such session or the participation is neither the account's own nor one it
 * stands in for now.
 */
export function setParticipation(
	db: Kysely<Database>,
	forceId: string,
	token: string,
	participationId: string | null
): Promise<{ token: string } | null> {
	const old = hashOf(token);
	return moved(
		db,
		(next) => sql`session_set_participation(${forceId}, ${old}, ${participationId}, ${next})`
	);
}

/**
 * Stores a new secret (as its hash) for the account of a session whose secret or code was given a
 * moment ago. Every session of the account ends but this one, which goes on under a new token.
 * `same`: the secret, as a sign-in name (`asName`), is the account's own; `gone`: it cannot be done.
 */
export async function setSecret(
	db: Kysely<Database>,
	forceId: string,
	given: { token: string; secretHash: string; asName: Buffer | null }
): Promise<Result<{ token: string }, 'same' | 'gone'>> {
	const token = newToken();
	const { rows } = await sql<{ outcome: 'changed' | 'same' | 'gone' }>`
		select own_secret_set(${forceId}, ${hashOf(given.token)}, ${hashOf(token)},
			${given.secretHash}, ${given.asName}) as outcome`.execute(db);
	const outcome = rows[0]?.outcome ?? 'gone';
	return outcome === 'changed' ? ok({ token }) : err(outcome);
}

/**
 * Whether this token was a session's until that went on under a new one. It opens nothing any more;
 * but the browser may have the new one by now, and must keep it.
 */
export async function hasMoved(
	db: Kysely<Database>,
	forceId: string,
	token: string
): Promise<boolean> {
	return changed(db, sql`session_moved(${forceId}, ${hashOf(token)})`);
}

/**
 * Records that the secret was just given again, for five minutes, and moves the session to a new
 * token, which must replace the one in the cookie. Null when there is no such session.
 */
export async function stepUp(
	db: Kysely<Database>,
	forceId: string,
	token: string
): Promise<{ token: string; until: Date } | null> {
	const next = newToken();
	const ids = sql`${forceId}, ${hashOf(token)}, ${hashOf(next)}`;
	const { rows } = await sql<{ until: Date | null }>`
		select session_step_up(${ids}, ${stepUpSeconds}) as until`.execute(db);
	const until = rows[0]?.until ?? null;
	return until && { token: next, until };
}

/** Whether the secret was given again shortly before this session was looked up. */
export function steppedUp(session: Session): boolean {
	return session.steppedUpUntil !== null;
}

/** The id under which the table keeps the session of this token: its SHA-256 in hexadecimal. */
export function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

function newToken(): string {
	return randomBytes(32).toString('hex');
}

function adapterFor(
	db: Kysely<Database>,
	forceId: string,
	{ background = false }: FindOptions = {}
): KyselyAdapter {
	return new KyselyAdapter(db, { forceId, background, attributes });
}

async function moved(
	db: Kysely<Database>,
	call: (next: string) => RawBuilder<unknown>
): Promise<{ token: string } | null> {
	const token = newToken();
	return (await changed(db, call(hashOf(token)))) ? { token } : null;
}

async function changed(db: Kysely<Database>, call: RawBuilder<unknown>): Promise<boolean> {
	const { rows } = await sql<{ done: boolean }>`select ${call} as done`.execute(db);
	return rows[0]?.done ?? false;
}
