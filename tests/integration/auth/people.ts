import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signInHash } from '#lib/server/auth/sign-in.ts';
import { keyRing } from '#lib/server/sealing/keyring.ts';
import type { TestDatabase } from '../../support/database.ts';

export const keys = keyRing({
	current: 'k1',
	keys: { k1: Buffer.alloc(32, 1) }
});

export const rightPassword = 'lantern orchard nine';
const stored = passwords.hash(rightPassword);

/** Adds a force and gives its id. */
export async function addForce(database: TestDatabase, slug: string): Promise<string> {
	const id = randomUUID();
	const origin = `https://${slug}.example`;
	await database.owner
		.insertInto('force')
		.values({ id, slug, name: `The ${slug} force`, origin })
		.execute();
	return id;
}

/** Adds an account that signs in with `rightPassword` and gives its id. */
export async function addAccount(
	database: TestDatabase,
	forceId: string,
	person: { name: string; role?: Role; password?: null; private_device?: boolean }
): Promise<string> {
	const { name, role = 'victim', password, private_device = false } = person;
	const { id } = await database.owner
		.insertInto('account')
		.values({
			force_id: forceId,
			role,
			sign_in_hash: signInHash(keys, name),
			password_hash: password === null ? null : await stored,
			private_device,
			staff_label: role === 'victim' ? null : 'PC 1021'
		})
		.returning('id')
		.executeTakeFirstOrThrow();
	return id;
}

/**
 * Looks a session up as if it had been made, or its person last seen, so many seconds ago. Ageing
 * and looking are one transaction, in which PostgreSQL's clock stands still: a limit can be met to
 * the second however busy the machine is.
 */
export async function findAged(
	database: TestDatabase,
	forceId: string,
	token: string,
	{ seen = 0, made = 0, ...options }: { seen?: number; made?: number } & sessions.FindOptions
) {
	return database.owner.transaction().execute(async (trx) => {
		await sql`
			update session set
				last_seen = now() - make_interval(secs => ${seen}),
				created_at = now() - make_interval(secs => ${made}),
				expires_at = now() - make_interval(secs => ${made}) + (expires_at - created_at)
			where id = ${sessions.hashOf(token)}`.execute(trx);
		return sessions.find(trx, forceId, token, options);
	});
}
