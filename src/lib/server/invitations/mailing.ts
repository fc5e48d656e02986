import { mayMail } from '#lib/domain/contact/may-reach.ts';
import type { SafeWay } from '#lib/domain/invitation/risk.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { lastConversation, mailAndPlan } from '#lib/server/invitations/queries.ts';
import type { Place } from '#lib/server/needs/rows.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open, unwrapDataKey } from '#lib/server/sealing/seal.ts';

/**
 * Gives the language in which a person's code may be mailed to them now; null when it may not: there
 * is no confirmed address they called safe, their plan closes mail, or they were asked and left it out.
 */
export async function mailableIn(ctx: Ctx, tx: Tx, place: Place): Promise<string | null> {
	const [found, said] = await Promise.all([
		mailAndPlan(tx, ctx.actor, place),
		lastConversation(tx, ctx.actor, place)
	]);
	if (!found?.wrapped) return null;
	const key = await unwrapDataKey(ctx.keys, found.wrapped);
	if (
		said &&
		!(await open<{ safe: readonly SafeWay[] }>(key, said.said_sealed)).safe.includes('mail')
	) {
		return null;
	}
	const mail = { safe: found.safe, confirmedAt: found.confirmed_at };
	const may = mayMail(mail, await openPlan(key, found), ctx.clock());
	return may.ok ? found.language : null;
}
