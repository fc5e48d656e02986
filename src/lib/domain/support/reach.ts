import { contactOk, contactState, type SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import type { ReachOption } from '#lib/domain/support/kinds.ts';

/** How the person asks to be answered: the ways that are safe, and what to know when using them. */
export type Reach = { readonly channels: readonly ReachOption[]; readonly words: string };

/** Whether to get in touch at this moment; `ask` is when nobody knows, which is never a yes. */
export type ContactNow =
	{ readonly state: 'ok' | 'not'; readonly until: Date | null } | { readonly state: 'ask' };

/** Takes what is stored of a person's safe hours (null: nothing is); gives what a queue may show. */
export function contactAt(
	stored: { readonly okNow: boolean; readonly nextChangeAt: Date | null } | null,
	now: Date
): ContactNow {
	const state = contactState(stored, now);
	return state === 'ask' ? { state } : { state, until: stored?.nextChangeAt ?? null };
}

/** Gives whether to call now by the opened rules, which know more than the stored hour. */
export function contactBy(plan: SafetyRules | null, now: Date): ContactNow {
	if (plan === null) return { state: 'ask' };
	const { ok, nextChangeAt: until } = contactOk(plan, now);
	return { state: ok ? 'ok' : 'not', until };
}
