import { sql } from 'kysely';
import { ok, type Result } from '#lib/domain/result.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { firstUse } from '#lib/server/submission.ts';

/**
 * Runs a command about one participation in a transaction, and only once for a form's key: a second
 * press gives `repeated`. Commands about one participation take turns, so that what they read is
 * what they change.
 */
export function once<T, E>(
	ctx: Ctx,
	key: string,
	work: (tx: Tx, takeTurns: (participationId: string) => Promise<void>) => Promise<Result<T, E>>
): Promise<Result<T | 'repeated', E>> {
	return within(ctx, async (tx) => {
		if (!(await firstUse(ctx, tx, key))) return ok('repeated' as const);
		return work(tx, (participationId) => takeTurn(tx, participationId));
	});
}

async function takeTurn(tx: Tx, participationId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${participationId}, 4202))`.execute(tx);
}
