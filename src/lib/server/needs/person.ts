import { askAgain } from '#lib/domain/contact/may-reach.ts';
import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { contactBy, type ContactNow } from '#lib/domain/support/reach.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as reading from '#lib/server/needs/reading.ts';
import type { ParticipationRow, readPerson } from '#lib/server/needs/rows.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open } from '#lib/server/sealing/seal.ts';

/** Who a page of the police is about, and how to reach them safely. */
export type PersonView = {
	readonly caseReference: string;
	readonly reference: string;
	readonly name: string;
	readonly role: string;
	readonly tier: 'standard' | 'enhanced';
	readonly officer: string | null;
	/** What the person said of being reached; null when nothing is recorded. */
	readonly rules: SafetyRules | null;
	/** Whether to ring at this moment, and until when that holds. */
	readonly contact: ContactNow;
	readonly now: Date;
	/** Since when they have to be asked again how they are reached, and by when; null while it holds. */
	readonly askAgain: ReturnType<typeof askAgain>;
};

/** Opens what stands at the top of every page about a person. */
export async function personOf(
	ctx: Ctx,
	who: ParticipationRow,
	found: NonNullable<Awaited<ReturnType<typeof readPerson>>>
): Promise<PersonView> {
	const key = await reading.keyOf(ctx, who);
	const [name, plan] = await Promise.all([
		open<string>(key, found.name_sealed),
		openPlan(key, found)
	]);
	return {
		caseReference: who.case_reference,
		reference: who.reference,
		name,
		role: who.role,
		tier: who.tier,
		officer: who.officer,
		rules: plan?.rules ?? null,
		...{ contact: contactBy(plan, ctx.clock()), now: ctx.clock() },
		askAgain: plan === null ? null : askAgain(plan, ctx.clock())
	};
}
