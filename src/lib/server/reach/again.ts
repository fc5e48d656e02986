import { knownSafe, type CheckRoute } from '#lib/domain/contact/held-change.ts';
import { askAgain, storedCall } from '#lib/domain/contact/may-reach.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { tellWithheld } from '#lib/server/notice/withheld.ts';
import { once } from '#lib/server/once.ts';
import { knownOf, type Place } from '#lib/server/reach/checking.ts';
import { keyOf } from '#lib/server/reach/opened.ts';
import * as queries from '#lib/server/reach/queries.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { lookAgain } from '#lib/server/safety/window.ts';

/** What an officer heard when they asked a person again: by which route, about which plan. */
export type StillRight = { readonly route: CheckRoute; readonly version: number };

/**
 * Records that a person, asked again by a route that was known to be safe before, said that their
 * plan is still right. Stale when another plan stands there, or it need not be asked again.
 */
export async function stillRight(
	ctx: Ctx,
	place: Place,
	{ route, version }: StillRight,
	formKey: string
): Promise<Result<void, 'stale' | 'route'>> {
	requireRole(ctx, 'officer', 'supervisor');
	const outcome = await once<void, 'stale' | 'route'>(ctx, formKey, async (tx, takeTurns) => {
		const first = await queries.readReached(tx, ctx.actor, place);
		if (!first) throw notFound();
		await takeTurns(first.victim_id);
		const [reached, details] = await Promise.all([
			queries.readReached(tx, ctx.actor, place),
			queries.standingDetails(tx, ctx.actor, place)
		]);
		if (!reached) throw notFound();
		const key = await keyOf(ctx, reached);
		const now = ctx.clock();
		const plan = await openPlan(key, reached);
		const again = plan && askAgain(plan, now);
		if (!plan || !again || reached.plan_version !== version) return err('stale');
		const known = await knownOf(key, reached, details);
		if (!knownSafe(known, again.since).includes(route)) return err('route');
		const held = { rules: plan.rules, confirmedAt: now, askAgainAt: null };
		const { okNow, nextChangeAt } = storedCall(held, now);
		await tx
			.updateTable('safety_plan')
			.set({ confirmed_at: now, confirmed_label: ctx.actor.label, ask_again_at: null })
			.set({ contact_ok_now: okNow, contact_ok_next_change_at: nextChangeAt })
			.where('force_id', '=', ctx.actor.forceId)
			.where('participation_id', '=', reached.id)
			.execute();
		await lookAgain(ctx, tx, reached.id, nextChangeAt);
		await record(ctx, tx, 'safety.confirmed', { participationId: reached.id });
		await tellWithheld(ctx, tx, reached.id);
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}
