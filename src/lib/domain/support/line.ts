import type { Attempt, AttemptWay, Outcome } from '#lib/domain/support/outcomes.ts';
import type { RequestState } from '#lib/domain/support/request.ts';

/** How somebody was tried, and what came of it. */
export type Tried = { readonly way: AttemptWay; readonly result: Attempt };

/** One line of a conversation: something said, noted among staff, or a change of state. */
export type Line = {
	readonly kind: 'said' | 'internal' | 'state';
	readonly side: 'victim' | 'staff';
	/** The label of the member of staff; null for the victim. */
	readonly by: string | null;
	/** Whether the reader wrote it. */
	readonly mine: boolean;
	/** In which part somebody wrote it for the victim; null for the victim's own voice. */
	readonly as: string | null;
	readonly at: Date;
	readonly words: string;
	readonly language: string | null;
	readonly state: RequestState | null;
	readonly outcome: Outcome | null;
	readonly attempt: Tried | null;
};

/** What comes back with a form about a conversation that went on meanwhile. */
export type Clash = {
	/** Which form it was. */
	readonly what: string;
	/** What the other side did last; null when it cannot be told. */
	readonly latest: Line | null;
};

/** Reads what a refused form brought back; null when it was refused for something else. */
export function clashOf(refusal: { readonly conflict?: unknown } | null | undefined): Clash | null {
	const conflict = refusal?.conflict;
	if (typeof conflict !== 'object' || conflict === null || !('latest' in conflict)) return null;
	return conflict as Clash;
}
