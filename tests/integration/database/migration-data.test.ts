import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connect } from '#lib/server/db/connect.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import { makeDatabase } from '#lib/server/db/roles.ts';
import type { TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { tenantTables } from './catalog.ts';
import { store, typicalRows } from './rows.ts';

/** The first migration that finds the rows below; those before it make their tables. */
const first = '2026-11-27T1310-what-a-child-keeps.ts';
const later = ['opened_area', 'mailed_code'];

const name = `t_${randomBytes(6).toString('hex')}`;
const urls = inject('urls');
const owner = urls.owner.replace('DATABASE', name);
const app = connect(urls.app.replace('DATABASE', name));
const db = connect(owner);
let w: World;
let before: Record<string, number>;

beforeAll(async () => {
	await makeDatabase(inject('adminUrl'), name);
	const folder = earlierMigrations();
	await migrateToLatest(owner, () => undefined, folder);
	rmSync(folder, { recursive: true });
	const t: TestDatabase = {
		...{ app, owner: db, worker: db, urls: { owner, app: owner, worker: owner } },
		close: () => Promise.resolve()
	};
	w = await world(t);
	const rows = await typicalRows(t, w, {
		...{ chosen: w.case, victim: w.victim, officer: w.officer }
	});
	await store(
		t,
		Object.fromEntries(Object.entries(rows).filter(([table]) => !later.includes(table)))
	);
	before = await counts();
	await migrateToLatest(owner, () => undefined);
});
afterAll(() => Promise.all([app.destroy(), db.destroy()]));

// Inside the project, so that what they import is found.
function earlierMigrations(): string {
	mkdirSync('node_modules/.cache', { recursive: true });
	const folder = mkdtempSync(path.resolve('node_modules/.cache/migrations-'));
	for (const file of readdirSync('migrations').filter((one) => one < first)) {
		copyFileSync(path.join('migrations', file), path.join(folder, file));
	}
	return folder;
}

async function counts(): Promise<Record<string, number>> {
	const found: Record<string, number> = {};
	for (const table of await tenantTables(db)) {
		if (later.includes(table)) continue;
		const { rows } = await sql<{ n: number }>`
			select count(*)::int as n from ${sql.table(table)}`.execute(db);
		found[table] = rows[0]?.n ?? 0;
	}
	return found;
}

describe('rows from before', () => {
	test('are all there still', async () => {
		expect(Object.values(before).filter((count) => count > 0).length).toBeGreaterThan(30);
		expect(await counts()).toEqual(before);
	});

	test('say who asked and who began to write', async () => {
		const { rows } = await sql`select r.asked_by, t.opened_by from support_request r
			join thread t on t.request_id = r.id`.execute(db);
		const { accountId } = w.victim.actor;
		expect(rows).toEqual([{ asked_by: accountId, opened_by: accountId }]);
	});

	test('say since when a person has an account, and nothing where there is none', async () => {
		await w.caseOf(w.officer, null);
		const { rows } = await sql<{ own: boolean; since: boolean }>`
			select distinct account_id is not null as own, account_since is not null as since
			from participation order by 1`.execute(db);
		expect(rows).toEqual([
			{ own: false, since: false },
			{ own: true, since: true }
		]);
	});
});
