import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { handOver, type Places, type Purpose } from '#lib/server/db/embedded-files.ts';
import type { RoleName } from '#lib/server/db/roles.ts';

/** The passwords of the superuser and of the four roles. */
export type Secrets = Record<RoleName | 'postgres', string>;

/** The passwords of this cluster, made up at the first start. */
export async function readSecrets(places: Places): Promise<Secrets> {
	const text = await readFile(places.secrets, 'utf8').catch(() => undefined);
	if (text !== undefined) return JSON.parse(text);
	const word = () => randomBytes(24).toString('base64url');
	const secrets = {
		postgres: word(),
		waymark_owner: word(),
		waymark_app: word(),
		waymark_worker: word(),
		waymark_oversight: word()
	};
	await writeFile(places.secrets, JSON.stringify(secrets), { mode: 0o600 });
	return secrets;
}

/**
 * Makes the data folder unless it is there; gives whether it did. Throws with a plain sentence when
 * it cannot, or when the data are another major version's.
 */
export async function makeCluster(
	places: Places,
	secrets: Secrets,
	purpose: Purpose,
	say: (line: string) => void
): Promise<boolean> {
	const version = await readFile(path.join(places.data, 'PG_VERSION'), 'utf8').catch(
		() => undefined
	);
	if (version !== undefined) {
		if (version.trim() === '18') return false;
		throw new Error(
			`The data in ${places.data} were made by PostgreSQL ${version.trim()}, and this is 18. Start over with: npm run demo -- --reset`
		);
	}
	say('Preparing a new PostgreSQL data folder');
	// Made beside its place and moved there whole, so that a start cut short leaves nothing half done.
	const fresh = `${places.data}.new`;
	const passwordFile = path.join(places.home, 'superuser');
	await rm(fresh, { recursive: true, force: true });
	await mkdir(fresh, { mode: 0o700 });
	await writeFile(passwordFile, secrets.postgres, { mode: 0o600 });
	await handOver(fresh, places.owner);
	await handOver(passwordFile, places.owner);
	const settings = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
	// The built-in provider sorts the same on every machine, whatever locales are installed.
	settings.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin');
	settings.push('--builtin-locale=C.UTF-8', '--no-instructions');
	if (purpose === 'test') settings.push('--no-sync');
	try {
		await initialise(places, ['-D', fresh, ...settings]);
	} finally {
		await rm(passwordFile, { force: true });
	}
	await rm(places.data, { recursive: true, force: true });
	await rename(fresh, places.data);
	return true;
}

async function initialise(places: Places, settings: string[]): Promise<void> {
	const program = path.join(places.native, 'bin', 'initdb');
	const child = spawn(program, settings, { ...asOwner(places), stdio: ['ignore', 'pipe', 'pipe'] });
	const errors = collect(child);
	const [code] = await once(child, 'close').catch((error: unknown) => [String(error)]);
	if (code !== 0) throw new Error(`PostgreSQL could not make its data folder: ${tail(errors)}`);
}

/** How PostgreSQL's programs are started: as their user, in their folder, knowing little else. */
export function asOwner(places: Places): SpawnOptions {
	// A small environment: PGPORT, PGOPTIONS and the like must not reach in.
	const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
	return { env, cwd: places.home, ...(places.owner ?? {}) };
}

/** Gathers what a program says is wrong; old lines are dropped. */
export function collect(child: ChildProcess): string[] {
	const lines: string[] = [];
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		lines.push(text);
		if (lines.length > 50) lines.shift();
	});
	return lines;
}

/** The last lines of what was gathered, in one line. */
export function tail(lines: string[]): string {
	return lines.join('').trim().split('\n').slice(-5).join(' / ') || 'it gave no reason';
}
