import { hasEnded, holderAfter, journeyOf, type Dot } from '#lib/domain/case/journey.ts';
import { ahead, storyOf, unheard, type Step, type Story } from '#lib/domain/case/story.ts';
import { askAgain } from '#lib/domain/contact/may-reach.ts';
import { milestoneById } from '#lib/domain/milestone/catalogue.ts';
import { areasFor, type AreaId } from '#lib/domain/need/areas.ts';
import { allNeeds, type ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { daysBetween } from '#lib/i18n/dates.ts';
import { londonDay } from '#lib/domain/time/working-days.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { AppError } from '#lib/server/errors.ts';
import * as drafts from '#lib/server/drafts/service.ts';
import { eventsOf } from '#lib/server/events/queries.ts';
import type {
	Choice,
	FullHome,
	Home,
	LatestLine,
	StepLine,
	WaitingLine
} from '#lib/server/home/page.ts';
import * as queries from '#lib/server/home/queries.ts';
import * as needs from '#lib/server/needs/service.ts';

export type { Choice, FullHome, Home, LatestLine, StepLine, WaitingLine };

const latestShown = 5;

/** Gives the home of the person who asks; nothing at all is read for the plain view. */
export async function read(ctx: Ctx): Promise<Home> {
	requireRole(ctx, 'victim');
	const { actor } = ctx;
	if (actor.view === 'plain') return { kind: 'plain' };
	const id = actor.participationId;
	if (id === null) return choose(ctx);
	const found = await within(ctx, (tx) =>
		Promise.all([
			queries.readPlace(tx, actor, id),
			queries.readEvents(tx, actor, id),
			queries.readAnswers(tx, actor, id),
			queries.countUnread(tx, actor, id),
			queries.requestsWaiting(tx, actor, id),
			needs.summary(ctx, tx).catch(gone),
			drafts.keptIn(ctx, tx),
			queries.recordViewed(ctx, tx, id)
		])
	);
	const [place, events, answers, unread, requests, summary, kept] = found;
	// The participation they had chosen has ended or been taken from them since.
	if (!place || !summary) return choose(ctx);
	const role = place.stands_in_as ?? place.role;
	const story = storyOf(eventsOf(events), 'victim');
	return {
		kind: 'full',
		role,
		maySay: role !== 'supporter_readonly',
		maySpeakOfEffect: areasFor(role).includes('statement') && isBeforeSentence(story),
		officer: place.officer,
		...standing(story, ctx.clock()),
		journey: journeyOf(story),
		waiting: [
			...(asksPlan(place, ctx.clock()) ? [{ kind: 'plan' as const }] : []),
			...answerLines(summary.unseen),
			...(unread > 0 ? [{ kind: 'messages' as const, count: unread }] : []),
			...requests.map(({ number, kind }) => ({ kind: 'request' as const, number, support: kind })),
			...summary.differing.filter(isOpenly).map((area) => ({ kind: 'differs' as const, area }))
		],
		withOfficer: summary.withOfficer,
		kept: kept.length,
		latest: latestOf(story, answers)
	};
}

/** What the page about the case shows: the journey and every step, newest first. */
export type Progress = {
	readonly role: ParticipationRole;
	readonly officer: string | null;
	readonly journey: readonly Dot[];
	readonly steps: readonly StepLine[];
	readonly ended: boolean;
};

/** Gives the story of the case for the person who asks, or null when no case is chosen. */
export async function progress(ctx: Ctx): Promise<Progress | null> {
	requireRole(ctx, 'victim');
	const id = ctx.actor.participationId;
	if (id === null) return null;
	const [place, events] = await within(ctx, (tx) =>
		Promise.all([
			queries.readPlace(tx, ctx.actor, id),
			queries.readEvents(tx, ctx.actor, id),
			queries.recordViewed(ctx, tx, id)
		])
	);
	if (!place) return null;
	const story = storyOf(eventsOf(events), 'victim');
	return {
		role: place.stands_in_as ?? place.role,
		officer: place.officer,
		journey: journeyOf(story),
		steps: story.steps.map(lineOf),
		ended: hasEnded(story)
	};
}

async function choose(ctx: Ctx): Promise<Home> {
	const rows = await within(ctx, (tx) => queries.ownParticipations(tx, ctx.actor));
	const cases = rows.map((row) => ({
		id: row.id,
		crimeReference: row.crime_reference,
		reportedAt: row.reported_at
	}));
	return { kind: 'choose', cases };
}

// Why it is asked is not said: what happened may be told by a person first.
function asksPlan(
	{ confirmed_at: confirmedAt, ask_again_at: askAgainAt }: PlanTimes,
	now: Date
): boolean {
	return confirmedAt !== null && askAgain({ confirmedAt, askAgainAt }, now) !== null;
}

type PlanTimes = { readonly confirmed_at: Date | null; readonly ask_again_at: Date | null };

function standing(
	story: Story,
	now: Date
): Pick<FullHome, 'now' | 'holder' | 'days' | 'coming' | 'unheard' | 'ended'> {
	const today = londonDay(now);
	return {
		now: story.now && lineOf(story.now),
		holder: story.now && holderAfter(story.now.milestone),
		days: story.now ? daysBetween(story.now.happenedOn, now) : 0,
		coming: ahead(story, today)?.planned ?? null,
		unheard: unheard(story, today)?.planned ?? null,
		ended: hasEnded(story)
	};
}

function lineOf(step: Step): StepLine {
	return {
		id: step.id,
		milestone: step.milestone,
		agency: milestoneById(step.milestone)?.agency ?? step.agency,
		happenedOn: step.happenedOn,
		heardAt: step.heardAt,
		source: step.source,
		next: step.next,
		was: step.was
	};
}

// Until the court has decided the sentence a person may say how it has affected them.
function isBeforeSentence(story: Story): boolean {
	return (
		!hasEnded(story) &&
		story.phase !== 'after' &&
		!story.steps.some((step) => step.milestone === 'M31')
	);
}

/** Areas that hold anything of class C are never named on home. */
const closedAreas: ReadonlySet<AreaId> = new Set(
	allNeeds().flatMap((need) => (need.sensitivity === 'C' ? [need.area] : []))
);

function isOpenly(area: AreaId): boolean {
	return !closedAreas.has(area);
}

function answerLines(unseen: needs.Summary['unseen']): WaitingLine[] {
	const open = unseen.filter(({ area }) => isOpenly(area));
	const closed = unseen.filter(({ area }) => !isOpenly(area));
	const count = closed.reduce((sum, one) => sum + one.count, 0);
	return [
		...open.map((one) => ({ kind: 'answer' as const, ...one })),
		...(count > 0 ? [{ kind: 'answer' as const, area: null, count }] : [])
	];
}

type AnswerRow = Awaited<ReturnType<typeof queries.readAnswers>>[number];

function latestOf(story: Story, answers: readonly AnswerRow[]): LatestLine[] {
	const areaOf = new Map<string, AreaId>(allNeeds().map((need) => [need.id, need.area]));
	const lines: LatestLine[] = [
		...story.steps.map((step) => ({
			kind: 'step' as const,
			at: new Date(`${step.happenedOn}T12:00:00Z`),
			step: lineOf(step)
		})),
		...answers.map((row) => {
			const area = areaOf.get(row.need_id);
			return {
				kind: 'answer' as const,
				at: row.answered_at,
				by: row.answered_label,
				area: area && isOpenly(area) ? area : null
			};
		})
	];
	return lines.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, latestShown);
}

function gone(error: unknown): null {
	if (error instanceof AppError && error.kind === 'not_found') return null;
	throw error;
}
