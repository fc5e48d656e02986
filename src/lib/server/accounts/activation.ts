import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { choosingSeconds, type Codes } from '#lib/domain/invitation/code.ts';
import { wordCode } from '#lib/domain/invitation/secret.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signInHash } from '#lib/server/auth/sign-in.ts';
import * as throttle from '#lib/server/auth/throttle.ts';
import { drawWords } from '#lib/server/auth/word-code.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** What somebody acts with who is not signed in: no actor yet, so only narrow functions answer. */
export type Outside = {
	readonly db: Kysely<Database>;
	readonly forceId: string;
	readonly keys: KeyRing;
	readonly requestId: string;
};

/** What a ticket is for. */
export type Ticket = { readonly purpose: 'activation' | 'recovery'; readonly chosen: boolean };

/** Somebody who chose, and is signed in by it, in the plain view. */
export type Entered = { readonly token: string; readonly accountId: string };

/**
 * Takes the two secrets of an invitation; gives the token of a ticket that is good for a quarter
 * of an hour. Unknown, expired, revoked, used and wrong are one refusal after the same work. The
 * code is not spent by this: a lost signal costs nobody their invitation.
 */
export function begin(outside: Outside, codes: Codes, source: string): Promise<Begun> {
	return inSteps(answerStep, () => tryCodes(outside, codes, source));
}

type Begun = Result<{ ticket: string }, { kind: 'refused' } | throttle.Wait>;

// An answer comes at the next twentieth of a second. What a code costs that opens something, a lock
// and a count more, could be told by the millisecond (docs/bench.md); the step hides it.
const answerStep = 50;

async function tryCodes(
	{ db, forceId, keys }: Outside,
	{ code, second }: Codes,
	source: string
): Promise<Begun> {
	const codeHash = hashOfCode(keys, code);
	const place = throttle.sourceHash(keys, source);
	const attempt = await throttle.enter(db, forceId, { subject: codeHash, source: place });
	if (!attempt.ok) return attempt;
	const ticket = randomBytes(32).toString('hex');
	const secondHash = hashOfSecond(keys, { code, second });
	const { rows } = await sql<{ right: boolean }>`
		select activation_begin(${forceId}, ${codeHash}, ${secondHash}, ${hashOf(ticket)},
			${choosingSeconds}) as right`.execute(db);
	if (!rows[0]?.right) return err({ kind: 'refused' });
	await throttle.succeeded(db, forceId, attempt.value);
	return ok({ ticket });
}

async function inSteps<T>(step: number, work: () => Promise<T>): Promise<T> {
	const began = performance.now();
	const done = await work();
	const spent = performance.now() - began;
	await setTimeout(Math.ceil(spent / step) * step - spent);
	return done;
}

/** Gives what a ticket is for, or null when it is unknown, over, or its code was spent or revoked. */
export async function find(outside: Outside, ticket: string): Promise<Ticket | null> {
	const row = await ticketRow(outside, ticket);
	return row && { purpose: row.purpose, chosen: row.password_hash !== null };
}

/**
 * Sets the sign-in name and password and signs in, spending the code. `taken`: somebody has that
 * name; `gone`: the ticket is no longer good, and the code must be given again.
 */
export async function withPassword(
	outside: Outside,
	ticket: string,
	{ name, password, own }: { name: string; password: string; own: boolean }
): Promise<Result<Entered, 'taken' | 'gone'>> {
	if (!(await find(outside, ticket))) return err('gone');
	const chosen = await choose(outside, ticket, { name, secret: password, own });
	return chosen.ok ? finish(outside, ticket) : chosen;
}

/** Sets the sign-in name and draws a word code to be shown once; nothing is spent yet. */
export async function withWords(
	outside: Outside,
	ticket: string,
	name: string
): Promise<Result<{ words: string }, 'taken' | 'gone'>> {
	if (!(await find(outside, ticket))) return err('gone');
	const words = drawWords();
	const chosen = await choose(outside, ticket, { name, secret: words, own: false });
	return chosen.ok ? ok({ words }) : chosen;
}

/** Takes the words typed back: when they are the ones drawn, spends the code and signs in. */
export async function confirmWords(
	outside: Outside,
	ticket: string,
	typed: string
): Promise<Result<Entered, 'wrong' | 'taken' | 'gone'>> {
	const row = await ticketRow(outside, ticket);
	if (!row?.password_hash) return err('gone');
	if (!(await passwords.verify(row.password_hash, wordCode(typed)))) return err('wrong');
	return finish(outside, ticket);
}

async function choose(
	{ db, forceId, keys }: Outside,
	ticket: string,
	{ name, secret, own }: { name: string; secret: string; own: boolean }
): Promise<Result<void, 'taken' | 'gone'>> {
	const secretHash = await passwords.hash(secret);
	const { rows } = await sql<{ outcome: 'ready' | 'taken' | 'gone' }>`
		select activation_choose(${forceId}, ${hashOf(ticket)}, ${signInHash(keys, name)},
			${secretHash}, ${own}) as outcome`.execute(db);
	const outcome = rows[0]?.outcome ?? 'gone';
	return outcome === 'ready' ? ok(undefined) : err(outcome);
}

async function finish(
	outside: Outside,
	ticket: string
): Promise<Result<Entered, 'taken' | 'gone'>> {
	const { db, forceId, requestId } = outside;
	const { rows } = await sql<{ account: string | null }>`
		select activation_finish(${forceId}, ${hashOf(ticket)}, ${requestId}) as account`.execute(db);
	const accountId = rows[0]?.account ?? null;
	if (accountId === null) {
		// Still good, and yet not finished: somebody took the name in the meantime.
		return err((await find(outside, ticket)) ? 'taken' : 'gone');
	}
	const { token } = await sessions.issue({ db, forceId, accountId, view: 'plain' });
	return ok({ token, accountId });
}

type TicketRow = Pick<Ticket, 'purpose'> & { password_hash: string | null };

async function ticketRow({ db, forceId }: Outside, ticket: string): Promise<TicketRow | null> {
	const { rows } = await sql<TicketRow>`
		select purpose, password_hash from activation_of(${forceId}, ${hashOf(ticket)})`.execute(db);
	return rows[0] ?? null;
}

/** The keyed hash an activation code is found by. */
export function hashOfCode(keys: KeyRing, code: string): Buffer {
	return lookupHash(keys, 'invitation', code);
}

/** The keyed hash of a second secret, bound to its code: one cannot serve with another code. */
export function hashOfSecond(keys: KeyRing, { code, second }: Codes): Buffer {
	return lookupHash(keys, 'invitation-second', `${code}\0${second}`);
}

function hashOf(ticket: string): string {
	return createHash('sha256').update(ticket).digest('hex');
}
