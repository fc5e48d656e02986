import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { connect as dial } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded, type Embedded } from '#lib/server/db/embedded.ts';
import { excessPower } from '#lib/server/db/powers.ts';
import { makeDatabase, roleNames, type RoleName } from '#lib/server/db/roles.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let embedded: Embedded;

beforeAll(async () => {
	embedded = await startEmbedded({ purpose: 'test' });
	await makeDatabase(embedded.adminUrl, 'waymark');
});

afterAll(() => embedded.stop());

async function as<T>(role: RoleName | undefined, work: (client: pg.Client) => Promise<T>) {
	const client = new pg.Client({ connectionString: embedded.url('waymark', role) });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

describe('the embedded PostgreSQL', () => {
	test('is the PostgreSQL of production, on loopback only, with passwords', async () => {
		await as(undefined, async (client) => {
			const { rows } = await client.query(`select current_setting('server_version') as version,
				current_setting('listen_addresses') as address,
				current_setting('unix_socket_directories') as sockets,
				current_setting('log_statement') as log_statement`);
			expect(rows[0]).toEqual({
				version: expect.stringMatching(/^18\./),
				address: '127.0.0.1',
				sockets: '',
				log_statement: 'none'
			});
		});
		const wrong = new URL(embedded.url('waymark', 'waymark_app'));
		wrong.password = 'guessed';
		const client = new pg.Client({ connectionString: wrong.href });
		await expect(client.connect()).rejects.toThrow(/password authentication failed/);
	});

	test.each(roleNames)('%s is no superuser and is held by row security', async (role) => {
		const { rows } = await as(role, (client) =>
			client.query(`select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as powers
				from pg_roles where rolname = current_user`)
		);
		expect(rows).toEqual([{ powers: false }]);
	});

	test.each([
		'create table public.mine ()',
		'create schema mine',
		'create temporary table mine ()',
		'create table graphile_worker.mine ()'
	])('the application may not: %s', async (statement) => {
		await as('waymark_app', async (client) => {
			await expect(client.query(statement)).rejects.toThrow(/permission denied/);
		});
	});

	test('keeps what people write out of its log, also when a statement fails', async () => {
		await as('waymark_owner', async (client) => {
			await client.query('create table planted (word text unique)');
			await client.query("insert into planted values ('zanzibar')");
			const again = client.query('insert into planted values ($1)', ['zanzibar']);
			await expect(again).rejects.toThrow(/duplicate key/);
			await expect(client.query("select 'zanzibar'::int")).rejects.toThrow();
		});
		const folder = path.join(embedded.home, 'data', 'log');
		const lines = await Promise.all(
			(await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8'))
		);
		expect(lines.join('')).toContain('duplicate key');
		expect(lines.join('')).not.toMatch(/'zanzibar'|\(zanzibar\)/);
	});

	test('keeps its passwords where only its user can read them', async () => {
		const { mode } = await stat(path.join(embedded.home, 'secrets.json'));
		expect(mode & 0o077).toBe(0);
	});

	test('tells a role that may serve the application from those that may not', async () => {
		await as('waymark_owner', (client) => client.query('create table owned ()'));
		expect(await excessPower(embedded.url('waymark', 'waymark_app'))).toBeUndefined();
		expect(await excessPower(embedded.url('waymark', 'waymark_owner'))).toContain('owns tables');
		expect(await excessPower(embedded.url('waymark'))).toContain('superuser');
	});

	test('leaves nothing behind when stopped', async () => {
		const other = await startEmbedded({ purpose: 'test' });
		await other.stop();
		await expect(stat(other.home)).rejects.toThrow('ENOENT');
		expect(await answers(other.adminUrl)).toBe(false);
	});

	test('starts in a clone under a private home, with a closed umask, and dies with its starter', async () => {
		const home = await mkdtemp(path.join(tmpdir(), 'private-'));
		let folder: string | undefined;
		try {
			await chmod(home, 0o700);
			for (const part of ['src/lib/server/db', 'src/lib/server/http', 'package.json']) {
				await cp(path.join(root, part), path.join(home, part), { recursive: true });
			}
			await symlink(path.join(root, 'node_modules'), path.join(home, 'node_modules'));
			const found = await startInChild(home);
			folder = path.dirname(found.home);
			expect(await answers(found.adminUrl)).toBe(true);
			found.kill();
			await expect.poll(() => answers(found.adminUrl), { timeout: 10_000 }).toBe(false);
		} finally {
			await rm(home, { recursive: true, force: true });
			if (folder) await rm(folder, { recursive: true, force: true });
		}
	});
});

/** Starts one from the copy in `home` under umask 077, in a process that is then killed outright. */
async function startInChild(home: string) {
	const module = path.join(home, 'src/lib/server/db/embedded.ts');
	const program = `
		process.umask(0o077);
		const { startEmbedded } = await import(${JSON.stringify(module)});
		const { adminUrl, home } = await startEmbedded({ purpose: 'test' });
		console.log(JSON.stringify({ adminUrl, home }));
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const [line]: Buffer[] = await once(child.stdout, 'data');
	const found: { adminUrl: string; home: string } = JSON.parse(String(line));
	return { ...found, kill: () => child.kill('SIGKILL') };
}

async function answers(url: string): Promise<boolean> {
	const socket = dial(Number(new URL(url).port), '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
