import { sql } from 'kysely';
import { storedCall } from '#lib/domain/contact/may-reach.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { asWorker, type WorkerParts } from '#lib/server/jobs/worker-context.ts';

/** Names one safety plan; all that a job may carry. */
export type PlanKey = { readonly force: string; readonly participation: string };

/**
 * Queues, in the caller's transaction, the work of looking at a plan again when its hours next
 * open or close: a queue shows "OK to call now" without opening what is sealed.
 */
export async function lookAgain(
	ctx: Ctx,
	tx: Tx,
	participationId: string,
	at: Date | null
): Promise<void> {
	if (at === null) return;
	const payloads = JSON.stringify([{ force: ctx.actor.forceId, participation: participationId }]);
	await sql`select graphile_worker.waymark_add_jobs(
		'refresh_contact', ${payloads}::json, ${at.toISOString()}::timestamptz)`.execute(tx);
}

/** Sets whether a person may be rung now, by their rules; gives when that changes next, if ever. */
export async function refresh(parts: WorkerParts, plan: PlanKey): Promise<Date | null> {
	const ctx = asWorker(parts, plan.force);
	return within(ctx, async (tx) => {
		const row = await tx
			.selectFrom('safety_plan')
			.innerJoin('participation', (join) =>
				join
					.onRef('participation.force_id', '=', 'safety_plan.force_id')
					.onRef('participation.id', '=', 'safety_plan.participation_id')
			)
			.innerJoin('victim_key', (join) =>
				join
					.onRef('victim_key.force_id', '=', 'participation.force_id')
					.onRef('victim_key.victim_id', '=', 'participation.victim_id')
			)
			.select(['safety_plan.rules_sealed', 'safety_plan.ask_again_at', 'victim_key.wrapped'])
			.select('safety_plan.confirmed_at as plan_confirmed_at')
			.where('safety_plan.force_id', '=', plan.force)
			.where('safety_plan.participation_id', '=', plan.participation)
			.executeTakeFirst();
		// A person who was erased has no key, and nobody rings them.
		if (!row?.wrapped) return null;
		const key = await unwrapDataKey(ctx.keys, row.wrapped);
		const opened = await openPlan(key, row);
		if (opened === null) return null;
		const now = storedCall(opened, ctx.clock());
		await tx
			.updateTable('safety_plan')
			.set({ contact_ok_now: now.okNow, contact_ok_next_change_at: now.nextChangeAt })
			.where('force_id', '=', plan.force)
			.where('participation_id', '=', plan.participation)
			.execute();
		// What has to be asked again changes by an answer, and not by the clock.
		return now.nextChangeAt !== null && now.nextChangeAt > ctx.clock() ? now.nextChangeAt : null;
	});
}
