import type { Sensitivity } from '#lib/domain/need/catalogue.ts';
import { dueAfter } from '#lib/domain/time/working-days.ts';
import { standardUrgencyDays } from '#lib/domain/support/kinds.ts';
import type { Urgency } from '#lib/domain/support/request.ts';

/**
 * The proposed minimum standard, as data (domain 2.5). No national limit exists: a force confirms or
 * changes each number. Working days of England and Wales.
 */
export const standard = {
	version: 'standard 2026-11',
	rules: {
		/** VNA-T1: the assessment is complete, counted from the report. */
		assessment: { id: 'VNA-T1', standard: 2, enhanced: 1 },
		/** VNA-T2: a statement has an answer; what is safety-critical sooner. */
		answer: { id: 'VNA-T2', A: 5, B: 5, C: 1 },
		/** VNA-Q1: every entry has an outcome: an action with owner and date, or a reason for none. */
		outcome: { id: 'VNA-Q1' }
	}
} as const;

/** Gives the instant by which a statement about a need must be answered (VNA-T2). */
export function answerDue(sensitivity: Sensitivity, saidAt: Date): Date {
	return dueAfter(saidAt, standard.rules.answer[sensitivity]);
}

/** Gives the instant by which the assessment must be complete (VNA-T1), from the report. */
export function assessmentDue(tier: 'standard' | 'enhanced', reportedAt: Date): Date {
	return dueAfter(reportedAt, standard.rules.assessment[tier]);
}

/** Gives the instant by which someone answers a support request. */
export function supportDue(urgency: Urgency, askedAt: Date): Date {
	return dueAfter(askedAt, standardUrgencyDays[urgency]);
}
