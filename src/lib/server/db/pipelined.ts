import { DummyDriver, PostgresDialect, Transaction, type DatabaseConnection } from 'kysely';
import pg from 'pg';
import type { Database } from '#lib/server/db/schema.ts';

// A transaction must be given a dialect and a driver; inside one, neither is ever used.
const dialect = new PostgresDialect({ pool: () => Promise.resolve(new pg.Pool()) });
const driver = new DummyDriver();

/**
 * Kysely lets each query of a transaction wait until the one before it is answered. Takes a
 * transaction; gives the same one without that wait: what is asked in one moment travels together
 * on the pipelined connection, in order.
 */
export function pipelined(tx: Transaction<Database>): Transaction<Database> {
	const oneByOne = tx.getExecutor();
	let taken: Promise<DatabaseConnection> | undefined;
	const executor = oneByOne.withConnectionProvider({
		async provideConnection(use) {
			taken ??= oneByOne.provideConnection((connection) => Promise.resolve(connection));
			return use(await taken);
		}
	});
	return new Transaction<Database>({ config: { dialect }, dialect, driver, executor });
}
