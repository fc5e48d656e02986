import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { inject } from 'vitest';
import { connect } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';

export type TestDatabase = {
	app: Kysely<Database>;
	owner: Kysely<Database>;
	worker: Kysely<Database>;
	urls: { owner: string; app: string; worker: string };
	close(): Promise<void>;
};

/** Gives a fresh database, copied from the migrated one, as each role sees it. */
export async function testDatabase(): Promise<TestDatabase> {
	const name = `t_${randomBytes(6).toString('hex')}`;
	const adminUrl = inject('adminUrl');
	await asAdmin(adminUrl, `create database ${name} template template_waymark owner waymark_owner`);
	const all = inject('urls');
	const urls = {
		owner: all.owner.replace('DATABASE', name),
		app: all.app.replace('DATABASE', name),
		worker: all.worker.replace('DATABASE', name)
	};
	const app = connect(urls.app);
	const owner = connect(urls.owner);
	const worker = connect(urls.worker);
	return {
		app,
		owner,
		worker,
		urls,
		async close() {
			await Promise.all([app.destroy(), owner.destroy(), worker.destroy()]);
			await asAdmin(adminUrl, `drop database ${name} with (force)`);
		}
	};
}

async function asAdmin(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		// Two copies of one template at a time are refused, so copying takes turns.
		await client.query('select pg_advisory_lock(4201)');
		await client.query(statement);
	} finally {
		await client.end();
	}
}
