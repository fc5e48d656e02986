import type { ReviewReason } from '#lib/domain/acting/review.ts';
import { reviewOf } from '#lib/server/acting/page.ts';
import { actingInCases } from '#lib/server/acting/queries.ts';
import type { Actor, Tx } from '#lib/server/context.ts';

/** Somebody who acts, or is to, and whom an officer is to look at: no name. */
export type ActingDue = {
	readonly caseReference: string;
	readonly person: string;
	readonly reason: ReviewReason;
	readonly dueAt: Date;
};

/** Gives whom to look at in the actor's cases, one line for each of them. */
export async function actingDue(tx: Tx, actor: Actor, now: Date): Promise<ActingDue[]> {
	const rows = await actingInCases(tx, actor);
	return rows.flatMap((row) => {
		const due = reviewOf(row, row.account_since, now);
		return due ? [{ caseReference: row.reference, person: row.person, ...due }] : [];
	});
}
