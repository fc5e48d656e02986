// What `npm run demo` and `npm test` do before anything else. Built-ins only and old syntax only:
// it runs before the packages are there, on whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const bin = path.join(root, 'node_modules', '.bin');

const oldestNode = 20;
const ownNode = 24;
const spaceToInstall = 1_500_000_000;
const spaceToRun = 300_000_000;
const stamp = path.join(root, 'node_modules', '.waymark-installed');

/** Ends with a plain explanation instead of a stack trace. */
export class Trouble extends Error {}

/** Runs `work` and turns what goes wrong into words and an exit status. */
export async function explain(work) {
	try {
		process.exitCode = await work();
	} catch (error) {
		const words = error instanceof Trouble ? error.message : String(error.stack ?? error);
		console.error(`\n${words}`);
		process.exitCode = 1;
	}
}

/** Sees that the packages are installed as the lock file says; gives the path of Node 24. */
export async function prepare() {
	checkNode();
	const installed = isInstalled();
	await checkSpace(installed ? spaceToRun : spaceToInstall);
	if (!installed) await install();
	const node = path.join(bin, 'node');
	const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '';
	if (!version.startsWith(`v${ownNode}.`)) {
		throw new Trouble(
			`Node ${ownNode}, which Waymark brings along, is not in node_modules.\n` +
				'npm was probably told not to run install scripts. Run this, then try again:\n' +
				'  npm rebuild node --ignore-scripts=false'
		);
	}
	return node;
}

/** The whole number in PORT, or 3000. */
export function wantedPort() {
	const text = process.env.PORT?.trim() || '3000';
	const port = Number(text);
	if (/^\d+$/.test(text) && port >= 1 && port <= 65_534) return port;
	throw new Trouble('PORT must be a port number from 1 to 65534.');
}

/** Complains when one of `ports`, the first of which is PORT, cannot be listened on at HOST. */
export async function checkPorts(ports, command) {
	const host = process.env.HOST?.trim() || '127.0.0.1';
	for (const port of ports) {
		const code = (await tryPort(port, host)) ?? (await tryLocalhost(port, host));
		if (code === undefined) continue;
		if (code === 'EADDRINUSE') {
			throw new Trouble(
				`Port ${port} is taken by another program (perhaps another demo).\n` +
					`Stop that program, or choose another port: PORT=${ports[0] + 100} ${command}`
			);
		}
		if (code === 'EACCES') throw new Trouble(`PORT must not be ${port}: this user may not use it.`);
		throw new Trouble('HOST must be an address of this machine to listen on, such as 127.0.0.1.');
	}
}

// A browser may try the IPv6 name of localhost first and would meet the other program there.
async function tryLocalhost(port, host) {
	const code = host === '127.0.0.1' ? await tryPort(port, '::1') : undefined;
	return code === 'EADDRINUSE' ? code : undefined;
}

function tryPort(port, host) {
	return new Promise((resolve) => {
		const probe = createServer();
		probe.once('error', (error) => resolve(error.code));
		probe.listen(port, host, () => probe.close(() => resolve(undefined)));
	});
}

function checkNode() {
	const major = Number(process.versions.node.split('.')[0]);
	if (major < oldestNode) {
		throw new Trouble(
			`Node ${oldestNode} or newer is needed to begin, and this is ${process.versions.node}.\n` +
				'See https://nodejs.org/en/download or your system’s packages.'
		);
	}
	const npm = spawnSync('npm', ['--version'], { encoding: 'utf8', env: outerEnv() });
	if (npm.status !== 0)
		throw new Trouble('npm is needed and was not found. On Debian: apt install npm');
}

function lockHash() {
	const lock = readFileSync(path.join(root, 'package-lock.json'));
	return createHash('sha256')
		.update(lock)
		.update(`${process.platform} ${process.arch}`)
		.digest('hex');
}

function isInstalled() {
	if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === lockHash();
	// Somebody ran npm by hand: npm writes this file last, so it says that all of it is there.
	const mark = path.join(root, 'node_modules', '.package-lock.json');
	const lock = path.join(root, 'package-lock.json');
	if (!existsSync(mark) || statSync(mark).mtimeMs < statSync(lock).mtimeMs) return false;
	writeFileSync(stamp, lockHash());
	return true;
}

async function checkSpace(needed) {
	const asRoot = process.getuid?.() === 0;
	for (const [folder, least] of [[root, needed], ...(asRoot ? [['/var/lib', spaceToRun]] : [])]) {
		const { bavail, bsize } = await statfs(folder);
		if (bavail * bsize >= least) continue;
		const free = Math.floor((bavail * bsize) / 1e6);
		throw new Trouble(
			`The disk is too full: ${free} MB are free at ${folder} and about ${least / 1e6} MB are needed.\n` +
				'Make room, then try again.'
		);
	}
}

async function install() {
	const started = Date.now();
	console.log('Installing packages (npm ci); a minute or two the first time.');
	const ticker = setInterval(() => {
		console.log(`  still installing, ${seconds(started)}`);
	}, 15_000);
	const { code, errors } = await runNpm([
		'ci',
		'--include=dev',
		'--loglevel=error',
		'--no-audit',
		'--no-fund',
		'--fetch-retries=2',
		'--fetch-retry-mintimeout=1000',
		'--fetch-retry-maxtimeout=5000'
	]).finally(() => clearInterval(ticker));
	if (code !== 0) throw new Trouble(whyNpmFailed(errors));
	mkdirSync(path.dirname(stamp), { recursive: true });
	writeFileSync(stamp, lockHash());
	console.log(`  installed in ${seconds(started)}`);
}

function runNpm(words) {
	return new Promise((resolve) => {
		const child = spawn('npm', words, {
			cwd: root,
			env: outerEnv(),
			stdio: ['ignore', 'inherit', 'pipe']
		});
		let errors = '';
		child.stderr.setEncoding('utf8').on('data', (text) => {
			errors += text;
			process.stderr.write(text);
		});
		child.on('error', (error) => resolve({ code: 1, errors: String(error) }));
		child.on('close', (code) => resolve({ code: code ?? 1, errors }));
	});
}

function whyNpmFailed(errors) {
	if (/ENOSPC/.test(errors)) return 'The disk is full. Make room, then try again.';
	const unreachable =
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|network/;
	if (unreachable.test(errors)) {
		return (
			`The package registry${registry()} could not be reached, so nothing was installed.\n` +
			'Check the network and any proxy (npm config get registry proxy https-proxy), then try again.'
		);
	}
	if (/EACCES|EPERM/.test(errors)) {
		return `npm may not write in ${root}. Use a folder that belongs to you, then try again.`;
	}
	if (/E40[134]\b/.test(errors)) {
		return `The package registry${registry()} refused or does not have a package; npm’s words are above.`;
	}
	return 'npm could not install the packages; its own words are above.';
}

// Only the host: the address may hold a password.
function registry() {
	const asked = spawnSync('npm', ['config', 'get', 'registry'], {
		encoding: 'utf8',
		env: outerEnv()
	});
	try {
		return ` (${new URL(asked.stdout.trim()).host})`;
	} catch {
		return '';
	}
}

// `npm run` puts our own Node first, and `npm ci` is about to delete it.
function outerEnv() {
	const places = (process.env.PATH ?? '').split(path.delimiter);
	const outer = places.filter((place) => !place.endsWith(path.join('node_modules', '.bin')));
	return { ...process.env, PATH: outer.join(path.delimiter) };
}

/** The time since `started`, such as "1.4 s". */
export function seconds(started) {
	return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
