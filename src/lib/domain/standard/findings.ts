import type { NeedId } from '#lib/domain/need/types.ts';
import { standard } from '#lib/domain/standard/answer-limits.ts';

/** What a rule of the standard finds. */
export type FindingResult = 'met' | 'late' | 'missing' | 'thin' | 'unanswered';

/** One finding: the rule it comes from, and the need and limit it is about. */
export type Finding = {
	readonly rule: 'VNA-T1' | 'VNA-T2' | 'VNA-Q1';
	readonly result: FindingResult;
	readonly needId: NeedId | null;
	readonly dueAt: Date | null;
};

/** What the standard looks at in one assessment. */
export type AssessmentFacts = {
	/** When the assessment is due, whether or not anybody has begun it. */
	readonly dueAt: Date;
	readonly begun: boolean;
	readonly confirmedAt: Date | null;
	readonly needs: readonly {
		readonly needId: NeedId;
		/** Until when the waiting statement must be answered; null when none waits. */
		readonly answerDueAt: Date | null;
		/** Whether the person has told something that a record should hold. */
		readonly told: boolean;
		/** The outcome of the latest entry; null when there is no entry. */
		readonly outcome: 'action' | 'none' | 'missing' | null;
	}[];
};

const weight: Readonly<Record<FindingResult, number>> = {
	late: 0,
	unanswered: 1,
	missing: 2,
	thin: 3,
	met: 4
};

/**
 * Holds an assessment against the standard at an instant; gives what it finds, worst first. Before
 * its limit an open assessment is no finding yet. A statement that waits is a finding of its own,
 * so that the missing record behind it is not held against the officer twice.
 */
export function findings(facts: AssessmentFacts, now: Date): readonly Finding[] {
	const found = [...timeliness(facts, now), ...facts.needs.flatMap((need) => clarity(need, now))];
	return found.sort((a, b) => weight[a.result] - weight[b.result] || byDue(a, b));
}

/** VNA-T1: the assessment is confirmed by its limit. */
function timeliness(facts: AssessmentFacts, now: Date): Finding[] {
	const rule = standard.rules.assessment.id;
	const { dueAt } = facts;
	const result = ((): FindingResult | null => {
		if (facts.confirmedAt !== null) return facts.confirmedAt <= dueAt ? 'met' : 'late';
		if (now > dueAt) return 'late';
		return facts.begun ? null : 'missing';
	})();
	return result === null ? [] : [{ rule, result, needId: null, dueAt }];
}

/** VNA-T2: a statement has its answer. VNA-Q1: what was told is recorded, with an outcome. */
function clarity(need: AssessmentFacts['needs'][number], now: Date): Finding[] {
	const { needId, answerDueAt, outcome } = need;
	const found: Finding[] = [];
	if (answerDueAt !== null) {
		const result = now > answerDueAt ? 'late' : 'unanswered';
		found.push({ rule: standard.rules.answer.id, result, needId, dueAt: answerDueAt });
	}
	const rule = standard.rules.outcome.id;
	if (outcome === 'missing') found.push({ rule, result: 'thin', needId, dueAt: null });
	if (outcome === null && need.told && answerDueAt === null) {
		found.push({ rule, result: 'missing', needId, dueAt: null });
	}
	return found;
}

function byDue(a: Finding, b: Finding): number {
	return (a.dueAt?.getTime() ?? Infinity) - (b.dueAt?.getTime() ?? Infinity) || 0;
}
