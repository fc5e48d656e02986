import { sql, type Kysely } from 'kysely';
import { demoKey } from '#lib/server/demo/codes-page.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

/** Gives the accounts the demo's one authenticator, as the owner of the tables. */
export async function giveAuthenticators(
	owner: Kysely<Database>,
	keys: KeyRing,
	{ forceId, accounts }: { forceId: string; accounts: readonly string[] }
): Promise<void> {
	const sealed = await sealForForce(keys, { secret: demoKey });
	await sql`
		insert into authenticator (force_id, account_id, secret_sealed, last_step)
		select ${forceId}, account, ${sealed}, 0
		from unnest(${accounts}::uuid[]) as account`.execute(owner);
}
