import { CompiledQuery, sql, type Transaction } from 'kysely';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Database } from '#lib/server/db/schema.ts';

/** What failed how often, and who has to wait how long. */
export type Limiters = {
	readonly failures: RateLimiterPostgres;
	readonly holds: RateLimiterPostgres;
};

/**
 * Gives the counters and the holds of one force on a transaction: what is read, judged and written
 * through them is one step. A failure is forgotten `windowSeconds` after the first it was counted with.
 */
export function limitersOn(
	tx: Transaction<Database>,
	forceId: string,
	windowSeconds: number
): Limiters {
	const on = (name: string) =>
		new RateLimiterPostgres({
			storeClient: clientOf(tx),
			storeType: 'client',
			tableName: 'throttle',
			// A migration makes it, and the worker sweeps it.
			tableCreated: true,
			clearExpiredByTimeout: false,
			keyPrefix: `${forceId}:${name}`,
			// How much is too much is ours to judge: the library's own limit is never asked for.
			points: 1,
			duration: windowSeconds
		});
	return { failures: on('failures'), holds: on('hold') };
}

/** Waits until nobody else judges by any of `marks` in this force, until the transaction ends. */
export async function takeTurns(
	tx: Transaction<Database>,
	forceId: string,
	marks: readonly string[]
): Promise<void> {
	const turns = marks.map((mark) =>
		sql`select pg_advisory_xact_lock(hashtextextended(${`${forceId}:${mark}`}, 0))`.execute(tx)
	);
	// Row security shows the rows of this force alone.
	const confined = sql`select set_config('waymark.force', ${forceId}, true)`.execute(tx);
	await Promise.all([confined, ...turns]);
}

// The library asks as it would ask a client of `pg`.
function clientOf(tx: Transaction<Database>) {
	return {
		async query({ text, values }: { text: string; values: readonly unknown[] }) {
			const { rows, numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(text, [...values]));
			return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
		}
	};
}
