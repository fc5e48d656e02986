import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// A checker that reports nothing looks like one that finds nothing, so two mistakes are planted.
const folder = path.resolve('.svelte-kit/canary');
const mistake = "const count: number = 'three';\n";

let said = '';
let status: number | null = null;

beforeAll(() => {
	mkdirSync(folder, { recursive: true });
	const tsconfig = {
		extends: path.resolve('tsconfig.json'),
		include: ['*.ts', '*.svelte'],
		exclude: []
	};
	writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
	writeFileSync(path.join(folder, 'planted.ts'), `export ${mistake}`);
	writeFileSync(
		path.join(folder, 'Planted.svelte'),
		`<script lang="ts">\n\t${mistake}</script>\n\n<p>{count}</p>\n`
	);
	const bin = path.resolve('node_modules/svelte-check/bin/svelte-check');
	const where = ['--workspace', folder, '--tsconfig', path.join(folder, 'tsconfig.json')];
	const run = spawnSync(process.execPath, [bin, ...where, '--output', 'machine'], {
		encoding: 'utf8'
	});
	said = run.stdout + run.stderr;
	status = run.status;
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the type check reports a mistake in a module', () => {
	expect(said).toMatch(/ERROR "planted\.ts" 1:14 .*not assignable/);
});

test('the type check reports a mistake in a component', () => {
	expect(said).toMatch(/ERROR "Planted\.svelte" 2:8 .*not assignable/);
});

test('the type check fails when it reports', () => {
	expect(status).toBe(1);
});
