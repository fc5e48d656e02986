import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
	asOwner,
	collect,
	makeCluster,
	readSecrets,
	tail
} from '#lib/server/db/embedded-cluster.ts';
import {
	isAlive,
	preparePlaces,
	type Places,
	type Purpose
} from '#lib/server/db/embedded-files.ts';
import { makeRoles, urlOfDatabase, type RoleName } from '#lib/server/db/roles.ts';
import { freePort } from '#lib/server/http/free-port.ts';

export type Embedded = {
	/** The superuser's address; for setting up, never for the application. */
	adminUrl: string;
	/** The address of `database` as `role`, or as the superuser without one. */
	url(database: string, role?: RoleName): string;
	/** Shuts down fast and cleanly: clients are cut off, nothing that was committed is lost. */
	stop(): Promise<void>;
	/** Whether this start made the data folder. */
	firstTime: boolean;
	/** The folder that holds the data, for what else belongs to the same world. */
	home: string;
};

type Server = { process: ChildProcess; port: number; errors: string[] };

const startLimit = 60_000;
const stopLimit = 30_000;
const shutDownGrace = 3000;

// PostgreSQL runs under a shell that waits for our end of a pipe to close, so that it shuts down
// cleanly even when we are killed without a chance to say so.
const guard =
	'exec 3<&0; "$@" 3<&- & server=$!; (cat <&3 >/dev/null; kill -INT $server) 2>/dev/null & wait $server';

// What people write must not reach the log, neither as statements nor as values or row details.
const quietLog = {
	log_statement: 'none',
	log_min_duration_statement: '-1',
	log_parameter_max_length: '0',
	log_parameter_max_length_on_error: '0',
	log_min_error_statement: 'panic',
	log_error_verbosity: 'terse'
};

/**
 * Starts a real PostgreSQL on loopback with Waymark's four roles. `demo` keeps its data between
 * starts and writes durably; `test` begins empty, skips syncing and removes its data at the end.
 * Throws an Error with a plain sentence when it cannot.
 */
export async function startEmbedded(options: {
	purpose: Purpose;
	port?: number;
	say?: (line: string) => void;
}): Promise<Embedded> {
	const say = options.say ?? (() => undefined);
	if (process.platform === 'win32') {
		throw new Error('The embedded PostgreSQL needs Linux or macOS; on Windows use WSL.');
	}
	const places = await preparePlaces(options.purpose);
	await refuseSecondStart(places);
	const secrets = await readSecrets(places);
	const firstTime = await makeCluster(places, secrets, options.purpose, say);
	const server = await launch(places, options.purpose, options.port);
	const adminUrl = `postgres://postgres:${secrets.postgres}@127.0.0.1:${String(server.port)}/postgres`;
	await untilReady(adminUrl, server);
	await makeRoles(adminUrl, secrets);
	const url = (database: string, role: RoleName | 'postgres' = 'postgres') => {
		const address = new URL(urlOfDatabase(adminUrl, database));
		address.username = role;
		address.password = secrets[role];
		return address.href;
	};
	const stop = async () => {
		await shutDown(server, places);
		if (options.purpose === 'test') await rm(places.home, { recursive: true, force: true });
	};
	return { adminUrl, url, stop, firstTime, home: places.home };
}

/** Removes everything the embedded PostgreSQL keeps for `purpose`; refuses while it runs. */
export async function removeEmbedded(purpose: Purpose): Promise<void> {
	const places = await preparePlaces(purpose);
	await refuseSecondStart(places);
	await rm(places.home, { recursive: true, force: true });
}

async function refuseSecondStart(places: Places): Promise<void> {
	const until = Date.now() + shutDownGrace;
	let pid = await runningServer(places);
	// One whose starter was killed shuts down by itself, within a moment.
	while (pid !== undefined && Date.now() < until) {
		await sleep(100);
		pid = await runningServer(places);
	}
	if (pid === undefined) return;
	throw new Error(
		`A PostgreSQL for this clone is running already (process ${String(pid)}), so the demo is probably open in another terminal. Stop it there with Ctrl-C first. If no terminal holds it, end it with: kill -INT ${String(pid)}`
	);
}

/** The id of the PostgreSQL that runs on these data, if one does. */
async function runningServer(places: Places): Promise<number | undefined> {
	const file = path.join(places.data, 'postmaster.pid');
	const text = await readFile(file, 'utf8').catch(() => undefined);
	const pid = Number(text?.split('\n')[0]);
	if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
	const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => undefined);
	if (command === undefined || command.includes(places.data)) return pid;
	// The id in a file left by a crash now belongs to something else, which would stop PostgreSQL.
	await rm(file);
	return undefined;
}

async function launch(places: Places, purpose: Purpose, port?: number): Promise<Server> {
	const settings: Record<string, string> = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		port: String(port ?? (await freePort())),
		timezone: 'UTC',
		log_timezone: 'UTC',
		logging_collector: 'on',
		log_directory: 'log',
		log_filename: 'postgresql-%a.log',
		log_truncate_on_rotation: 'on',
		log_rotation_age: '1d',
		...quietLog,
		...(purpose === 'test'
			? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
			: {})
	};
	const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const program = path.join(places.native, 'bin', 'postgres');
	const command = ['-c', guard, 'sh', program, '-D', places.data, ...words];
	const child = spawn('/bin/sh', command, {
		...asOwner(places),
		stdio: ['pipe', 'ignore', 'pipe'],
		// Out of the terminal's group: Ctrl-C is for us, who stop PostgreSQL last.
		detached: true
	});
	child.stdin?.on('error', () => undefined);
	return { process: child, port: Number(settings.port), errors: collect(child) };
}

async function untilReady(adminUrl: string, server: Server): Promise<void> {
	const until = Date.now() + startLimit;
	while (Date.now() < until) {
		if (server.process.exitCode !== null || server.process.signalCode !== null) break;
		const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2000 });
		try {
			await client.connect();
			return;
		} catch {
			await sleep(25);
		} finally {
			await client.end().catch(() => undefined);
		}
	}
	server.process.stdin?.end();
	throw new Error(
		`PostgreSQL did not start on port ${String(server.port)}: ${tail(server.errors)}`
	);
}

async function shutDown(server: Server, places: Places): Promise<void> {
	const child = server.process;
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = once(child, 'exit');
	const late = setTimeout(() => {
		// Fast shutdown hung: leave at once, and let the next start recover from the log.
		void runningServer(places).then((pid) => pid !== undefined && process.kill(pid, 'SIGQUIT'));
	}, stopLimit);
	child.stdin?.end();
	await gone;
	clearTimeout(late);
}
