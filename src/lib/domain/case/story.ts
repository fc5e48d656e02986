import {
	furthestPhase,
	milestoneById,
	milestoneIds,
	type Agency,
	type MilestoneId,
	type Phase
} from '#lib/domain/milestone/catalogue.ts';

export const precisions = ['day', 'week_commencing', 'warned_list'] as const;
/** How exactly a date is known: a day, a week that starts on it, or a list one may be called from. */
export type Precision = (typeof precisions)[number];

/** Something planned: a calendar day (`YYYY-MM-DD`) and how exactly it is known. */
export type Planned = { readonly on: string; readonly precision: Precision };

/** Where our knowledge of an event comes from. */
export const eventSources = [
	'records',
	'officer',
	'courts',
	'cps',
	'witness_care',
	'probation',
	'prison',
	'parole_board',
	'support_service'
] as const;
export type EventSource = (typeof eventSources)[number];

/** A milestone that an agency says happened, as it was taken in. */
export type CaseEvent = {
	readonly id: string;
	readonly milestone: MilestoneId;
	/** Who says that it happened. */
	readonly agency: Agency;
	/** A calendar day in London. */
	readonly happenedOn: string;
	readonly next: Planned | null;
	readonly heardAt: Date;
	readonly source: string;
	readonly supersedes: string | null;
	readonly humanFirst: boolean;
	readonly toldAt: Date | null;
};

/** One step of the story: an event as it stands now, and the dates that were planned before. */
export type Step = CaseEvent & { readonly was: readonly Planned[] };

export type Story = {
	/** Newest first. */
	readonly steps: readonly Step[];
	/** The step that says where the case stands; null before anything happened. */
	readonly now: Step | null;
	readonly phase: Phase | null;
};

/** Things that go alongside a case: each is a step, none says where the case stands. */
const asides: ReadonlySet<MilestoneId> = new Set(['M04', 'M08', 'M09', 'M15', 'M34', 'M41']);

/** Whether the victim may read of this event: hard news only once a person has told them. */
export function mayBeShown(event: Pick<CaseEvent, 'humanFirst' | 'toldAt'>): boolean {
	return !event.humanFirst || event.toldAt !== null;
}

/**
 * Makes the story of a case out of its events, the same whatever order they arrived in. A later
 * event that names an earlier one replaces it. For the victim, hard news that nobody has told them
 * yet is left out and moves nothing: what it replaces stands until then.
 */
export function storyOf(events: readonly CaseEvent[], reader: 'victim' | 'police'): Story {
	const visible = reader === 'police' ? events : events.filter(mayBeShown);
	const steps = chains(visible).map(stepOf).sort(newestFirst);
	const moving = steps.filter((step) => !asides.has(step.milestone));
	const phase = furthestPhase((moving.length > 0 ? moving : steps).map((step) => step.milestone));
	const now = moving.find((step) => milestoneById(step.milestone)?.phase === phase);
	return { steps, now: now ?? steps[0] ?? null, phase };
}

/** Gives the nearest thing planned on or after a day, with its step; null when nothing is. */
export function ahead(story: Story, today: string): { step: Step; planned: Planned } | null {
	const coming = plans(story).filter(({ planned }) => lastDayOf(planned) >= today);
	return (
		coming.sort((a, b) => order(a.planned.on, b.planned.on) || newestFirst(a.step, b.step))[0] ??
		null
	);
}

/** Gives the last thing planned before a day of which nobody has said what came of it. */
export function unheard(story: Story, today: string): { step: Step; planned: Planned } | null {
	const past = plans(story).filter(
		({ planned }) =>
			lastDayOf(planned) < today && !story.steps.some((step) => step.happenedOn >= planned.on)
	);
	return (
		past.sort((a, b) => order(b.planned.on, a.planned.on) || newestFirst(a.step, b.step))[0] ?? null
	);
}

function plans(story: Story): { step: Step; planned: Planned }[] {
	return story.steps.flatMap((step) => (step.next ? [{ step, planned: step.next }] : []));
}

// A week is over on its Sunday; from a warned list one can be called for some two weeks.
function lastDayOf(planned: Planned): string {
	const days = { day: 0, week_commencing: 6, warned_list: 13 }[planned.precision];
	return new Date(Date.parse(`${planned.on}T12:00:00Z`) + days * 86_400_000)
		.toISOString()
		.slice(0, 10);
}

/** Events that replace one another belong together, even when one in between is not here. */
function chains(events: readonly CaseEvent[]): CaseEvent[][] {
	const roots = new Map<string, string>();
	const rootOf = (id: string): string => {
		const above = roots.get(id);
		return above === undefined || above === id ? id : rootOf(above);
	};
	for (const { id, supersedes } of events) {
		const [one, other] = [rootOf(id), rootOf(supersedes ?? id)];
		if (one !== other) roots.set(one, other);
	}
	const found = new Map<string, CaseEvent[]>();
	for (const event of events) {
		const root = rootOf(event.id);
		found.set(root, [...(found.get(root) ?? []), event]);
	}
	return [...found.values()];
}

// What nobody replaces stands; where two replace the same one, the one heard last.
function stepOf(chain: CaseEvent[]): Step {
	const heard = [...chain].sort(
		(a, b) => a.heardAt.getTime() - b.heardAt.getTime() || order(a.id, b.id)
	);
	const replaced = new Set(heard.map((event) => event.supersedes));
	const head = heard.findLast((event) => !replaced.has(event.id)) ?? heard.at(-1);
	if (!head) throw new Error('a chain has at least one event');
	const was = new Map<string, Planned>();
	for (const { next } of heard)
		if (next && !same(next, head.next)) was.set(`${next.on} ${next.precision}`, next);
	return { ...head, was: [...was.values()] };
}

function same(a: Planned, b: Planned | null): boolean {
	return b !== null && a.on === b.on && a.precision === b.precision;
}

function newestFirst(a: CaseEvent, b: CaseEvent): number {
	return (
		order(b.happenedOn, a.happenedOn) ||
		milestoneIds.indexOf(b.milestone) - milestoneIds.indexOf(a.milestone) ||
		b.heardAt.getTime() - a.heardAt.getTime() ||
		order(b.id, a.id)
	);
}

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
