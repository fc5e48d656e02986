/** What is stored of somebody who acts, or is to act, for a victim. */
export type ActingFacts = {
	readonly link: Link;
	readonly approvedAt: Date | null;
	readonly untilAt: Date | null;
	readonly revokedAt: Date | null;
};

/** Whether they were compared with the people linked to the suspect, and with what outcome. */
export const links = ['unchecked', 'clear', 'hit', 'cleared'] as const;
export type Link = (typeof links)[number];

/** Where it stands. Only `active` opens anything. */
export type ActingState = 'stopped' | 'waiting' | 'active' | 'over' | 'ended';

/** Gives where it stands at an instant: stopped by a hit, waiting for approval, open, or over. */
export function actingState(facts: ActingFacts, now: Date): ActingState {
	if (facts.revokedAt !== null) return 'ended';
	if (facts.untilAt !== null && facts.untilAt <= now) return 'over';
	if (facts.approvedAt !== null) return 'active';
	return facts.link === 'hit' ? 'stopped' : 'waiting';
}
