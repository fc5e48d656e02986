import pg from 'pg';
import { inject } from 'vitest';
import { urlOfDatabase } from '#lib/server/db/roles.ts';
import type { TestDatabase } from '../../support/database.ts';

/** Every row of every table of every schema but PostgreSQL's own, as one line of text each. */
export async function dump(t: TestDatabase): Promise<string[]> {
	return asSuperuser(t, async (client) => {
		const tables = await client.query<{ name: string }>(
			`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
			where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
		);
		const lines: string[] = [];
		for (const { name } of tables.rows) {
			const { rows } = await client.query<{ line: string }>(
				`select t::text as line from ${name} t`
			);
			lines.push(...rows.map(({ line }) => `${name}: ${line}`));
		}
		return lines;
	});
}

/** Runs a statement as the superuser, for what no role of ours may do. */
export async function run(t: TestDatabase, statement: string): Promise<void> {
	await asSuperuser(t, (client) => client.query(statement));
}

/** Gives the lines that hold the marker as it is, or in a form a careless program gives it. */
export function linesWith(lines: readonly string[], marker: string): string[] {
	const bytes = Buffer.from(marker);
	// In base64 a text looks one of three ways, by how many bytes stand before it.
	const base64 = ['', 'x', 'xx'].map((before) =>
		Buffer.concat([Buffer.from(before), bytes])
			.toString('base64')
			.slice(4, -4)
			.toLowerCase()
	);
	const forms = [marker.toLowerCase(), bytes.toString('hex'), ...base64];
	return lines.filter((line) => forms.some((form) => line.toLowerCase().includes(form)));
}

async function asSuperuser<T>(
	t: TestDatabase,
	work: (client: pg.Client) => Promise<T>
): Promise<T> {
	const name = new URL(t.urls.owner).pathname.slice(1);
	const client = new pg.Client({ connectionString: urlOfDatabase(inject('adminUrl'), name) });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
