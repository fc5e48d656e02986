import { sql } from 'kysely';
import { ok, type Result } from '#lib/domain/result.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { firstUse } from '#lib/server/submission.ts';

/** A refusal on its way out of the transaction, so that nothing of it stays: not even its key. */
class Refused<E> extends Error {
	readonly outcome: { readonly ok: false; readonly error: E };

	constructor(outcome: { readonly ok: false; readonly error: E }) {
		super('refused');
		this.outcome = outcome;
	}
}

/**
 * Runs a command about one participation in a transaction, and only once for a form's key: a second
 * press gives `repeated`. Commands about one participation take turns, so that what they read is
 * what they change. A refusal undoes everything, the use of the key too: the form can be sent again.
 */
export async function once<T, E>(
	ctx: Ctx,
	key: string,
	work: (tx: Tx, takeTurns: (participationId: string) => Promise<void>) => Promise<Result<T, E>>
): Promise<Result<T | 'repeated', E>> {
	try {
		return await within(ctx, async (tx) => {
			if (!(await firstUse(ctx, tx, key))) return ok('repeated' as const);
			const outcome = await work(tx, (participationId) => takeTurn(tx, participationId));
			if (!outcome.ok) throw new Refused(outcome);
			return outcome;
		});
	} catch (thrown) {
		if (thrown instanceof Refused) return (thrown as Refused<E>).outcome;
		throw thrown;
	}
}

async function takeTurn(tx: Tx, participationId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${participationId}, 4202))`.execute(tx);
}
