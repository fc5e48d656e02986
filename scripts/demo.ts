import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '#lib/server/config.ts';
import { removeEmbedded } from '#lib/server/db/embedded.ts';
import { embeddedDatabase, givenDatabase } from '#lib/server/demo/database.ts';
import { demoKey } from '#lib/server/demo/codes-page.ts';
import { startMailbox } from '#lib/server/demo/mailbox.ts';
import { stepper } from '#lib/server/demo/step.ts';
import { openWorld, type World } from '#lib/server/demo/world.ts';
import { onStop, orExplain } from '#lib/server/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);
const step = stepper(say);
const given = process.env.DATABASE_URL?.trim() ? process.env.DATABASE_URL : undefined;
const stops: (() => Promise<void>)[] = [];
const stopping = new AbortController();

const reset = orExplain(readWords);
const config = orExplain(() =>
	readConfig({
		...process.env,
		NODE_ENV: 'development',
		WAYMARK_DEMO: '1',
		WAYMARK_KEYS: '',
		// Only for the check; the embedded one has its address once it runs.
		DATABASE_URL: given ?? 'postgres://waymark_app@127.0.0.1/waymark'
	})
);

onStop(async () => {
	stopping.abort();
	say('\nStopping');
	await stopAll();
	say('Stopped. What was entered is kept.');
});

try {
	await demo(config);
} catch (error) {
	// Whatever fails because we are being stopped is no failure.
	if (!stopping.signal.aborted) await fail(error instanceof Error ? error.message : String(error));
}

async function demo(config: Config): Promise<void> {
	if (reset) await step('Removing the demo world', () => removeEmbedded('demo'));
	const database = given
		? await step('Preparing your PostgreSQL', () => givenDatabase(config))
		: await step('Starting PostgreSQL', () => embeddedDatabase('demo'));
	stops.push(() => database.stop());
	const mailbox = config.smtpUrl ? undefined : await openMailbox(config, database.home);
	const world = await openWorld({
		root,
		home: database.home,
		urls: database.urls,
		smtpUrl: config.smtpUrl ?? mailbox?.smtpUrl ?? '',
		env: process.env,
		step,
		say,
		signal: stopping.signal
	});
	stops.push(() => world.stop());
	void world.crashed.then(fail);
	say(welcome(config, mailbox?.webUrl, world));
}

async function openMailbox(config: Config, home: string) {
	const file = path.join(home, 'mailbox.jsonl');
	const mailbox = await startMailbox({ webPort: config.port + 1, file });
	stops.push(() => mailbox.stop());
	return mailbox;
}

/** Whether to start over; throws on words it does not know. */
function readWords(): boolean {
	const words = process.argv.slice(2);
	const unknown = words.find((word) => word !== '--reset');
	if (unknown !== undefined) throw new Error('The demo knows one option: npm run demo -- --reset');
	if (words.length > 0 && given) {
		throw new Error('--reset empties the embedded database only. Empty your own by hand.');
	}
	return words.length > 0;
}

function welcome(
	config: Config,
	mailbox: string | undefined,
	{ signIns, invitation }: Pick<World, 'signIns' | 'invitation'>
): string {
	const rows = [
		['Who', 'Sign-in name', 'Password', 'Then', 'Begins at'],
		...signIns.map(({ who, name, password, then, start }) => [who, name, password, then, start])
	];
	const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
	const table = rows.map((row) => row.map((word, at) => word.padEnd(widths[at] ?? 0)).join('  '));
	return [
		'',
		`Waymark is ready:  ${config.origin}`,
		mailbox ? `The mail it sends: ${mailbox}` : 'The mail it sends goes to the server in SMTP_URL.',
		'',
		...table.map((line) => `  ${line.trimEnd()}`),
		'',
		mailbox
			? `The codes that staff are asked for: ${mailbox}/codes`
			: `Staff are asked for a code; add this key to an authenticator app: ${demoKey}`,
		'',
		...(invitation
			? [
					`${invitation.who} is invited and has no way in yet: ${config.origin}/begin`,
					`  Code ${invitation.code}, second number ${invitation.second}`,
					''
				]
			: []),
		'All of it is made up. Ctrl-C stops the demo and keeps what you enter;',
		'"npm run demo -- --reset" starts over.'
	].join('\n');
}

async function fail(words: string): Promise<void> {
	process.stderr.write(`\n${words}\n`);
	await stopAll();
	process.exit(1);
}

/** In the order opposite to starting, so that nothing loses what it stands on. */
async function stopAll(): Promise<void> {
	for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}
