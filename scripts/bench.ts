import { embeddedDatabase } from '#lib/server/demo/database.ts';
import { startMailbox } from '#lib/server/demo/mailbox.ts';
import { stepper } from '#lib/server/demo/step.ts';
import { openWorld } from '#lib/server/demo/world.ts';
import { readConfig } from '#lib/server/config.ts';
import { connect } from '#lib/server/db/connect.ts';
import { freePort } from '#lib/server/http/free-port.ts';
import { onStop } from '#lib/server/process.ts';
import { keyRing } from '#lib/server/sealing/keyring.ts';
import { fileURLToPath } from 'node:url';
import { knownCodes, knownNames } from './bench/known.ts';

// `npm run bench`: one line of JSON for each figure, on standard output; progress on the other.
const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => void process.stderr.write(`${line}\n`);
const step = stepper(say);
const stops: (() => Promise<void>)[] = [];
const stopping = new AbortController();

onStop(async () => {
	stopping.abort();
	await stopAll();
});

try {
	await bench();
} finally {
	await stopAll();
}
process.exit(0);

async function bench(): Promise<void> {
	const database = await step('Starting PostgreSQL', () => embeddedDatabase('test'));
	stops.push(() => database.stop());
	const mailbox = await startMailbox();
	stops.push(() => mailbox.stop());
	const port = await freePort();
	const origin = `http://localhost:${String(port)}`;
	const { home, urls } = database;
	// One proxy in front: each try says where it comes from, as if from a place of its own.
	const own = { HOST: '127.0.0.1', PORT: String(port), ORIGIN: origin, WAYMARK_PROXIES: '1' };
	const env = { ...process.env, ...own };
	const { smtpUrl } = mailbox;
	const world = await openWorld({
		root,
		home,
		urls,
		smtpUrl,
		env,
		step,
		say,
		signal: stopping.signal
	});
	stops.push(() => world.stop());
	const { keys } = readConfig(world.env);
	if (!keys) throw new Error('The demo has no key ring.');
	const owner = connect(urls.waymark_owner, { max: 2 });
	stops.push(() => owner.destroy());
	const place = { owner, keys: keyRing(keys), origin };
	for (const figure of [knownNames, knownCodes]) {
		const found = await step('Trying names and codes, known and not', () => figure(place));
		process.stdout.write(`${JSON.stringify(found)}\n`);
	}
}

async function stopAll(): Promise<void> {
	for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}
