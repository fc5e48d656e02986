import { Kysely, PostgresDialect } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import pg from 'pg';
import { allNeeds, NEEDS_VERSION } from '#lib/domain/need/catalogue.ts';
import type { Database } from '#lib/server/db/schema.ts';

/**
 * Brings the schema to the newest migration, as the role that owns the tables, then records the
 * need catalogue that this build speaks. Says each step; throws when one fails.
 */
export async function migrateToLatest(
	ownerUrl: string,
	say: (line: string) => void,
	folder = join(process.cwd(), 'migrations')
): Promise<void> {
	const db = new Kysely<Database>({
		dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: ownerUrl, max: 2 }) })
	});
	try {
		const migrator = new Migrator({
			db,
			provider: { getMigrations: () => readMigrations(folder) }
		});
		const { error, results } = await migrator.migrateToLatest();
		for (const step of results ?? []) say(`  ${step.migrationName}: ${step.status.toLowerCase()}`);
		if (error) throw error;
		await recordCatalogue(db);
	} finally {
		await db.destroy();
	}
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
	const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
	const loaded = names.map(async (name): Promise<[string, Migration]> => {
		// The address is computed at run time, so that no bundler tries to pull migrations in.
		const address = pathToFileURL(join(folder, name)).href;
		return [name.replace(/\.ts$/, ''), (await import(/* @vite-ignore */ address)) as Migration];
	});
	return Object.fromEntries(await Promise.all(loaded));
}

/** A version, once stored, is history: its rows are added when new and never changed. */
async function recordCatalogue(db: Kysely<Database>): Promise<void> {
	const version = NEEDS_VERSION;
	await db
		.insertInto('need_catalogue')
		.values({ version, in_force_from: '2026-11-01' })
		.onConflict((clash) => clash.doNothing())
		.execute();
	await db
		.insertInto('need_catalogue_need')
		.values(
			allNeeds(version).map((need) => ({
				version,
				need_id: need.id,
				area: need.area,
				sensitivity: need.sensitivity
			}))
		)
		.onConflict((clash) => clash.doNothing())
		.execute();
}
