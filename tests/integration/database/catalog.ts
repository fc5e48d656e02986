import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Database } from '#lib/server/db/schema.ts';

export type Column = { table: string; column: string; nullable: boolean; has_default: boolean };

/** Gives every column of our tables, as PostgreSQL has them; the migrator's own left out. */
export async function columns(owner: Kysely<Database>): Promise<Column[]> {
	const { rows } = await sql<Column>`
		select c.table_name as table, c.column_name as column, c.is_nullable = 'YES' as nullable,
			c.column_default is not null as has_default
		from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
			and c.table_name not like 'kysely\_%'
		order by c.table_name, c.ordinal_position`.execute(owner);
	return rows;
}

/** Gives the names of the tables that belong to a force. */
export async function tenantTables(owner: Kysely<Database>): Promise<string[]> {
	const all = await columns(owner);
	return all.filter(({ column }) => column === 'force_id').map(({ table }) => table);
}

/** The code PostgreSQL gave for a failure, and the constraint it named. */
export function failure(error: unknown): { code?: string; constraint?: string } {
	return typeof error === 'object' && error !== null ? error : {};
}

/** Connects without the log that says of each refusal what a test expects anyway. */
export function quietly(url: string): Kysely<Database> {
	return new Kysely({
		dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) })
	});
}
