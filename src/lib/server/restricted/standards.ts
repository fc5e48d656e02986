import { tellBy } from '#lib/domain/case/tier.ts';
import { assessmentDue } from '#lib/domain/standard/answer-limits.ts';
import type { Ctx } from '#lib/server/context.ts';
import { within } from '#lib/server/context.ts';
import { requireRole } from '#lib/server/access/require.ts';
import * as queries from '#lib/server/restricted/queries.ts';

/** A restricted case as professional standards see it: what runs in it, and nothing of whom. */
export type StandardsCase = {
	readonly reference: string;
	/** How many things are late, and when the first of all was or will be. */
	readonly late: number;
	readonly firstDue: Date | null;
	readonly lateStatements: number;
	readonly lateAssessments: number;
	readonly lateNews: number;
	readonly lateChecks: number;
	/** Desks where something waits that nobody there may see, the most urgent first. */
	readonly unheard: readonly { readonly desk: string; readonly dueAt: Date }[];
	readonly liftAsked: boolean;
};

/**
 * Gives every restricted case to the people of professional standards, what is late first, in
 * place of the board of a line supervisor; null at any other desk.
 */
export async function cases(ctx: Ctx): Promise<readonly StandardsCase[] | null> {
	requireRole(ctx, 'agency_desk');
	const [may, items] = await within(ctx, (tx) =>
		Promise.all([queries.atStandards(tx, ctx.actor), queries.standardsItems(tx)])
	);
	if (!may) return null;
	const now = ctx.clock();
	return [...Map.groupBy(items, (item) => item.reference)]
		.map(([reference, of]) => caseOf(reference, of, now))
		.sort(
			(a, b) =>
				b.late - a.late ||
				(a.firstDue?.getTime() ?? Infinity) - (b.firstDue?.getTime() ?? Infinity) ||
				a.reference.localeCompare(b.reference, 'en')
		);
}

function caseOf(
	reference: string,
	items: readonly queries.StandardsItem[],
	now: Date
): StandardsCase {
	const limits = items.flatMap((item) => {
		const due = dueOf(item);
		return due === null ? [] : [{ ...item, due }];
	});
	const late = limits.filter(({ due }) => due <= now);
	const lateOf = (kind: queries.StandardsItem['kind']): number =>
		late.filter((item) => item.kind === kind).length;
	const first = limits.toSorted((a, b) => a.due.getTime() - b.due.getTime())[0];
	return {
		reference,
		late: late.length,
		firstDue: first?.due ?? null,
		lateStatements: lateOf('statement'),
		lateAssessments: lateOf('assessment'),
		lateNews: lateOf('untold'),
		lateChecks: lateOf('check'),
		unheard: limits
			.filter((item) => item.kind === 'request')
			.map((item) => ({ desk: item.desk ?? '', dueAt: item.due }))
			.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime()),
		liftAsked: items.some((item) => item.kind === 'lift')
	};
}

function dueOf({ kind, due_at: dueAt, since, enhanced }: queries.StandardsItem): Date | null {
	const tier = enhanced ? 'enhanced' : 'standard';
	if (kind === 'untold') return tellBy(tier, since);
	if (kind === 'assessment') return dueAt ?? assessmentDue(tier, since);
	return dueAt;
}
