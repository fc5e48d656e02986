import type { ReachOption } from '#lib/domain/support/kinds.ts';

/** How the person asks to be answered: the ways that are safe, and what to know when using them. */
export type Reach = { readonly channels: readonly ReachOption[]; readonly words: string };

/** The two facts of a safety plan that a queue may show. */
export type ContactFacts = { readonly okNow: boolean; readonly nextChangeAt: Date | null };

/** Whether to get in touch at this moment; `ask` is when nobody knows, which is never a yes. */
export type ContactNow =
	| { readonly state: 'ok'; readonly until: Date | null }
	| { readonly state: 'not'; readonly until: Date | null }
	| { readonly state: 'ask' };

/**
 * Takes what is stored of a person's safe hours (null: nothing is); gives what a caseworker may
 * do at `now`. Once the stored change has passed, the stored answer is about another hour and
 * counts as not known.
 */
export function contactAt(facts: ContactFacts | null, now: Date): ContactNow {
	if (facts === null) return { state: 'ask' };
	if (facts.nextChangeAt !== null && facts.nextChangeAt <= now) return { state: 'ask' };
	return { state: facts.okNow ? 'ok' : 'not', until: facts.nextChangeAt };
}
