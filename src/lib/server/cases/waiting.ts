import { tellBy } from '#lib/domain/case/tier.ts';
import type { ReviewReason } from '#lib/domain/acting/review.ts';
import { actingDue } from '#lib/server/acting/waiting.ts';
import { untoldNews } from '#lib/server/cases/queries.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import { openChecks } from '#lib/server/linked/queries.ts';
import { assessmentsDue, unansweredFor } from '#lib/server/needs/queries.ts';
import { plansToAsk } from '#lib/server/safety/asking.ts';
import { heldFor } from '#lib/server/reach/queries.ts';

/** One thing that waits for the police in a case, with the instant it is due. */
export type Item = {
	readonly caseReference: string;
	/** The person it is about; null when it is the whole case. */
	readonly person: string | null;
	readonly dueAt: Date;
} & (
	| {
			readonly kind: 'statement';
			readonly area: string;
			/** How many statements of that area wait. */
			readonly count: number;
			/** When each of them is due. */
			readonly limits: readonly Date[];
			readonly safety: boolean;
			readonly disputed: boolean;
			readonly someoneElse: boolean;
	  }
	| { readonly kind: 'assessment'; readonly begun: boolean }
	| {
			/** Changes of how the person is reached, held until somebody has checked them. */
			readonly kind: 'reach';
			readonly limits: readonly Date[];
	  }
	/** Somebody acts for the person, or is to, and is to be decided on. */
	/** How the person is reached has to be asked again. */
	| { readonly kind: 'plan' }
	| { readonly kind: 'acting'; readonly reason: ReviewReason }
	| { readonly kind: 'untold'; readonly eventId: string; readonly milestone: string }
	/** Two people may be one, or live together: a person has to look. */
	| { readonly kind: 'check'; readonly checkId: string }
);

/** How much waits in a place, how much of it is late, and when the first of it is due. */
export type Waiting = {
	readonly statements: number;
	readonly statementsOverdue: number;
	readonly assessments: number;
	readonly assessmentsLate: number;
	readonly untold: number;
	readonly untoldLate: number;
	readonly changes: number;
	readonly acting: number;
	readonly overdue: number;
	readonly firstDue: Date | null;
};

/** Gives everything that waits in the cases the actor works on, the earliest due first. */
export async function itemsFor(tx: Tx, actor: Actor, now: Date): Promise<readonly Item[]> {
	const [statements, assessments, untold, checks, changes, acting, plans] = await Promise.all([
		unansweredFor(tx, actor),
		assessmentsDue(tx, actor),
		untoldNews(tx, actor),
		openChecks(tx, actor),
		heldFor(tx, actor),
		actingDue(tx, actor, now),
		plansToAsk(tx, actor, now)
	]);
	const items: Item[] = [
		...byArea(statements),
		...assessments.map((row) => ({ kind: 'assessment' as const, ...row })),
		...changes.map((row) => ({ kind: 'reach' as const, ...row })),
		...plans.map((row) => ({ kind: 'plan' as const, ...row })),
		...acting.map((row) => ({ kind: 'acting' as const, ...row })),
		...untold.map((row) => ({
			...{ kind: 'untold' as const, caseReference: row.reference, person: row.person },
			...{ eventId: row.id, milestone: row.milestone },
			dueAt: tellBy(row.enhanced ? 'enhanced' : 'standard', row.heard_at)
		})),
		...checks.map((row) => ({
			...{ kind: 'check' as const, caseReference: row.reference, person: row.person },
			...{ checkId: row.id, dueAt: row.due_at }
		}))
	];
	return items.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

/** Gives what waits, counted by case and by person. */
export async function waitingBy(
	tx: Tx,
	actor: Actor,
	now: Date
): Promise<{ ofCase(reference: string): Waiting; ofPerson(reference: string): Waiting }> {
	const items = await itemsFor(tx, actor, now);
	return {
		ofCase: (reference) =>
			countOf(
				items.filter((item) => item.caseReference === reference),
				now
			),
		ofPerson: (reference) =>
			countOf(
				items.filter((item) => item.person === reference),
				now
			)
	};
}

/** Counts things that wait; what is due at `now` or before is overdue. */
export function countOf(items: readonly Item[], now: Date): Waiting {
	const limits = (kind: Item['kind']): readonly Date[] =>
		items.filter((item) => item.kind === kind).flatMap(limitsOf);
	const late = (dates: readonly Date[]): number => dates.filter((due) => due <= now).length;
	const [statements, assessments, untold] = [
		limits('statement'),
		limits('assessment'),
		limits('untold')
	];
	return {
		statements: statements.length,
		statementsOverdue: late(statements),
		assessments: assessments.length,
		assessmentsLate: late(assessments),
		untold: untold.length,
		untoldLate: late(untold),
		changes: limits('reach').length + limits('plan').length,
		acting: limits('acting').length,
		overdue: late(items.flatMap(limitsOf)),
		firstDue: items[0]?.dueAt ?? null
	};
}

type Statement = Awaited<ReturnType<typeof unansweredFor>>[number];

// One row for each area of a person: that is what an officer opens and answers at once. Rows come
// with the earliest limit first, so the first of an area says when it is due.
function byArea(rows: readonly Statement[]): Item[] {
	const areas = new Map<string, Extract<Item, { kind: 'statement' }>>();
	for (const row of rows) {
		const place = `${row.caseReference} ${row.person} ${row.area}`;
		const known = areas.get(place);
		areas.set(place, {
			...{ kind: 'statement', caseReference: row.caseReference, person: row.person },
			...{ area: row.area, dueAt: known?.dueAt ?? row.dueAt, count: (known?.count ?? 0) + 1 },
			limits: [...(known?.limits ?? []), row.dueAt],
			safety: (known?.safety ?? false) || row.sensitivity === 'C',
			disputed: (known?.disputed ?? false) || row.kind === 'not_right',
			someoneElse: (known?.someoneElse ?? true) && row.takesSomeoneElse
		});
	}
	return [...areas.values()];
}

// One late statement does not make late the others that wait in the same area.
function limitsOf(item: Item): readonly Date[] {
	return 'limits' in item ? item.limits : [item.dueAt];
}
