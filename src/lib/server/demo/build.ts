import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const sources = ['src', 'static'];
const settings = ['svelte.config.js', 'vite.config.ts', 'package.json', 'package-lock.json'];

/**
 * Builds the application in `root` unless the build there was made from these very sources.
 * Gives whether it had to. Throws with the builder's last words when it fails, and stops when
 * `signal` says so.
 */
export async function buildIfStale(root: string, signal?: AbortSignal): Promise<boolean> {
	const stamp = path.join(root, 'build', '.stamp');
	const now = await hashOf(root);
	if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return false;
	const program = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
	const child = spawn(process.execPath, [program, 'build'], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		...(signal ? { signal } : {})
	});
	let output = '';
	child.stdout.on('data', (text: Buffer) => (output += text.toString()));
	child.stderr.on('data', (text: Buffer) => (output += text.toString()));
	const [code] = await once(child, 'close');
	if (code !== 0)
		throw new Error(`The build failed:\n${output.trim().split('\n').slice(-40).join('\n')}`);
	await writeFile(stamp, now);
	return true;
}

/** A hash over the names and contents of everything that a build is made from. */
async function hashOf(root: string): Promise<string> {
	const hash = createHash('sha256');
	for (const source of sources) {
		const folder = path.join(root, source);
		const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
		const files = entries.filter((entry) => entry.isFile() && !/\.test\.ts$/.test(entry.name));
		const names = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
		for (const name of names) {
			hash.update(`${path.relative(root, name)}\0`).update(await readFile(name));
		}
	}
	for (const name of settings)
		hash.update(`${name}\0`).update(await readFile(path.join(root, name)));
	return hash.digest('hex');
}
