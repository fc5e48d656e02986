import { createHash, randomBytes, randomInt } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import {
	halfSignInSeconds,
	readCode,
	recoveryAlphabet,
	recoveryCount,
	recoveryLength,
	shownCode
} from '#lib/domain/second-step/code.ts';
import * as authenticator from '#lib/server/auth/authenticator.ts';
import type { Refusal } from '#lib/server/auth/sign-in.ts';
import * as throttle from '#lib/server/auth/throttle.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';
import { openForForce, sealForForce } from '#lib/server/sealing/seal.ts';

/** Who holds a token: of a session, or of a sign-in that waits for its code. */
export type Holder = {
	readonly db: Kysely<Database>;
	readonly forceId: string;
	readonly keys: KeyRing;
	readonly clock: () => Date;
	readonly requestId: string;
	readonly token: string;
};

/** What is known of the second step of who holds a token. */
export type SecondStep = {
	readonly accountId: string;
	readonly role: Role;
	readonly label: string | null;
	/** Since when there is an authenticator; null when there is none. */
	readonly since: Date | null;
	readonly codesLeft: number;
	/** Whether it was taken: a half sign-in that passed only has to be ended. */
	readonly passed: boolean;
};

type Row = {
	account_id: string;
	role: Role;
	staff_label: string | null;
	secret_sealed: string | null;
	last_step: string | null;
	made_at: Date | null;
	codes_left: number;
	passed: boolean;
};

/** Notes that a right secret was given and a code is awaited; gives the token for the cookie. */
export async function beginHalf(
	db: Kysely<Database>,
	forceId: string,
	accountId: string
): Promise<string> {
	const token = randomBytes(32).toString('hex');
	await sql`select half_sign_in_put(${forceId}, ${hashOf(token)}, ${accountId},
		${halfSignInSeconds})`.execute(db);
	return token;
}

/** Whose sign-in was whole once its second step was right. */
export type Taken = { accountId: string; role: Role; privateDevice: boolean };

/** Ends a half sign-in whose second step was right and gives whose it was; null for any other. */
export async function takeHalf({ db, forceId, token }: Holder): Promise<Taken | null> {
	const { rows } = await sql<Taken>`
		select account_id as "accountId", role, private_device as "privateDevice"
		from half_sign_in_take(${forceId}, ${hashOf(token)})`.execute(db);
	return rows[0] ?? null;
}

/** Gives the second step of who holds the token, or null when it is unknown or over. */
export async function find(holder: Holder): Promise<SecondStep | null> {
	const row = await rowOf(holder);
	return (
		row && {
			accountId: row.account_id,
			role: row.role,
			label: row.staff_label,
			since: row.made_at,
			codesLeft: row.codes_left,
			passed: row.passed
		}
	);
}

/**
 * Takes a code of the authenticator, or one that was kept, and spends it: it is right once. Wrong,
 * used and unreadable are one refusal; too many tries are told how long to wait.
 */
export async function answer(
	holder: Holder,
	given: { typed: string; source: string }
): Promise<Result<void, Refusal>> {
	const { db, forceId, keys, token } = holder;
	const row = await rowOf(holder);
	if (!row) return err({ kind: 'refused' });
	const attempt = await throttle.enter(db, forceId, {
		subject: lookupHash(keys, 'second-step', row.account_id),
		source: throttle.sourceHash(keys, given.source)
	});
	if (!attempt.ok) return attempt;
	if (!(await isRight(holder, row, given.typed))) {
		await sql`select second_step_failed(${forceId}, ${hashOf(token)})`.execute(db);
		return err({ kind: 'refused' });
	}
	await throttle.succeeded(db, forceId, attempt.value);
	return ok(undefined);
}

async function isRight(holder: Holder, row: Row, typed: string): Promise<boolean> {
	const { db, forceId, keys, token } = holder;
	const code = readCode(typed);
	if (code === null || row.secret_sealed === null) return false;
	if (code.kind === 'kept') {
		const kept = hashOfKept(keys, row.account_id, code.code);
		return isDone(
			db,
			sql`recovery_code_spend(${forceId}, ${hashOf(token)}, ${kept}, ${holder.requestId})`
		);
	}
	const { secret } = await openForForce<{ secret: string }>(keys, row.secret_sealed);
	const step = authenticator.stepOf(secret, code.code, holder.clock());
	if (step === null) return false;
	return isDone(db, sql`authenticator_spend(${forceId}, ${hashOf(token)}, ${step})`);
}

/** An authenticator that is offered: nothing is stored until its first code was right. */
export type Offer = {
	readonly sealed: string;
	readonly picture: authenticator.Squares;
	readonly typed: string;
};

/** Makes a new authenticator for who holds the token, to be shown and confirmed with a code. */
export async function offer(holder: Holder, label: string): Promise<Offer> {
	const secret = authenticator.newSecret();
	const sealed = await sealForForce(holder.keys, { secret, for: hashOf(holder.token) });
	return { sealed, ...authenticator.toScan(secret, label) };
}

/** Shows an offer again, after a code that was not right; null when it was made for another. */
export async function offerAgain(
	holder: Holder,
	sealed: string,
	label: string
): Promise<Offer | null> {
	const secret = await offered(holder, sealed);
	return secret === null ? null : { sealed, ...authenticator.toScan(secret, label) };
}

/**
 * Takes an offer up when the code is of it; gives the codes to keep, shown this once. `wrong`: the
 * code is not right; `gone`: the offer or the right to take it up is over.
 */
export async function accept(
	holder: Holder,
	given: { sealed: string; typed: string }
): Promise<Result<{ codes: readonly string[] }, 'wrong' | 'gone'>> {
	const { db, forceId, keys, token } = holder;
	const row = await rowOf(holder);
	const secret = await offered(holder, given.sealed);
	if (!row || secret === null) return err('gone');
	const code = readCode(given.typed);
	const step =
		code?.kind === 'app' ? authenticator.stepOf(secret, code.code, holder.clock()) : null;
	if (step === null) return err('wrong');
	const { codes, hashes } = drawCodes(keys, row.account_id);
	const sealed = await sealForForce(keys, { secret });
	const set = sql`authenticator_set(${forceId}, ${hashOf(token)}, ${sealed}, ${step}, ${hashes})`;
	return (await isDone(db, set)) ? ok({ codes }) : err('gone');
}

/** Makes new codes to keep in place of all there were; null when the secret was not given lately. */
export async function newCodes(holder: Holder): Promise<readonly string[] | null> {
	const { db, forceId, keys, token } = holder;
	const row = await rowOf(holder);
	if (!row) return null;
	const { codes, hashes } = drawCodes(keys, row.account_id);
	const put = sql`recovery_codes_put(${forceId}, ${hashOf(token)}, ${hashes})`;
	return (await isDone(db, put)) ? codes : null;
}

/** Takes a victim's second step away; false when there is none or the secret was not given lately. */
export function remove({ db, forceId, token }: Holder): Promise<boolean> {
	return isDone(db, sql`authenticator_remove(${forceId}, ${hashOf(token)})`);
}

function drawCodes(keys: KeyRing, accountId: string) {
	const drawn = Array.from({ length: recoveryCount }, () =>
		Array.from({ length: recoveryLength }, () => recoveryAlphabet[randomInt(32)]).join('')
	);
	const hashes = drawn.map((code) => hashOfKept(keys, accountId, code));
	return { codes: drawn.map(shownCode), hashes };
}

async function offered({ keys, token }: Holder, sealed: string): Promise<string | null> {
	try {
		const found = await openForForce<{ secret: string; for: string }>(keys, sealed);
		return found.for === hashOf(token) ? found.secret : null;
	} catch {
		// Not of our making, or of a key that was retired since.
		return null;
	}
}

async function rowOf({ db, forceId, token }: Holder): Promise<Row | null> {
	const { rows } = await sql<Row>`
		select account_id, role, staff_label, secret_sealed, last_step, made_at, codes_left, passed
		from second_step_of(${forceId}, ${hashOf(token)})`.execute(db);
	return rows[0] ?? null;
}

async function isDone(db: Kysely<Database>, call: ReturnType<typeof sql>): Promise<boolean> {
	const { rows } = await sql<{ done: boolean }>`select ${call} as done`.execute(db);
	return rows[0]?.done ?? false;
}

function hashOfKept(keys: KeyRing, accountId: string, code: string): Buffer {
	return lookupHash(keys, 'recovery-code', `${accountId}\0${code}`);
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
