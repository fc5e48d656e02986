import { mayCall, type SafetyPlan } from '#lib/domain/contact/may-reach.ts';
import { contactState } from '#lib/domain/contact/safety-plan.ts';
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

/** Gives whether to call now by the opened plan, which knows more than the stored hour. */
export function contactBy(plan: SafetyPlan | null, now: Date): ContactNow {
	const may = mayCall(plan, now);
	return may === null
		? { state: 'ask' }
		: { state: may.ok ? 'ok' : 'not', until: may.nextChangeAt };
}
