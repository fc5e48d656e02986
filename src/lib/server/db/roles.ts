import pg from 'pg';

/** The four roles Waymark signs in to PostgreSQL with; none is superuser or passes row security. */
export const roleNames = [
	'waymark_owner',
	'waymark_app',
	'waymark_worker',
	'waymark_oversight'
] as const;
export type RoleName = (typeof roleNames)[number];
export type RolePasswords = Record<RoleName, string>;
/** The address of one database as each role. */
export type RoleUrls = Record<RoleName, string>;

/** The schema graphile-worker keeps its tables in; it belongs to `waymark_worker`. */
export const workerSchema = 'graphile_worker';

// Any number that nothing else in the cluster takes; two starts at once wait for each other.
const setUpLock = 7_249_301;

/**
 * Makes the four roles, or sets their passwords and takes back any power they should not have.
 * `adminUrl` must be a superuser's. Safe to repeat and to run twice at once.
 */
export async function makeRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
	await withLock(adminUrl, async (client) => {
		for (const role of roleNames) {
			const known = await client.query('select from pg_roles where rolname = $1', [role]);
			const password = client.escapeLiteral(passwords[role]);
			const powers = 'login nosuperuser nocreatedb nocreaterole noreplication nobypassrls';
			const verb = known.rowCount === 0 ? 'create' : 'alter';
			await client.query(`${verb} role ${role} with ${powers} password ${password}`);
		}
	});
}

/**
 * Makes the database `name` with its owner, its grants and the worker's schema, as a copy of
 * `template` when one is given. A database that exists only has its grants put right.
 */
export async function makeDatabase(
	adminUrl: string,
	name: string,
	template = 'template1'
): Promise<void> {
	await withLock(adminUrl, async (client) => {
		const database = client.escapeIdentifier(name);
		const known = await client.query('select from pg_database where datname = $1', [name]);
		if (known.rowCount === 0) {
			const from = client.escapeIdentifier(template);
			await client.query(`create database ${database} owner waymark_owner template ${from}`);
		}
		await client.query(`revoke all on database ${database} from public`);
		await client.query(`grant connect on database ${database} to ${roleNames.join(', ')}`);
	});
	// A lock holds within one database only, so it is taken in this one as well.
	await withLock(urlOfDatabase(adminUrl, name), async (client) => {
		await client.query('revoke create on schema public from public');
		const known = await client.query('select to_regnamespace($1) is not null as there', [
			workerSchema
		]);
		const [row] = known.rows;
		if (!row?.there) {
			await client.query(`create schema ${workerSchema} authorization waymark_worker`);
		}
		// Functions are open to everybody by default; the worker's are to be opened one by one.
		await client.query(
			'alter default privileges for role waymark_worker revoke execute on functions from public'
		);
	});
}

/** The same address with another database. */
export function urlOfDatabase(url: string, database: string): string {
	const changed = new URL(url);
	changed.pathname = `/${encodeURIComponent(database)}`;
	return changed.href;
}

/** The addresses of the database that `adminUrl` names, as each of the four roles. */
export function urlsOfRoles(adminUrl: string, passwords: RolePasswords): RoleUrls {
	const as = (role: RoleName) => {
		const url = new URL(adminUrl);
		url.username = role;
		url.password = passwords[role];
		return url.href;
	};
	return {
		waymark_owner: as('waymark_owner'),
		waymark_app: as('waymark_app'),
		waymark_worker: as('waymark_worker'),
		waymark_oversight: as('waymark_oversight')
	};
}

async function withLock(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
	await withClient(url, async (client) => {
		// A session's lock: it must span statements that cannot run in a transaction.
		await client.query('select pg_advisory_lock($1)', [setUpLock]);
		await work(client);
	});
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}
