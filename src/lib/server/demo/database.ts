import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { Config } from '#lib/server/config.ts';
import { startEmbedded } from '#lib/server/db/embedded.ts';
import { embeddedFolder } from '#lib/server/db/embedded-files.ts';
import {
	makeDatabase,
	makeRoles,
	roleNames,
	urlOfDatabase,
	urlsOfRoles,
	type RolePasswords,
	type RoleUrls
} from '#lib/server/db/roles.ts';

export type DemoDatabase = { urls: RoleUrls; home: string; stop(): Promise<void> };

/** Starts the embedded PostgreSQL and makes `waymark` in it, for a demo or a run of the tests. */
export async function embeddedDatabase(
	purpose: 'demo' | 'test',
	say?: (line: string) => void
): Promise<DemoDatabase> {
	const embedded = await startEmbedded({ purpose, ...(say ? { say } : {}) });
	try {
		await makeDatabase(embedded.adminUrl, 'waymark');
	} catch (error) {
		await embedded.stop();
		throw error;
	}
	const urls = Object.fromEntries(roleNames.map((role) => [role, embedded.url('waymark', role)]));
	return { urls: urls as RoleUrls, home: embedded.home, stop: embedded.stop };
}

/**
 * Uses a PostgreSQL of the user's own. With the addresses of the owner and the worker it is taken
 * as set up; with DATABASE_URL alone, that must be a superuser's, and the demo sets up the rest.
 * Throws with a plain sentence when neither holds.
 */
export async function givenDatabase(config: Config): Promise<DemoDatabase> {
	const home = path.join(await embeddedFolder(), 'demo');
	await mkdir(home, { recursive: true, mode: 0o700 });
	const { databaseUrl, databaseOwnerUrl, databaseWorkerUrl } = config;
	const stop = async () => undefined;
	if (databaseOwnerUrl && databaseWorkerUrl) {
		const urls = {
			waymark_owner: databaseOwnerUrl,
			waymark_app: databaseUrl,
			waymark_worker: databaseWorkerUrl,
			waymark_oversight: config.databaseOversightUrl ?? databaseUrl
		};
		return { urls, home, stop };
	}
	const passwords = await setUp(databaseUrl, path.join(home, 'given-roles.json'));
	return { urls: urlsOfRoles(databaseUrl, passwords), home, stop };
}

async function setUp(adminUrl: string, file: string): Promise<RolePasswords> {
	const there = await rolesThere(adminUrl);
	const kept = await readFile(file, 'utf8').catch(() => undefined);
	if (there > 0 && kept === undefined) {
		// They may be those of a Waymark in earnest, whose passwords must not be changed.
		throw new Error(
			'The PostgreSQL of DATABASE_URL has roles of a Waymark already. Set DATABASE_URL, DATABASE_OWNER_URL and DATABASE_WORKER_URL to the addresses of its roles.'
		);
	}
	const passwords: RolePasswords = kept === undefined ? newPasswords() : JSON.parse(kept);
	await writeFile(file, JSON.stringify(passwords), { mode: 0o600 });
	await makeRoles(urlOfDatabase(adminUrl, 'postgres'), passwords);
	const name = decodeURIComponent(new URL(adminUrl).pathname.slice(1)) || 'waymark';
	await makeDatabase(urlOfDatabase(adminUrl, 'postgres'), name);
	return passwords;
}

/** How many of our roles a server has; throws unless the address is a superuser's. */
async function rolesThere(url: string): Promise<number> {
	const client = new pg.Client({
		connectionString: urlOfDatabase(url, 'postgres'),
		connectionTimeoutMillis: 5000
	});
	try {
		await client.connect();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
		throw new Error(`The PostgreSQL of DATABASE_URL could not be reached (${code}).`, {
			cause: error
		});
	}
	try {
		const { rows } = await client.query<{ superuser: boolean; roles: number }>(
			`select (select rolsuper from pg_roles where rolname = current_user) as superuser,
				(select count(*)::int from pg_roles where rolname = any($1)) as roles`,
			[[...roleNames]]
		);
		if (rows[0]?.superuser) return rows[0].roles;
	} finally {
		await client.end();
	}
	throw new Error(
		'DATABASE_URL alone is enough for the demo only when it is a superuser’s. Otherwise set DATABASE_OWNER_URL and DATABASE_WORKER_URL as well (see .env.example).'
	);
}

function newPasswords(): RolePasswords {
	const word = () => randomBytes(24).toString('base64url');
	return {
		waymark_owner: word(),
		waymark_app: word(),
		waymark_worker: word(),
		waymark_oversight: word()
	};
}
