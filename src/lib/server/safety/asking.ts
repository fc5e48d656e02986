import { sql } from 'kysely';
import { askAgain, planRules } from '#lib/domain/contact/may-reach.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';

/**
 * Says that people of a case, or the one named, have to be asked again how they are reached: their
 * plans are not believed until they are. Nothing of the plans is read.
 */
export async function askPlansAgain(
	ctx: Ctx,
	tx: Tx,
	where: { readonly caseId: string; readonly participationId: string | null }
): Promise<void> {
	await sql`select ask_plans_again(${ctx.actor.forceId}::uuid, ${where.caseId}::uuid,
		${where.participationId}::uuid, ${ctx.clock()}::timestamptz)`.execute(tx);
}

/** Gives whom the actor is to ask again how they are reached, the first due first: no names. */
export async function plansToAsk(tx: Tx, actor: Actor, now: Date) {
	const old = new Date(now.getTime() - planRules.holds.days * 86_400_000);
	const rows = await tx
		.selectFrom('safety_plan')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'safety_plan.force_id')
				.onRef('participation.id', '=', 'safety_plan.participation_id')
		)
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select(['crime_case.reference as caseReference', 'participation.reference as person'])
		.select(['safety_plan.confirmed_at', 'safety_plan.ask_again_at'])
		.where('safety_plan.force_id', '=', actor.forceId)
		.where('participation.ended_at', 'is', null)
		.where('crime_case.closed_at', 'is', null)
		.where(visibleTo(actor))
		.where((eb) =>
			eb.or([
				eb('safety_plan.confirmed_at', '<=', old),
				eb('safety_plan.ask_again_at', '>', eb.ref('safety_plan.confirmed_at'))
			])
		)
		.execute();
	return rows.flatMap(({ caseReference, person, confirmed_at, ask_again_at }) => {
		const again = askAgain({ confirmedAt: confirmed_at, askAgainAt: ask_again_at }, now);
		return again ? [{ caseReference, person, dueAt: again.dueAt }] : [];
	});
}
