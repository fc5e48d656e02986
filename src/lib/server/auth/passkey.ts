import { createHash } from 'node:crypto';
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/server';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import { isUnavailable } from '#lib/server/errors.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** Where a passkey belongs: this force, at this address. */
export type Site = {
	readonly db: Kysely<Database>;
	readonly forceId: string;
	readonly origin: string;
};

/** A passkey as its owner sees it. */
export type Passkey = { readonly id: string; readonly madeAt: Date; readonly usedAt: Date | null };

/** Whose passkey it was that answered. */
export type Answered = {
	readonly accountId: string;
	readonly role: Role;
	readonly privateDevice: boolean;
};

/** How long a challenge may be answered, in seconds. */
const challengeSeconds = 5 * 60;
/** What a device lists a passkey under: words that say nothing. */
const neutral = 'Account';

/** Asks for a passkey of anybody, to sign in with it alone. */
export function askForSignIn(site: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
	return ask(site, 'sign_in', null, []);
}

/** Asks who holds a half sign-in for one of their passkeys, in place of a code. */
export async function askForSecondStep(
	site: Site,
	token: string
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const known = await rowsOf(site, token);
	return ask(
		site,
		'second_step',
		hashOf(token),
		known.map(({ credential_id }) => ({ id: credential_id }))
	);
}

/** Takes what the browser answered to `askForSignIn`; gives whose passkey it was, or null. */
export function signedInBy(site: Site, response: string): Promise<Answered | null> {
	return answered(site, { purpose: 'sign_in', holder: null }, response);
}

/** Takes the answer to `askForSecondStep` and lets the half sign-in pass; false when it is not right. */
export async function passedBy(site: Site, token: string, response: string): Promise<boolean> {
	const holder = hashOf(token);
	const found = await answered(site, { purpose: 'second_step', holder }, response);
	if (!found) return false;
	return isDone(site, sql`passkey_passed(${site.forceId}, ${holder}, ${found.accountId})`);
}

/** Asks the browser to make a passkey for who holds the session. */
export async function askToAdd(
	site: Site,
	token: string
): Promise<PublicKeyCredentialCreationOptionsJSON> {
	const known = await rowsOf(site, token);
	const options = await generateRegistrationOptions({
		rpName: neutral,
		rpID: new URL(site.origin).hostname,
		userName: neutral,
		userDisplayName: neutral,
		attestationType: 'none',
		excludeCredentials: known.map(({ credential_id }) => ({ id: credential_id })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		timeout: challengeSeconds * 1_000
	});
	await noted(site, options.challenge, 'add', hashOf(token));
	return options;
}

/** Takes the passkey that the browser made; false when it cannot be kept. */
export async function add(site: Site, token: string, response: string): Promise<boolean> {
	const holder = hashOf(token);
	const made = await quietly(() =>
		verifyRegistrationResponse({
			response: JSON.parse(response) as RegistrationResponseJSON,
			expectedChallenge: (challenge) => spent(site, challenge, 'add', holder),
			expectedOrigin: site.origin,
			expectedRPID: new URL(site.origin).hostname,
			requireUserVerification: true
		})
	);
	if (!made?.verified) return false;
	const { id, publicKey, counter, transports = [] } = made.registrationInfo.credential;
	const key = Buffer.from(publicKey);
	return isDone(
		site,
		sql`passkey_add(${site.forceId}, ${holder}, ${id}, ${key}, ${counter}, ${transports})`
	);
}

/** Gives the passkeys of who holds the token, the oldest first. */
export async function list(site: Site, token: string): Promise<readonly Passkey[]> {
	const rows = await rowsOf(site, token);
	return rows.map(({ id, made_at, used_at }) => ({ id, madeAt: made_at, usedAt: used_at }));
}

/** Forgets a passkey of who holds the session; false when there is none or no secret was given. */
export function remove(site: Site, token: string, id: string): Promise<boolean> {
	return isDone(site, sql`passkey_remove(${site.forceId}, ${hashOf(token)}, ${id})`);
}

async function ask(
	site: Site,
	purpose: 'sign_in' | 'second_step',
	holder: string | null,
	allowCredentials: { id: string }[]
): Promise<PublicKeyCredentialRequestOptionsJSON> {
	const options = await generateAuthenticationOptions({
		rpID: new URL(site.origin).hostname,
		allowCredentials,
		userVerification: 'required',
		timeout: challengeSeconds * 1_000
	});
	await noted(site, options.challenge, purpose, holder);
	return options;
}

async function answered(
	site: Site,
	{ purpose, holder }: { purpose: 'sign_in' | 'second_step'; holder: string | null },
	typed: string
): Promise<Answered | null> {
	const response = await quietly(() => JSON.parse(typed) as AuthenticationResponseJSON);
	if (typeof response?.id !== 'string') return null;
	const known = await credential(site, response.id);
	if (!known) return null;
	const verified = await quietly(() =>
		verifyAuthenticationResponse({
			response,
			expectedChallenge: (challenge) => spent(site, challenge, purpose, holder),
			expectedOrigin: site.origin,
			expectedRPID: new URL(site.origin).hostname,
			requireUserVerification: true,
			credential: {
				id: response.id,
				publicKey: new Uint8Array(known.public_key),
				counter: Number(known.sign_count)
			}
		})
	);
	if (!verified?.verified) return null;
	const count = verified.authenticationInfo.newCounter;
	const used = await isDone(site, sql`passkey_used(${site.forceId}, ${response.id}, ${count})`);
	const { account_id: accountId, role, private_device: privateDevice } = known;
	return used ? { accountId, role, privateDevice } : null;
}

type Known = {
	account_id: string;
	role: Role;
	private_device: boolean;
	public_key: Buffer;
	sign_count: string;
};

async function credential({ db, forceId }: Site, id: string): Promise<Known | null> {
	const { rows } = await sql<Known>`
		select account_id, role, private_device, public_key, sign_count
		from passkey_find(${forceId}, ${id})`.execute(db);
	return rows[0] ?? null;
}

type Row = { id: string; credential_id: string; made_at: Date; used_at: Date | null };

async function rowsOf({ db, forceId }: Site, token: string): Promise<Row[]> {
	const { rows } = await sql<Row>`
		select id, credential_id, made_at, used_at
		from passkeys_of(${forceId}, ${hashOf(token)})`.execute(db);
	return rows;
}

async function noted(
	{ db, forceId }: Site,
	challenge: string,
	purpose: 'sign_in' | 'second_step' | 'add',
	holder: string | null
): Promise<void> {
	await sql`select passkey_ask(${forceId}, ${hashOf(challenge)}, ${purpose}, ${holder},
		${challengeSeconds})`.execute(db);
}

function spent(site: Site, challenge: string, purpose: string, holder: string | null) {
	const id = hashOf(challenge);
	return isDone(site, sql`passkey_answered(${site.forceId}, ${id}, ${purpose}, ${holder})`);
}

async function isDone({ db }: Site, call: RawBuilder<unknown>): Promise<boolean> {
	const { rows } = await sql<{ done: boolean }>`select ${call} as done`.execute(db);
	return rows[0]?.done ?? false;
}

/** What a stranger sends may be anything: whatever cannot be read or verified is just not right. */
async function quietly<T>(work: () => T | Promise<T>): Promise<T | null> {
	try {
		return await work();
	} catch (error) {
		if (isUnavailable(error)) throw error;
		return null;
	}
}

function hashOf(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
