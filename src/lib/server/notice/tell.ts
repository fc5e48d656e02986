import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Ctx, Tx } from '#lib/server/context.ts';

/** Somebody who is to hear that something waits for them; what it is, they read after signing in. */
export type Tell = {
	readonly accountId: string;
	readonly participationId: string | null;
	readonly kind: 'victim_news' | 'staff_work';
};

/**
 * A command's last line: queues a notice for each account named, and the job that sends it, in the
 * command's own transaction, so that neither is there without the change nor the change without
 * them. An account named several times gets one notice, so call it once in a transaction.
 */
export async function tell(ctx: Ctx, tx: Tx, notices: readonly Tell[]): Promise<void> {
	const rows = onePerAccount(notices).map((notice) => ({
		force_id: ctx.actor.forceId,
		id: randomUUID(),
		account_id: notice.accountId,
		participation_id: notice.participationId,
		kind: notice.kind,
		reason: null,
		queued_at: ctx.clock(),
		settled_at: null
	}));
	if (rows.length === 0) return;
	const payloads = JSON.stringify(rows.map((row) => ({ force: row.force_id, notice: row.id })));
	await Promise.all([
		tx.insertInto('notice').values(rows).execute(),
		sql`select graphile_worker.waymark_add_jobs('send_notice', ${payloads}::json)`.execute(tx)
	]);
}

function onePerAccount(notices: readonly Tell[]): Tell[] {
	const seen = new Set<string>();
	return notices.filter(({ accountId }) => {
		const first = !seen.has(accountId);
		seen.add(accountId);
		return first;
	});
}
