import type { Story } from '#lib/domain/case/story.ts';
import {
	milestoneById,
	phases,
	type Agency,
	type MilestoneId,
	type Phase
} from '#lib/domain/milestone/catalogue.ts';

/** One dot of the journey. */
export type Dot = { readonly phase: Phase; readonly state: 'done' | 'now' | 'ahead' };

/**
 * Gives the dots for a story. No dot claims what is not known: a phase the case passed by without
 * a word is left out, and so is what lies ahead of a case that has ended.
 */
export function journeyOf(story: Story): readonly Dot[] {
	const at = Math.max(0, story.phase === null ? 0 : phases.indexOf(story.phase));
	const reached = new Set(story.steps.map((step) => milestoneById(step.milestone)?.phase));
	return phases.flatMap((phase, index): Dot[] => {
		if (index === at) return [{ phase, state: 'now' }];
		if (index > at) return hasEnded(story) ? [] : [{ phase, state: 'ahead' }];
		return index === 0 || reached.has(phase) ? [{ phase, state: 'done' }] : [];
	});
}

/** Whether the case stands at a milestone after which nothing more is to come. */
export function hasEnded(story: Story): boolean {
	return story.now !== null && milestoneById(story.now.milestone)?.terminal === 'yes';
}

/** Steps after which the case lies with somebody other than the one whose step it was. */
const handedTo: Readonly<Partial<Record<MilestoneId, Agency>>> = {
	M16: 'cps',
	M19: 'court',
	M25: 'court',
	M28: 'cps',
	M37: 'probation',
	M40: 'probation'
};

/** Steps after which it lies with nobody: decided, or with nothing asked of an agency. */
const withNobody: ReadonlySet<MilestoneId> = new Set(['M31', 'M32', 'M33', 'M34']);

/** Gives who has the case after a step, or null where it may be that nobody has it any more. */
export function holderAfter(milestone: MilestoneId): Agency | null {
	const row = milestoneById(milestone);
	if (!row || row.terminal !== 'no' || withNobody.has(milestone)) return null;
	return handedTo[milestone] ?? row.agency;
}
