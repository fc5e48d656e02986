// `npm test`: installs what is missing, runs every check in turn whether or not the one before
// failed, and ends with one line that counts them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bin, explain, prepare, root, seconds, Trouble } from './prepare.mjs';

const chromium = '/usr/bin/chromium';
const reports = mkdtempSync(path.join(tmpdir(), 'waymark-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };

const program = (...words) => path.join(root, 'node_modules', ...words);
const vitest = program('vitest', 'vitest.mjs');
const unit = path.join(reports, 'unit.json');
const integration = path.join(reports, 'integration.json');
const journeys = path.join(reports, 'journeys.json');

const steps = [
	{ name: 'Formatting', words: [program('prettier', 'bin', 'prettier.cjs'), '--check', '.'] },
	{ name: 'Lint', words: [program('eslint', 'bin', 'eslint.js'), '.'] },
	{
		name: 'Types',
		words: [
			program('svelte-check', 'bin', 'svelte-check'),
			'--tsconfig',
			'./tsconfig.json',
			'--fail-on-warnings'
		]
	},
	{
		name: 'Unit tests',
		words: [vitest, 'run', '--project', 'unit', ...reportTo(unit)],
		count: () => countVitest(unit)
	},
	{
		name: 'Integration tests',
		words: [vitest, 'run', '--project', 'integration', ...reportTo(integration)],
		count: () => countVitest(integration)
	},
	{ name: 'Build', words: ['scripts/build.ts'] },
	{
		name: 'Journeys',
		words: ['scripts/journeys.ts', '--reporter=line,json'],
		needs: [needChromium, needBuild],
		count: () => countPlaywright(journeys)
	}
];

await explain(async () => {
	try {
		const node = await prepare();
		const problem = findChromium();
		if (problem) console.log(problem);
		const sync = await run(node, [program('@sveltejs', 'kit', 'svelte-kit.js'), 'sync']);
		if (sync.code !== 0) throw new Trouble(sync.output);
		for (const step of steps) await check(node, step);
	} finally {
		rmSync(reports, { recursive: true, force: true });
	}
	const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
	console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
	return total.failed > 0 ? 1 : 0;
});

async function check(node, step) {
	const started = Date.now();
	console.log(`\n== ${step.name}`);
	const missing = (step.needs ?? []).map((need) => need()).find(Boolean);
	if (missing) {
		console.log(`Not run: ${missing}`);
		total.failed += 1;
		return;
	}
	const { code, output } = await run(node, step.words);
	step.passed = code === 0;
	const counted = step.count?.() ?? { passed: 0, failed: 0, skipped: 0 };
	// What fails without a test to blame (a file that cannot be loaded, a crash) counts as one.
	if (!step.passed && counted.failed === 0) counted.failed = 1;
	if (step.passed && !step.count) counted.passed = 1;
	if (step.passed && step.count && counted.passed === 0) counted.failed += 1;
	if (counted.failed > 0) console.log(output.trimEnd());
	for (const kind of Object.keys(total)) total[kind] += counted[kind];
	const word = counted.failed > 0 ? 'FAILED' : 'passed';
	const tests = step.count ? ` (${counted.passed} passed, ${counted.failed} failed)` : '';
	console.log(`${word} in ${seconds(started)}${tests}`);
}

function run(node, words) {
	return new Promise((resolve) => {
		const started = Date.now();
		const ticker = setInterval(() => console.log(`  still running, ${seconds(started)}`), 30_000);
		const env = {
			...process.env,
			PATH: `${bin}${path.delimiter}${process.env.PATH}`,
			PLAYWRIGHT_JSON_OUTPUT_FILE: journeys,
			FORCE_COLOR: '0',
			NO_COLOR: '1'
		};
		const child = spawn(node, words, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
		let output = '';
		const gather = (text) => (output += text);
		child.stdout.setEncoding('utf8').on('data', gather);
		child.stderr.setEncoding('utf8').on('data', gather);
		child.on('error', (error) => gather(String(error)));
		child.on('close', (code) => {
			clearInterval(ticker);
			resolve({ code: code ?? 1, output });
		});
	});
}

function reportTo(file) {
	return ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
}

function countVitest(file) {
	const report = readReport(file);
	return {
		passed: report.numPassedTests ?? 0,
		failed: report.numFailedTests ?? 0,
		skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
	};
}

// One that passed only when tried again has failed once.
function countPlaywright(file) {
	const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport(file).stats ?? {};
	return { passed: expected, failed: unexpected + flaky, skipped };
}

function readReport(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function needBuild() {
	return steps.find((step) => step.name === 'Build').passed ? undefined : 'the build failed.';
}

function needChromium() {
	return existsSync(chromium) ? undefined : 'there is no Chromium (see above).';
}

/** Sees to Debian's Chromium; gives what is wrong when there is none in the end. */
function findChromium() {
	if (existsSync(chromium)) return undefined;
	if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).error) {
		return `The journeys need Chromium at ${chromium}. On Debian: sudo apt-get install chromium`;
	}
	console.log('Installing Chromium (apt-get); a minute or two the first time.');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
	const words = ['install', '-y', '--no-install-recommends', 'chromium'];
	for (const each of [['update'], words]) {
		const done = spawnSync('apt-get', [...quiet, ...each], { encoding: 'utf8', env });
		if (done.status !== 0) return `apt-get could not install Chromium:\n${done.stderr}`;
	}
	return undefined;
}
