import type { ActingRole } from '#lib/domain/acting/roles.ts';
import type { ActingState } from '#lib/domain/acting/standing.ts';
import { dueAfter } from '#lib/domain/time/working-days.ts';

/**
 * When an officer looks again at what a parent may do, and how soon somebody who was named is
 * decided on. A force confirms each number: no national limit exists. Source: domain 1.2 (the
 * parent's access is reviewed at 18 and, by the draft Code, from 12, not silently kept).
 */
export const reviewRules = {
	version: 'acting reviews 2026-11',
	/** Somebody named or asked for is approved or refused, in working days. */
	decide: { id: 'ACT-T1', workingDays: 2 },
	/** After the young person has an account of their own, in working days. */
	ownAccount: { id: 'ACT-T2', workingDays: 5 },
	/** After a conflict between them was recorded, in working days: to be looked at at once. */
	conflict: { id: 'ACT-T3', workingDays: 1 },
	/** How long before the 18th birthday it is looked at, in days. */
	before18: { id: 'ACT-T4', days: 90 }
} as const;

/** Why somebody who acts is looked at now. */
export type ReviewReason = 'decide' | 'conflict' | 'own_account' | 'turning_18';

/** What is stored of somebody who acts, as far as it says when to look at them. */
export type ReviewFacts = {
	readonly role: ActingRole;
	readonly state: ActingState;
	readonly askedAt: Date;
	readonly untilAt: Date | null;
	/** Since when the person they act for has an account of their own. */
	readonly accountSince: Date | null;
	readonly conflictAt: Date | null;
	readonly reviewedAt: Date | null;
};

/** Gives why somebody is to be looked at now and by when; null when nothing is to be decided. */
export function reviewDue(
	facts: ReviewFacts,
	now: Date
): { readonly reason: ReviewReason; readonly dueAt: Date } | null {
	const { state, role, untilAt, accountSince, conflictAt, reviewedAt } = facts;
	if (state === 'waiting' || state === 'stopped') {
		const dueAt = dueAfter(facts.askedAt, reviewRules.decide.workingDays);
		return { reason: 'decide', dueAt };
	}
	if (state !== 'active' || role !== 'parent_guardian') return null;
	const since = (at: Date | null): at is Date =>
		at !== null && (reviewedAt === null || at > reviewedAt);
	if (since(conflictAt)) {
		const dueAt = dueAfter(conflictAt, reviewRules.conflict.workingDays);
		return { reason: 'conflict', dueAt };
	}
	if (since(accountSince)) {
		const dueAt = dueAfter(accountSince, reviewRules.ownAccount.workingDays);
		return { reason: 'own_account', dueAt };
	}
	if (untilAt === null) return null;
	const begins = new Date(untilAt.getTime() - reviewRules.before18.days * 86_400_000);
	return begins <= now && since(begins) ? { reason: 'turning_18', dueAt: untilAt } : null;
}
