import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Config, type Environment } from '#lib/server/config.ts';
import { migrateToLatest } from '#lib/server/db/migrate.ts';
import type { RoleUrls } from '#lib/server/db/roles.ts';
import { buildIfStale } from '#lib/server/demo/build.ts';
import { startScript, untilAnswers, type Running } from '#lib/server/demo/processes.ts';
import { seedDemo, type Seeded } from '#lib/server/demo/seed.ts';
import type { Step } from '#lib/server/demo/step.ts';
import { installWorkerSchema } from '#lib/server/jobs/install.ts';
import { keyRing } from '#lib/server/sealing/keyring.ts';

export type SignIn = Seeded['signIns'][number];
export type World = Seeded & {
	/** What its processes were started with. */
	env: Environment;
	crashed: Promise<string>;
	stop(): Promise<void>;
};

type Place = {
	root: string;
	/** Keeps the key ring and the processes' lines. */
	home: string;
	/** The addresses of the four roles in one database. */
	urls: RoleUrls;
	smtpUrl: string;
	/** HOST, PORT and ORIGIN where they are not the defaults. */
	env: Environment;
	step: Step;
	say: (line: string) => void;
	signal: AbortSignal;
};

const patience = 30;

/**
 * Brings the demo world up on a database that is there: tables, people, build, server and worker.
 * Resolves when the server answers. What was started is stopped again when a later step fails.
 */
export async function openWorld(place: Place): Promise<World> {
	const env = await environment(place);
	const config = readConfig(env);
	const { step, urls } = place;
	await step('Bringing the tables up to date', async () => {
		await migrateToLatest(urls.waymark_owner, () => undefined, path.join(place.root, 'migrations'));
		await installWorkerSchema(urls.waymark_worker);
	});
	const seeded = await step('Filling the demo world', () => seed(place, config));
	const built = await step('Building the site', () => buildIfStale(place.root, place.signal));
	if (!built) place.say('  nothing has changed since the last build');
	place.signal.throwIfAborted();
	const running = ['serve', 'worker'] as const;
	const processes = running.map((name) =>
		startScript(name, { root: place.root, env, logFile: path.join(place.home, `${name}.log`) })
	);
	const stop = async () => {
		await Promise.all(processes.map((each) => each.stop()));
	};
	const crashed = Promise.race(processes.map((each) => each.crashed));
	try {
		await step('Starting the server and the worker', () => untilUp(config, crashed));
	} catch (error) {
		await stop();
		throw error;
	}
	return { ...seeded, env, crashed, stop };
}

async function untilUp(config: Config, crashed: Running['crashed']): Promise<void> {
	// Asked for on the address it listens on: ORIGIN may be a name that only a proxy answers to.
	const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
	const shown = host.includes(':') ? `[${host}]` : host;
	const health = `http://${shown}:${String(config.port)}/health`;
	const found = await Promise.race([untilAnswers(health, patience), crashed]);
	if (typeof found === 'string') throw new Error(found);
	if (!found.ok) {
		throw new Error(
			`The server did not come up within ${String(patience)} seconds: ${found.last}.`
		);
	}
}

function seed(place: Place, config: Config) {
	if (!config.keys) throw new Error('The demo has no key ring.');
	return seedDemo({
		ownerUrl: place.urls.waymark_owner,
		appUrl: place.urls.waymark_app,
		keys: keyRing(config.keys),
		origin: config.origin,
		say: place.say
	});
}

async function environment(place: Place): Promise<Environment> {
	return {
		...place.env,
		NODE_ENV: 'development',
		WAYMARK_DEMO: '1',
		WAYMARK_KEYS: await keyFile(place.home),
		DATABASE_URL: place.urls.waymark_app,
		DATABASE_OWNER_URL: place.urls.waymark_owner,
		DATABASE_WORKER_URL: place.urls.waymark_worker,
		DATABASE_OVERSIGHT_URL: place.urls.waymark_oversight,
		SMTP_URL: place.smtpUrl
	};
}

/** The address of the demo's own key ring, made at the first start. */
async function keyFile(home: string): Promise<string> {
	const file = path.join(home, 'keys.json');
	const known = await readFile(file, 'utf8').catch(() => undefined);
	if (known === undefined) {
		const ring = { current: 'k1', keys: { k1: randomBytes(32).toString('base64url') } };
		await writeFile(file, JSON.stringify(ring), { mode: 0o600 });
	}
	return pathToFileURL(file).href;
}
