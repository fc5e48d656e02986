import { sql, type Kysely } from 'kysely';
import { readConfig, type Config } from '#lib/server/config.ts';
import { connect } from '#lib/server/db/connect.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { provider, type Provider } from '#lib/server/provider/client.ts';
import { keyRing, type KeyRing } from '#lib/server/sealing/keyring.ts';
import { notFound } from '#lib/server/errors.ts';

export type App = {
	readonly config: Config;
	readonly db: Kysely<Database>;
	readonly keys: KeyRing;
	readonly force: () => Promise<Force>;
	readonly clock: () => Date;
	/** The force's own sign-in service for staff; null where there is none. */
	readonly provider: Provider | null;
};

export type Force = { readonly id: string; readonly slug: string; readonly name: string };

let started: App | undefined;

/** Gives the parts the process was started with; the first call reads the settings and connects. */
export function app(): App {
	started ??= start();
	return started;
}

function start(): App {
	const config = readConfig(process.env);
	if (!config.keys) throw new Error('WAYMARK_KEYS: a key ring is needed');
	const db = connect(config.databaseUrl);
	process.once('sveltekit:shutdown', () => void db.destroy());
	let force: Force | undefined;
	const clock = () => new Date();
	return {
		config,
		db,
		keys: keyRing(config.keys),
		clock,
		provider: config.provider ? provider(config.provider, clock) : null,
		// A force's own address does not change while we run, so it is asked for once.
		force: async () => (force ??= await findForce(db, config.origin))
	};
}

async function findForce(db: Kysely<Database>, origin: string): Promise<Force> {
	const { rows } = await sql<Force>`select * from force_for_origin(${origin})`.execute(db);
	const [force] = rows;
	if (!force) throw notFound();
	return force;
}
