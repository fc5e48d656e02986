import { sql } from 'kysely';
import { askAgain, storedCall } from '#lib/domain/contact/may-reach.ts';
import { contradictions, type SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireParticipation } from '#lib/server/access/require.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { setPrivateDevice } from '#lib/server/me/queries.ts';
import { tellWithheld } from '#lib/server/notice/withheld.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';
import { lookAgain } from '#lib/server/safety/window.ts';
import { firstUse } from '#lib/server/submission.ts';

/** A safety plan as its person reads it; version 0 and no rules before there is one. */
export type Plan = {
	readonly rules: SafetyRules | null;
	readonly version: number;
	readonly confirmedAt: Date | null;
	/** The officer who asked last whether it is right; null when the person said it here. */
	readonly confirmedBy: string | null;
	/** Whether it is to be looked at again. */
	readonly old: boolean;
};

/** Gives one's own rules for being reached; they are of class C, so the secret comes first. */
export async function read(ctx: Ctx): Promise<Result<Plan, 'step_up'>> {
	const participationId = requireParticipation(ctx);
	if (!isFresh(ctx)) return err('step_up');
	const row = await within(ctx, (tx) => load(ctx, tx, participationId));
	if (!row?.wrapped) throw notFound();
	const plan = await openPlan(await unwrapDataKey(ctx.keys, row.wrapped), row);
	return ok({
		rules: plan?.rules ?? null,
		version: row.version ?? 0,
		confirmedAt: plan?.confirmedAt ?? null,
		confirmedBy: row.confirmed_label,
		old: plan !== null && askAgain(plan, ctx.clock()) !== null
	});
}

/**
 * Stores one's own rules over the version that was shown (0: none was there). Gives the new
 * version; refused without a fresh secret, when a way is named both safe and unsafe, and when
 * another version was stored meanwhile (stale). `key` makes one form act once.
 */
export async function save(
	ctx: Ctx,
	rules: SafetyRules,
	version: number,
	key?: string
): Promise<Result<{ version: number }, 'stale' | 'step_up' | 'contradiction'>> {
	const participationId = requireParticipation(ctx);
	if (!isFresh(ctx)) return err('step_up');
	if (contradictions(rules).length > 0) return err('contradiction');
	return within(ctx, async (tx) => {
		if (key !== undefined && !(await firstUse(ctx, tx, key))) return ok({ version: version + 1 });
		const row = await load(ctx, tx, participationId);
		if (!row?.wrapped) throw notFound();
		const sealed = await seal(await unwrapDataKey(ctx.keys, row.wrapped), rules);
		if (!(await store(ctx, tx, { participationId, rules, sealed, version }))) return err('stale');
		const plan = { rules, confirmedAt: ctx.clock(), askAgainAt: null };
		await lookAgain(ctx, tx, participationId, storedCall(plan, ctx.clock()).nextChangeAt);
		await record(ctx, tx, 'safety.changed', { participationId });
		await tellWithheld(ctx, tx, participationId);
		// Whoever is not alone with their phone is shown the plain view first from now on.
		if (rules.phone !== 'nobody' && row.account_id === ctx.actor.accountId) {
			await setPrivateDevice(tx, ctx.actor, false);
		}
		return ok({ version: version + 1 });
	});
}

function load(ctx: Ctx, tx: Tx, participationId: string) {
	return (
		tx
			.selectFrom('participation')
			.innerJoin('victim_key', (join) =>
				join
					.onRef('victim_key.force_id', '=', 'participation.force_id')
					.onRef('victim_key.victim_id', '=', 'participation.victim_id')
			)
			.leftJoin('safety_plan', (join) =>
				join
					.onRef('safety_plan.force_id', '=', 'participation.force_id')
					.onRef('safety_plan.participation_id', '=', 'participation.id')
			)
			.select(['participation.account_id', 'victim_key.wrapped'])
			.select(['safety_plan.rules_sealed', 'safety_plan.version'])
			.select(['safety_plan.confirmed_at as plan_confirmed_at', 'safety_plan.ask_again_at'])
			.select('safety_plan.confirmed_label')
			.where('participation.force_id', '=', ctx.actor.forceId)
			.where('participation.id', '=', participationId)
			.where(visibleTo(ctx.actor))
			// A supporter who only reads is not shown how to reach the person, and changes nothing; nor
			// is the parent of a child who has an account of their own.
			.where(
				sql<boolean>`speaks_in(participation.force_id, participation.id)
					and reach_is_open(participation.force_id, participation.id)`
			)
			.executeTakeFirst()
	);
}

type Stored = { participationId: string; rules: SafetyRules; sealed: string; version: number };

async function store(ctx: Ctx, tx: Tx, plan: Stored): Promise<boolean> {
	const now = ctx.clock();
	const { okNow, nextChangeAt } = storedCall(
		{ rules: plan.rules, confirmedAt: now, askAgainAt: null },
		now
	);
	const columns = {
		...{ rules_sealed: plan.sealed, contact_ok_now: okNow, ask_again_at: null },
		...{ contact_ok_next_change_at: nextChangeAt, confirmed_at: now, confirmed_label: null }
	};
	const place = { force_id: ctx.actor.forceId, participation_id: plan.participationId };
	if (plan.version === 0) {
		const made = await tx
			.insertInto('safety_plan')
			.values({ ...place, ...columns, version: 1 })
			.onConflict((clash) => clash.doNothing())
			.executeTakeFirst();
		return made.numInsertedOrUpdatedRows === 1n;
	}
	const changed = await tx
		.updateTable('safety_plan')
		.set({ ...columns, version: plan.version + 1 })
		.where('force_id', '=', place.force_id)
		.where('participation_id', '=', place.participation_id)
		.where('version', '=', plan.version)
		.executeTakeFirst();
	return changed.numUpdatedRows === 1n;
}
