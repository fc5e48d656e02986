import { awayUntil, contactOk, type ContactOk } from '#lib/domain/contact/safety-plan.ts';
import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { dueAfter } from '#lib/domain/time/working-days.ts';

/**
 * How long a person's word about being reached is believed, and how soon they are asked again. No
 * national limit exists: a force confirms both. Source: domain 6 (proposal): safe contact is asked
 * again after bail, release or a move, and when it is old.
 */
export const planRules = {
	version: 'safety plan 2026-11',
	/** PLAN-T1: how long it holds without being asked again, in days. */
	holds: { id: 'PLAN-T1', days: 180 },
	/** PLAN-T2: how soon an officer asks again, in working days. */
	askAgain: { id: 'PLAN-T2', workingDays: 1 }
} as const;

/** A person's safety plan as it is judged: the rules, and since when they are the person's word. */
export type SafetyPlan = {
	readonly rules: SafetyRules;
	readonly confirmedAt: Date;
	/** When something happened after which it has to be asked again; null when nothing did. */
	readonly askAgainAt: Date | null;
};

/** Why nothing goes out; `again` says when it may be tried once more, if that is known. */
export type Barred = {
	readonly why: 'not_safe' | 'plan_old' | 'away';
	readonly again: Date | null;
};

/** Gives since when a plan has to be asked again, and by when an officer does; null while it holds. */
export function askAgain(
	plan: Pick<SafetyPlan, 'confirmedAt' | 'askAgainAt'>,
	now: Date
): { readonly since: Date; readonly dueAt: Date } | null {
	const since = staleSince(plan.confirmedAt, plan.askAgainAt);
	if (since > now) return null;
	return { since, dueAt: dueAfter(since, planRules.askAgain.workingDays) };
}

/** A mail address that somebody confirmed with the person. */
export type ConfirmedMail = {
	readonly safe: 'safe' | 'unsafe' | 'unknown';
	readonly confirmedAt: Date | null;
};

/**
 * Says whether a mail may go out now. The person must have called mail safe, no rule of theirs may
 * close it, and their word must be one that still holds; what closes a way is believed for ever.
 */
export function mayMail(
	mail: ConfirmedMail,
	plan: SafetyPlan | null,
	now: Date
): Result<void, Barred> {
	if (mail.safe !== 'safe' || (plan !== null && closesMail(plan.rules))) return barred('not_safe');
	const said = [mail.confirmedAt, plan?.confirmedAt ?? null].filter((at) => at !== null);
	const latest = said.reduce((a, b) => (b > a ? b : a), new Date(0));
	if (staleSince(latest, plan?.askAgainAt ?? null) <= now) return barred('plan_old');
	const away = plan === null ? null : awayUntil(plan.rules, now);
	return away === null ? ok(undefined) : barred('away', away);
}

/**
 * Says whether to ring now, when that changes by the rules, and until when they are believed; null
 * when nobody knows: there is no plan, or it has to be asked again, and that is never a yes.
 */
export function mayCall(
	plan: SafetyPlan | null,
	now: Date
): (ContactOk & { readonly holdsUntil: Date }) | null {
	if (plan === null) return null;
	const holdsUntil = staleSince(plan.confirmedAt, plan.askAgainAt);
	return holdsUntil <= now ? null : { ...contactOk(plan.rules, now), holdsUntil };
}

/**
 * Gives what is stored beside the sealed plan, so that a queue shows it without opening anything:
 * whether to ring, and until when that is known. What is not known any more counts as "ask first".
 */
export function storedCall(
	plan: SafetyPlan,
	now: Date
): { readonly okNow: boolean; readonly nextChangeAt: Date | null } {
	const may = mayCall(plan, now);
	if (may === null) return { okNow: false, nextChangeAt: now };
	const { ok: okNow, nextChangeAt, holdsUntil } = may;
	const first = nextChangeAt !== null && nextChangeAt < holdsUntil ? nextChangeAt : holdsUntil;
	return { okNow, nextChangeAt: first };
}

function staleSince(saidAt: Date, askAgainAt: Date | null): Date {
	const old = new Date(saidAt.getTime() + planRules.holds.days * 86_400_000);
	return askAgainAt !== null && askAgainAt > saidAt && askAgainAt < old ? askAgainAt : old;
}

// A plan names the ways that are safe, and so closes those it leaves out.
function closesMail(rules: SafetyRules): boolean {
	return rules.unsafe.includes('email') || !rules.safe.includes('email');
}

function barred(why: Barred['why'], again: Date | null = null): Result<never, Barred> {
	return err({ why, again });
}
