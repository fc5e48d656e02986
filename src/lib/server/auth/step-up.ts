import { sql, type Kysely } from 'kysely';
import { wordCode, wordCount } from '#lib/domain/invitation/secret.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as secondStep from '#lib/server/auth/second-step.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import type { Refusal } from '#lib/server/auth/sign-in.ts';
import * as throttle from '#lib/server/auth/throttle.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/**
 * Checks the password of the person who is signed in, before showing what is of class C. Gives the
 * token that replaces the cookie's and until when the step-up counts, or `refused`, or how many
 * seconds to wait. Failures here do not slow down signing in, nor the other way round.
 */
export async function confirm(
	ctx: { db: Kysely<Database>; forceId: string; keys: KeyRing },
	{ token, password, source }: { token: string; password: string; source: string }
): Promise<Result<{ token: string; until: Date }, Refusal>> {
	const { db, forceId, keys } = ctx;
	const { rows } = await sql<{ id: string; password_hash: string | null }>`
		select id, password_hash
		from account_for_step_up(${forceId}, ${sessions.hashOf(token)})`.execute(db);
	const [account] = rows;
	if (!account) return err({ kind: 'refused' });

	const attempt = await throttle.enter(db, forceId, {
		subject: lookupHash(keys, 'step-up', account.id),
		source: throttle.sourceHash(keys, source)
	});
	if (!attempt.ok) return attempt;
	if (!(await isSecret(account.password_hash, password))) return err({ kind: 'refused' });

	await throttle.succeeded(db, forceId, attempt.value);
	const raised = await sessions.stepUp(db, forceId, token);
	return raised ? ok(raised) : err({ kind: 'refused' });
}

/**
 * Checks a code of the second step of who holds the session, before what only the person themselves
 * may do. Gives the token that replaces the cookie's and until when it counts; refuses as above.
 */
export async function confirmWithCode(
	holder: secondStep.Holder,
	given: { typed: string; source: string }
): Promise<Result<{ token: string; until: Date }, Refusal>> {
	const right = await secondStep.answer(holder, given);
	if (!right.ok) return right;
	const raised = await sessions.stepUp(holder.db, holder.forceId, holder.token);
	return raised ? ok(raised) : err({ kind: 'refused' });
}

// A word code is the same however it is spaced and written; a password is not.
async function isSecret(stored: string | null, typed: string): Promise<boolean> {
	if (await passwords.verify(stored, typed)) return true;
	const words = wordCode(typed);
	return (
		words !== typed && words.split(' ').length === wordCount && passwords.verify(stored, words)
	);
}
