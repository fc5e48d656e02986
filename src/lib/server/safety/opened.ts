import type { SafetyPlan } from '#lib/domain/contact/may-reach.ts';
import { wholeRules, type SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { open, type DataKey } from '#lib/server/sealing/seal.ts';

/** A plan as it is stored; all of it is empty for who has none. */
export type PlanRow = {
	readonly rules_sealed: string | null;
	readonly plan_confirmed_at: Date | null;
	readonly ask_again_at: Date | null;
};

/** Opens a safety plan as it is judged; null for who has none. */
export async function openPlan(key: DataKey, row: PlanRow): Promise<SafetyPlan | null> {
	const { rules_sealed: sealed, plan_confirmed_at: confirmedAt, ask_again_at: askAgainAt } = row;
	if (sealed === null || confirmedAt === null) return null;
	const rules = wholeRules(await open<Partial<SafetyRules>>(key, sealed));
	return { rules, confirmedAt, askAgainAt };
}
