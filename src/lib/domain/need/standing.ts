import { answerKinds, isAnswerKind, type AnswerKind } from '#lib/domain/need/answer.ts';
import type { Sensitivity } from '#lib/domain/need/types.ts';

/** What a statement can be: an answer, or a word about what the officer recorded. */
export const saidKinds = [...answerKinds, 'still_right', 'not_right'] as const;
export type SaidKind = AnswerKind | 'still_right' | 'not_right';

/** The officer's answers to a statement. */
export const reviewAnswers = ['agreed', 'agreed_in_part', 'not_agreed'] as const;
export type ReviewAnswer = (typeof reviewAnswers)[number];

/** One statement about a need, as far as its standing goes. */
export type Said = {
	readonly sequence: number;
	readonly kind: SaidKind;
	readonly dueAt: Date | null;
	readonly aboutEntryId: string | null;
	readonly review: ReviewAnswer | null;
	/**
	 * Whose voice it is: null is the person's own, with whoever they let speak for them; each parent
	 * of a child has a voice apart, which takes nothing from what the child said.
	 */
	readonly voice: string | null;
};

/** Takes in which part somebody said something, null for their own, and who; gives the voice. */
export function voiceOf(actedAs: string | null, saidBy: string | null): string | null {
	return actedAs === 'parent_guardian' ? saidBy : null;
}

/**
 * Takes the statements about one need in order; gives those of the voice that a page puts first:
 * that of the reader who speaks here, else the one that waits for an answer soonest, else the
 * person's own, else whoever spoke last.
 */
export function inFocus<S extends Said>(
	said: readonly S[],
	reader: { readonly voice: string | null } | null
): readonly S[] {
	const of = (voice: string | null): readonly S[] => said.filter((one) => one.voice === voice);
	const mine = reader === null ? [] : of(reader.voice);
	if (mine.length > 0) return mine;
	const waiting = outstanding(said);
	if (waiting) return of(waiting.statement.voice);
	const own = of(null);
	return own.length > 0 ? own : of(said.at(-1)?.voice ?? null);
}

/** Where a need or an area stands, as the person reads it in a tag. */
export type Standing =
	'nothing_asked' | 'tell_more' | 'kept' | 'with_officer' | 'answered' | 'agreed' | 'not_right';

/** Whether a statement of this kind is owed an answer. */
export function awaitsAnswer(kind: SaidKind): boolean {
	return kind === 'answered' || kind === 'talk_to_someone' || kind === 'not_right';
}

/** Takes the statements about one need in order; gives the last one that answers its question. */
export function lastAnswer<S extends Said>(said: readonly S[]): S | null {
	return said.findLast((one) => isAnswerKind(one.kind)) ?? null;
}

/** A statement that waits for an answer, and by when. */
export type Outstanding<S extends Said> = { readonly statement: S; readonly dueAt: Date };

/**
 * Takes the statements about one need in order; gives the one that waits for an answer first, and
 * by when. Of each voice only the last one can wait: it says what is meant now. Saying it again does
 * not put the clock back, so the limit is the earliest of those that nobody has answered since.
 */
export function outstanding<S extends Said>(said: readonly S[]): Outstanding<S> | null {
	return allOutstanding(said)[0] ?? null;
}

/** Takes the statements about one need in order; gives what waits in each voice, soonest first. */
export function allOutstanding<S extends Said>(said: readonly S[]): Outstanding<S>[] {
	const voices = new Set(said.map((one) => one.voice));
	return [...voices]
		.map((voice) => outstandingIn(said.filter((one) => one.voice === voice)))
		.filter((one) => one !== null)
		.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

function outstandingIn<S extends Said>(said: readonly S[]): Outstanding<S> | null {
	const last = said.at(-1);
	if (!last || !waits(last)) return null;
	const settled = said.findLastIndex((one) => !waits(one));
	const limits = said
		.slice(settled + 1)
		.map((one) => one.dueAt)
		.filter((due) => due !== null);
	const first = limits.reduce<Date | null>((a, b) => (a === null || b < a ? b : a), null);
	return first === null ? null : { statement: last, dueAt: first };
}

/** Gives where one need stands, from its statements in order and the id of the latest entry. */
export function needStanding(said: readonly Said[], entryId: string | null): Standing {
	const last = said.at(-1);
	if (!last) return entryId === null ? 'nothing_asked' : 'tell_more';
	switch (last.kind) {
		case 'ask_me_later':
			return 'tell_more';
		case 'prefer_not_to_say':
			return 'kept';
		case 'still_right':
			return last.aboutEntryId === entryId ? 'agreed' : 'tell_more';
		case 'not_right':
			return last.review === null ? 'not_right' : reviewed(last.review);
		case 'answered':
		case 'talk_to_someone':
			return last.review === null ? 'with_officer' : reviewed(last.review);
	}
}

/** Gives the one tag of an area from its needs, with the earliest limit where one runs. */
export function areaStanding(
	needs: readonly { readonly standing: Standing; readonly dueAt: Date | null }[]
): { readonly standing: Standing; readonly dueAt: Date | null } {
	const has = (standing: Standing): boolean => needs.some((need) => need.standing === standing);
	const dueAt = needs
		.map((need) => need.dueAt)
		.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
	for (const standing of ['not_right', 'with_officer', 'answered'] as const) {
		if (has(standing)) return { standing, dueAt };
	}
	if (!needs.some((need) => need.standing !== 'nothing_asked')) {
		return { standing: 'nothing_asked', dueAt: null };
	}
	const open = has('nothing_asked') || has('tell_more');
	if (!open && has('agreed')) return { standing: 'agreed', dueAt: null };
	return { standing: open ? 'tell_more' : 'kept', dueAt: null };
}

/**
 * Whether the officer who wrote the entry may only give way on this dispute: a dispute about
 * safety, or a second one about the same need, is decided by someone else.
 */
export function takesSomeoneElse(dispute: {
	readonly kind: SaidKind;
	readonly sensitivity: Sensitivity;
	readonly earlierDisputes: number;
}): boolean {
	if (dispute.kind !== 'not_right') return false;
	return dispute.sensitivity === 'C' || dispute.earlierDisputes > 0;
}

function waits(one: Said): boolean {
	return awaitsAnswer(one.kind) && one.review === null;
}

function reviewed(answer: ReviewAnswer): Standing {
	return answer === 'agreed' ? 'agreed' : 'answered';
}
