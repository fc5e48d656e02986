import { databaseUser, testAdapter } from '@lucia-auth/adapter-test';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { KyselyAdapter, type AccountRow, type AttributeMapping } from '#lib/server/auth/adapter.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { addForce } from './people.ts';

// The published suite makes up its own ids and attributes, which our columns (uuid, checks) refuse.
// So it runs on copies of our tables and of the very functions, with text for uuid and one column
// of ours standing for each of its attributes.
const schema = 'adapter_test';
const tables = ['force', 'account', 'session', 'step_up'];
const functions = [
	'session_limits',
	'session_find',
	'session_list',
	'session_put',
	'session_extend',
	'session_end',
	'session_end_all',
	'session_purge'
];

// The suite's attributes are not the registered ones, hence the casts.
const attributes = {
	session: (row: { view: string }) => ({ country: row.view }),
	account: (row: AccountRow) => ({ username: row.staff_label }),
	columns: ({ country }: { country: string }) => ({ view: country, participation_id: null })
} as unknown as AttributeMapping;

const { username } = databaseUser.attributes as unknown as { username: string };

let database: TestDatabase;
let forceId: string;

beforeAll(async () => {
	database = await testDatabase();
	forceId = await addForce(database, 'adapter');
	await copyWithTextIds();
	await sql`insert into ${sql.id(schema, 'force')} (id, slug, name, origin)
		values (${forceId}, 'adapter', 'Adapter', 'https://copy.example')`.execute(database.owner);
	await sql`
		insert into ${sql.id(schema, 'account')} (force_id, id, role, sign_in_hash, staff_label)
		values (${forceId}, ${databaseUser.id}, 'officer', ${Buffer.alloc(32)},
			${username})`.execute(database.owner);
});

afterAll(async () => {
	await database.close();
});

test("the adapter passes Lucia's own suite", async () => {
	const said = vi.spyOn(console, 'log').mockImplementation(() => undefined);
	const options = { forceId, background: false, attributes, schema };
	await testAdapter(new KyselyAdapter(database.owner, options));
	const passed = said.mock.calls.filter(([line]) => String(line).includes('✓ Passed'));
	said.mockRestore();
	expect(passed).toHaveLength(7);
});

async function copyWithTextIds(): Promise<void> {
	const db = database.owner;
	await sql`create schema ${sql.id(schema)}`.execute(db);
	for (const table of tables) {
		await sql`create table ${sql.id(schema, table)} (like ${sql.id('public', table)}
			including defaults including indexes)`.execute(db);
	}
	const ids = await sql<{ table_name: string; column_name: string }>`
		select table_name, column_name from information_schema.columns
		where table_schema = ${schema} and data_type = 'uuid'`.execute(db);
	for (const { table_name, column_name } of ids.rows) {
		await sql`alter table ${sql.id(schema, table_name)}
			alter column ${sql.id(column_name)} drop default,
			alter column ${sql.id(column_name)} type text`.execute(db);
	}
	const made = await sql<{ definition: string }>`
		select pg_get_functiondef(oid) as definition from pg_proc
		where pronamespace = 'public'::regnamespace and proname in (${sql.join(functions)})
		-- The others call it.
		order by proname <> 'session_limits'`.execute(db);
	expect(made.rows).toHaveLength(functions.length);
	for (const { definition } of made.rows) {
		const copy = definition.replaceAll('public', schema).replaceAll('uuid', 'text');
		await sql.raw(copy).execute(db);
	}
}
