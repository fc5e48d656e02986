import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { embeddedDatabase } from '#lib/server/demo/database.ts';
import { demoKey } from '#lib/server/demo/codes-page.ts';
import { startMailbox } from '#lib/server/demo/mailbox.ts';
import { startProvider } from '#lib/server/demo/provider.ts';
import { stepper } from '#lib/server/demo/step.ts';
import { openWorld } from '#lib/server/demo/world.ts';
import { freePort } from '#lib/server/http/free-port.ts';
import { onStop } from '#lib/server/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const step = stepper(say);
const stops: (() => Promise<void>)[] = [];
const stopping = new AbortController();

onStop(async () => {
	stopping.abort();
	await stopAll();
});

let code = 1;
try {
	code = await journeys();
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
} finally {
	await stopAll();
}
process.exit(code);

/** Plays the journeys against a world of their own; gives Playwright's exit status. */
async function journeys(): Promise<number> {
	const database = await step('Starting PostgreSQL', () => embeddedDatabase('test'));
	stops.push(() => database.stop());
	const mailbox = await startMailbox();
	stops.push(() => mailbox.stop());
	const port = await freePort();
	const origin = `http://localhost:${String(port)}`;
	const provider = await startProvider(origin);
	stops.push(() => provider.stop());
	// One newcomer for each way in which the journeys are played.
	for (const way of ['phone', 'phone-no-js', 'desktop', 'desktop-no-js']) {
		provider.put({ subject: `new-${way}`, roles: ['wm-officers'], label: 'PC 4777' });
	}
	provider.put({ subject: 'cook', roles: ['wm-canteen'] });
	const own = { HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin };
	const env = { ...process.env, ...own, ...provider.env };
	const world = await openWorld({
		root,
		home: database.home,
		urls: database.urls,
		smtpUrl: mailbox.smtpUrl,
		env,
		step,
		say,
		signal: stopping.signal
	});
	stops.push(() => world.stop());
	void world.crashed.then((words) => process.stderr.write(`${words}\n`));
	return play({
		...process.env,
		BASE_URL: origin,
		MAILBOX_URL: mailbox.webUrl,
		SIGN_INS: JSON.stringify(world.signIns),
		STAFF_KEY: demoKey,
		// For the tests that start a server of their own on the same world.
		WORLD_ENV: JSON.stringify(world.env)
	});
}

async function play(env: NodeJS.ProcessEnv): Promise<number> {
	const program = fileURLToPath(
		new URL('../node_modules/@playwright/test/cli.js', import.meta.url)
	);
	const words = [program, 'test', ...process.argv.slice(2)];
	const child = spawn(process.execPath, words, { cwd: root, env, stdio: 'inherit' });
	stops.push(async () => void child.kill('SIGTERM'));
	const [found] = await once(child, 'exit');
	return typeof found === 'number' ? found : 1;
}

async function stopAll(): Promise<void> {
	for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}
