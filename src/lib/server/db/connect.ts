import {
	CompiledQuery,
	Kysely,
	PostgresDialect,
	PostgresDriver,
	type DatabaseConnection,
	type Driver,
	type LogEvent,
	type TransactionSettings
} from 'kysely';
import pg from 'pg';
import { beginAsActor } from '#lib/server/db/actor.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { log } from '#lib/server/log.ts';

// A day without a time stays the text PostgreSQL sent: a Date would drag a time zone in.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/**
 * Begins without waiting for the answer: the beginning, the actor and the first queries travel
 * together on the pipelined connection. The answer is looked at before anything is committed.
 */
class ActorDriver extends PostgresDriver {
	readonly #begun = new WeakMap<DatabaseConnection, Promise<unknown>>();

	override async beginTransaction(
		connection: DatabaseConnection,
		settings: TransactionSettings
	): Promise<void> {
		const mode = settings.accessMode === 'read only' ? 'begin read only' : 'begin';
		const begun = connection.executeQuery(CompiledQuery.raw(beginAsActor(mode)));
		begun.catch(() => undefined);
		this.#begun.set(connection, begun);
	}

	override async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await this.#begun.get(connection);
		await super.commitTransaction(connection);
	}
}

class ActorDialect extends PostgresDialect {
	readonly #pool: pg.Pool;

	constructor(pool: pg.Pool) {
		super({ pool });
		this.#pool = pool;
	}

	override createDriver(): Driver {
		return new ActorDriver({ pool: this.#pool });
	}
}

/** What a connection may cost: numbers of connections and milliseconds. */
export type PoolLimits = { max?: number; statementTimeout?: number };

/** Takes a PostgreSQL address; gives a pool that survives restarts of the server and never hangs. */
export function connect(url: string, limits: PoolLimits = {}): Kysely<Database> {
	const pool = new pg.Pool({
		connectionString: url,
		max: limits.max ?? 10,
		pipeline: true,
		connectionTimeoutMillis: 3_000,
		query_timeout: (limits.statementTimeout ?? 10_000) + 2_000,
		statement_timeout: limits.statementTimeout ?? 10_000,
		idle_in_transaction_session_timeout: 15_000,
		application_name: 'waymark'
	} as pg.PoolConfig);
	// Without this a restart of PostgreSQL would end the process.
	pool.on('error', (error) => log('db.idle_client_error', { code: code(error) }));
	// Nor may a connection that is cut while it is in use: the query that waits is told by itself.
	pool.on('connect', (client) => client.on('error', () => undefined));
	return new Kysely<Database>({ dialect: new ActorDialect(pool), log: report });
}

// SQL text and duration only: parameters and details quote what people wrote.
function report(event: LogEvent): void {
	if (event.level !== 'error') return;
	log('db.query_failed', {
		code: code(event.error),
		ms: Math.round(event.queryDurationMillis),
		sql: event.query.sql.slice(0, 200)
	});
}

function code(error: unknown): string {
	const found =
		typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
	return typeof found === 'string' ? found : 'unknown';
}
