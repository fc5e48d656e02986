import type { Dot } from '#lib/domain/case/journey.ts';
import type { Planned } from '#lib/domain/case/story.ts';
import type { Agency, MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import type { AreaId } from '#lib/domain/need/areas.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { Summary } from '#lib/server/needs/service.ts';

/** One step of the story as a victim's page shows it. */
export type StepLine = {
	readonly id: string;
	readonly milestone: MilestoneId;
	/** Whose step it is. */
	readonly agency: Agency;
	readonly happenedOn: string;
	readonly heardAt: Date;
	readonly source: string;
	readonly next: Planned | null;
	readonly was: readonly Planned[];
};

/** Something that waits for the victim. */
export type WaitingLine =
	| { readonly kind: 'plan' }
	| { readonly kind: 'answer'; readonly area: AreaId | null; readonly count: number }
	| { readonly kind: 'messages'; readonly count: number }
	| { readonly kind: 'request'; readonly number: number; readonly support: string }
	| { readonly kind: 'differs'; readonly area: AreaId };

/** Something that happened lately: a step, or an officer's answer (no area when it is of class C). */
export type LatestLine = { readonly at: Date } & (
	| { readonly kind: 'step'; readonly step: StepLine }
	| { readonly kind: 'answer'; readonly by: string; readonly area: AreaId | null }
);

export type FullHome = {
	readonly kind: 'full';
	readonly role: ParticipationRole;
	/** Whether the reader may say things; a supporter only reads. */
	readonly maySay: boolean;
	readonly maySpeakOfEffect: boolean;
	readonly officer: string | null;
	readonly now: StepLine | null;
	/** Who has the case now; null when nobody does. */
	readonly holder: Agency | null;
	/** Days since the present step, as London counts them. */
	readonly days: number;
	readonly coming: Planned | null;
	readonly unheard: Planned | null;
	readonly ended: boolean;
	readonly journey: readonly Dot[];
	readonly waiting: readonly WaitingLine[];
	readonly withOfficer: Summary['withOfficer'];
	/** Forms that came after the session had run out, and are kept. */
	readonly kept: number;
	readonly latest: readonly LatestLine[];
};

export type Choice = {
	readonly id: string;
	readonly crimeReference: string;
	readonly reportedAt: Date;
};

/** A victim's home: plain, with no case, with a choice of cases, or in full. */
export type Home =
	| { readonly kind: 'plain' }
	| { readonly kind: 'choose'; readonly cases: readonly Choice[] }
	| FullHome;
