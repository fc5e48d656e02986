import type { Kysely, Transaction } from 'kysely';
import { actingAs, type DbActor } from '#lib/server/db/actor.ts';
import { pipelined } from '#lib/server/db/pipelined.ts';
import type { Database } from '#lib/server/db/schema.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';
import type { Language } from '#lib/i18n/languages.ts';

/** Who acts, as services see it. */
export type Actor = DbActor & {
	readonly sessionId: string | null;
	/** The victim's chosen participation, null for staff and before one is chosen. */
	readonly participationId: string | null;
	readonly view: 'plain' | 'full';
	/** What victims read of a member of staff, such as "PC 4021". */
	readonly label: string | null;
	readonly language: Language;
	/** Until when the secret given again counts; null when it was not. */
	readonly steppedUpUntil: Date | null;
};

/** What every service acts with: its first parameter. */
export type Ctx = {
	readonly db: Kysely<Database>;
	readonly actor: Actor;
	readonly keys: KeyRing;
	readonly clock: () => Date;
	readonly requestId: string;
	/** Gives a whole number from `low` up to `high`, not included. Left out: an unforeseeable one. */
	readonly draw?: Draw;
};

export type Draw = (low: number, high: number) => number;

/** A transaction under the actor's eyes. */
export type Tx = Transaction<Database>;

/** A refusal on its way out of a transaction, so that nothing of it stays. */
class Refused extends Error {
	readonly outcome: unknown;

	constructor(outcome: unknown) {
		super('refused');
		this.outcome = outcome;
	}
}

/**
 * Runs `work` in one transaction as the actor. It is committed when `work` ends well, and undone
 * when it throws or gives a refusal (a `Result` that is not ok), the use of a form's key included:
 * a form that was refused can be sent again.
 */
export async function within<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
	try {
		return await actingAs(ctx.actor, () =>
			ctx.db.transaction().execute(async (tx) => {
				const outcome = await work(pipelined(tx));
				if (isRefusal(outcome)) throw new Refused(outcome);
				return outcome;
			})
		);
	} catch (thrown) {
		if (thrown instanceof Refused) return thrown.outcome as T;
		throw thrown;
	}
}

function isRefusal(outcome: unknown): boolean {
	return typeof outcome === 'object' && outcome !== null && 'ok' in outcome && outcome.ok === false;
}
