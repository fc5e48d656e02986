import { readdirSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world } from '../../support/world.ts';
import { columns, tenantTables } from './catalog.ts';
import { store, typicalRows } from './rows.ts';
import { tableTypes } from './table-types.ts';

let t: TestDatabase;
beforeAll(async () => {
	t = await testDatabase();
});
afterAll(() => t.close());

// The application has no right on these: it reaches them through functions only.
const behindFunctions = [
	...[
		'activation',
		'linked_person',
		'authenticator',
		'half_sign_in',
		'recovery_code',
		'passkey',
		'passkey_challenge'
	],
	...['session', 'spent_trip', 'step_up']
];

// What counts wrong secrets asks for its one table in words of its own.
const ofLibraries = ['throttle'];

describe('the table types', () => {
	test('name the columns that PostgreSQL has, and say which may be empty', async () => {
		const real = (await columns(t.owner))
			.filter(({ table }) => ![...behindFunctions, ...ofLibraries].includes(table))
			.map((each) => `${each.table}.${each.column} ${each.nullable ? 'null' : 'not null'}`);
		expect(
			tableTypes()
				.map((each) => `${each.table}.${each.column} ${each.nullable ? 'null' : 'not null'}`)
				.sort()
		).toEqual(real.sort());
	});

	test('call a column generated only where PostgreSQL fills it in', async () => {
		const real = await columns(t.owner);
		const filled = new Set(
			real.filter((each) => each.has_default).map(({ table, column }) => `${table}.${column}`)
		);
		const claimed = tableTypes().filter((each) => each.generated);
		expect(claimed.length).toBeGreaterThan(10);
		expect(claimed.filter(({ table, column }) => !filled.has(`${table}.${column}`))).toEqual([]);
	});
});

describe('every table of a force', () => {
	test('has the force first in its primary key', async () => {
		const { rows } = await sql<{ table: string; first: string }>`
			select c.relname as table, a.attname as first
			from pg_constraint k
			join pg_class c on c.oid = k.conrelid
			join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
			where k.contype = 'p' and c.relnamespace = 'public'::regnamespace`.execute(t.owner);
		const first = new Map(rows.map((row) => [row.table, row.first]));
		const tables = await tenantTables(t.owner);
		expect(tables.length).toBeGreaterThan(30);
		expect(tables.filter((table) => first.get(table) !== 'force_id')).toEqual([]);
	});

	test('refers to other tables of the force with the force in the reference', async () => {
		const { rows } = await sql<{ name: string }>`
			select k.conname as name from pg_constraint k
			join pg_class target on target.oid = k.confrelid
			where k.contype = 'f' and k.connamespace = 'public'::regnamespace
				and exists (select from pg_attribute a
					where a.attrelid = k.confrelid and a.attname = 'force_id' and not a.attisdropped)
				and not exists (select from pg_attribute a
					where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'force_id')
		`.execute(t.owner);
		expect(rows).toEqual([]);
	});

	test('has row security switched on', async () => {
		const { rows } = await sql<{ table: string }>`
			select relname as table from pg_class
			where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
				and relrowsecurity`.execute(t.owner);
		const secured = rows.map((row) => row.table);
		const open = (await tenantTables(t.owner)).filter((table) => !secured.includes(table));
		expect(open).toEqual([]);
		expect(secured).toContain('force');
	});
});

describe('the application’s role', () => {
	test('is no superuser, passes no row security, makes nothing and owns nothing', async () => {
		const { rows } = await sql`
			select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
				(select count(*)::int from pg_class where relowner = r.oid) as tables,
				(select count(*)::int from pg_proc where proowner = r.oid) as functions,
				(select count(*)::int from pg_auth_members where member = r.oid) as memberships,
				has_schema_privilege(r.oid, 'public', 'create') as may_make
			from pg_roles r where rolname = 'waymark_app'`.execute(t.owner);
		const never = { rolsuper: false, rolbypassrls: false, rolcreaterole: false };
		expect(rows).toEqual([
			{
				...{ ...never, rolcreatedb: false, rolreplication: false },
				...{ tables: 0, functions: 0, memberships: 0, may_make: false }
			}
		]);
	});

	test.each(behindFunctions)('has no right on %s, which only functions reach', async (table) => {
		const { rows } = await sql`select has_any_column_privilege('waymark_app', ${table},
			'SELECT, INSERT, UPDATE') as some,
			has_table_privilege('waymark_app', ${table}, 'DELETE, TRUNCATE') as more`.execute(t.owner);
		expect(rows).toEqual([{ some: false, more: false }]);
	});

	test('may neither change nor remove what is appended', async () => {
		const { rows } = await sql<{ table: string }>`
			select table_name as table from information_schema.role_table_grants
			where grantee = 'waymark_app' and table_schema = 'public'
				and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')
		`.execute(t.owner);
		// Column rights are listed elsewhere; drafts may be removed, and counts of failures changed.
		const tables = [...new Set(rows.map(({ table }) => table))].sort();
		expect(tables).toEqual(['sealed_draft', 'throttle']);
		for (const table of ['statement', 'entry', 'audit', 'support_transition', 'victim_key']) {
			const right = await sql<{ may: boolean }>`
				select has_any_column_privilege('waymark_app', ${table}, 'UPDATE') as may`.execute(t.owner);
			expect([table, right.rows[0]?.may]).toEqual([table, false]);
		}
	});
});

describe('the migrations', () => {
	test('were all run, in the order of their names', async () => {
		const { rows } = await sql<{ name: string }>`
			select name from kysely_migration order by timestamp, name`.execute(t.owner);
		const files = readdirSync('migrations').map((file) => file.replace(/\.ts$/, ''));
		expect(rows.map((row) => row.name)).toEqual(files.sort());
	});

	test('leave tables that hold what the application writes', async () => {
		const w = await world(t);
		const about = { chosen: w.case, victim: w.victim, officer: w.officer };
		await store(t, await typicalRows(t, w, about));
		const empty: string[] = [];
		for (const table of await tenantTables(t.owner)) {
			const found = await sql`select from ${sql.table(table)} limit 1`.execute(t.owner);
			if (found.rows.length === 0) empty.push(table);
		}
		expect(empty).toEqual([]);
	});
});
