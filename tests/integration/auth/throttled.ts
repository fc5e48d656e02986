import { sql } from 'kysely';
import type { TestDatabase } from '../../support/database.ts';

const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** Forgets every failure. */
export async function forget({ owner }: TestDatabase): Promise<void> {
	await sql`delete from throttle`.execute(owner);
}

/** Begins every wait anew, as if the last failure were a moment old however long it took. */
export async function beginWaits({ owner }: TestDatabase): Promise<void> {
	await sql`update throttle set expire = ${now} + points * 1000
		where key like '%:hold:%'`.execute(owner);
}

/** Lets time pass for whoever waits. */
export async function pass({ owner }: TestDatabase, seconds: number): Promise<void> {
	await sql`update throttle set expire = expire - ${seconds * 1000}::bigint`.execute(owner);
}
