import { sql } from 'kysely';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { tell } from '#lib/server/notice/tell.ts';

/** How long after something was kept back a person still hears that it waits, in days. */
const worthTelling = 30;

/**
 * Tells a person once that something waits, when notices to them were kept back because no way was
 * known to be safe and none went out since: for the moment in which they say how they are reached.
 */
export async function tellWithheld(ctx: Ctx, tx: Tx, participationId: string): Promise<void> {
	const since = new Date(ctx.clock().getTime() - worthTelling * 86_400_000);
	const { rows } = await sql<{ account_id: string }>`
		select distinct n.account_id from notice n
		join participation p on p.force_id = n.force_id and p.id = n.participation_id
			and p.account_id = n.account_id
		where n.force_id = ${ctx.actor.forceId} and n.participation_id = ${participationId}
			and n.kind = 'victim_news' and n.state = 'withheld'
			and n.reason in ('plan_old', 'not_safe', 'no_channel') and n.queued_at > ${since}
			and not exists (select 1 from notice later where later.force_id = n.force_id
				and later.account_id = n.account_id and later.kind = 'victim_news'
				and later.queued_at > n.queued_at and later.state in ('waiting', 'sent'))`.execute(tx);
	const notices = rows.map(({ account_id: accountId }) => ({
		...{ accountId, participationId, kind: 'victim_news' as const }
	}));
	await tell(ctx, tx, notices);
}
