import { crimeReference } from '#lib/domain/case/category.ts';
import { storyOf, type Step } from '#lib/domain/case/story.ts';
import { allMilestones, maySay, type MilestoneId } from '#lib/domain/milestone/catalogue.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { contactAt, type ContactNow } from '#lib/domain/support/reach.ts';
import { requireRole } from '#lib/server/access/require.ts';
import * as pageQueries from '#lib/server/cases/page-queries.ts';
import * as queries from '#lib/server/cases/queries.ts';
import { waitingBy, type Waiting } from '#lib/server/cases/waiting.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { eventOf } from '#lib/server/events/queries.ts';
import { open, unwrapDataKey } from '#lib/server/sealing/seal.ts';

/** A person in a case, as its page shows them to the police. */
export type Person = {
	readonly reference: string;
	readonly name: string;
	readonly role: ParticipationRole;
	readonly tier: 'standard' | 'enhanced';
	readonly grounds: readonly string[];
	readonly language: string;
	readonly hasAccount: boolean;
	readonly assessment: { readonly state: 'open' | 'confirmed'; readonly dueAt: Date } | null;
	readonly waiting: Waiting;
	/** Whether to ring them at this moment. */
	readonly contact: ContactNow;
};

export type CaseStep = Step & {
	/** The one person it concerns; null when everybody in the case. */
	readonly person: string | null;
	readonly untold: boolean;
};

export type CaseView = {
	readonly reference: string;
	readonly crimeReference: string;
	readonly category: string;
	readonly reportedAt: Date;
	readonly officer: { readonly label: string; readonly assignment: string } | null;
	/** Whether it is kept to named people. */
	readonly restricted: boolean;
	readonly people: readonly Person[];
	readonly steps: readonly CaseStep[];
	/** Whether the actor may add to the case; a supervisor reads, answers and hands over. */
	readonly mayRecord: boolean;
	readonly maySay: readonly MilestoneId[];
	/** Those who could take the case over; empty for all but a supervisor. */
	readonly officers: readonly { readonly id: string; readonly label: string }[];
	readonly now: Date;
};

/** Gives a case with its people and its story, and records that it was looked at. */
export async function view(ctx: Ctx, reference: string): Promise<CaseView> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	const now = ctx.clock();
	const [found, people, events, officers, waiting] = await within(ctx, (tx) =>
		Promise.all([
			pageQueries.readCase(tx, actor, reference),
			pageQueries.readPeople(tx, actor, reference),
			pageQueries.readEvents(tx, actor, reference),
			actor.role === 'supervisor' ? queries.officersOfTeam(tx, actor, reference) : [],
			waitingBy(tx, actor, now),
			pageQueries.recordViewed(ctx, tx, reference)
		])
	);
	if (!found) throw notFound();
	return {
		reference: found.reference,
		crimeReference: found.crime_reference,
		category: found.category,
		reportedAt: found.reported_at,
		officer:
			found.assignment_id === null
				? null
				: { label: found.officer ?? '', assignment: found.assignment_id },
		restricted: found.restricted,
		people: await Promise.all(
			people.map((row) => personOf(ctx, row, waiting.ofPerson(row.reference)))
		),
		steps: stepsOf(events),
		mayRecord: actor.role === 'officer',
		maySay: allMilestones()
			.filter((milestone) => maySay('police', milestone))
			.map((milestone) => milestone.id),
		officers: officers
			.filter((officer) => officer.id !== found.officer_id)
			.map(({ id, label }) => ({ id, label: label ?? '' })),
		now
	};
}

/** Throws not found unless the actor may see the case; for pages that show nothing of it. */
export async function requireCase(ctx: Ctx, reference: string): Promise<void> {
	requireRole(ctx, 'officer', 'supervisor');
	const found = await within(ctx, (tx) => queries.caseIds(tx, ctx.actor, reference));
	if (!found) throw notFound();
}

export type CaseLine = {
	readonly reference: string;
	readonly crimeReference: string;
	readonly category: string;
	readonly openedAt: Date;
	readonly officer: { readonly id: string; readonly label: string } | null;
	readonly people: number;
	readonly waiting: Waiting;
};

/** Gives the actor's cases, or the team's for a supervisor: most in need of an answer first. */
export async function list(ctx: Ctx): Promise<readonly CaseLine[]> {
	requireRole(ctx, 'officer', 'supervisor');
	const now = ctx.clock();
	const [rows, waiting] = await within(ctx, (tx) =>
		Promise.all([queries.listCases(tx, ctx.actor), waitingBy(tx, ctx.actor, now)])
	);
	return rows
		.map((row) => ({
			reference: row.reference,
			crimeReference: row.crime_reference,
			category: row.category,
			openedAt: row.opened_at,
			officer: row.officer_id === null ? null : { id: row.officer_id, label: row.officer ?? '' },
			people: row.people ?? 0,
			waiting: waiting.ofCase(row.reference)
		}))
		.sort(
			(a, b) =>
				b.waiting.overdue - a.waiting.overdue ||
				(a.waiting.firstDue?.getTime() ?? Infinity) - (b.waiting.firstDue?.getTime() ?? Infinity) ||
				b.openedAt.getTime() - a.openedAt.getTime()
		);
}

/**
 * Takes an exact reference of a case, a person, a crime or a support request; gives the address of
 * its page, or null when there is none that the actor may see.
 */
export async function find(ctx: Ctx, typed: string): Promise<string | null> {
	requireRole(ctx, 'officer', 'supervisor', 'caseworker');
	const reference = typed.toUpperCase().replaceAll(/\s/g, '');
	return within(ctx, async (tx) => {
		if (ctx.actor.role === 'caseworker') {
			const known = await queries.hasRequest(tx, ctx.actor, reference);
			return known ? `/requests/${reference}` : null;
		}
		const [own, ofPerson, ofCrime] = await Promise.all([
			queries.caseIds(tx, ctx.actor, reference),
			queries.caseOfPerson(tx, ctx.actor, reference),
			queries.caseOfCrime(tx, ctx.actor, crimeReference(reference) ?? '')
		]);
		if (own) return `/cases/${reference}`;
		if (ofPerson) return `/cases/${ofPerson.reference}/${reference}`;
		return ofCrime ? `/cases/${ofCrime.reference}` : null;
	});
}

type PersonRow = Awaited<ReturnType<typeof pageQueries.readPeople>>[number];
type EventRow = Awaited<ReturnType<typeof pageQueries.readEvents>>[number];

async function personOf(ctx: Ctx, row: PersonRow, waiting: Waiting): Promise<Person> {
	return {
		reference: row.reference,
		// Without the key the person has been erased: nobody can read the name any more.
		name:
			row.wrapped === null
				? ''
				: await open<string>(await unwrapDataKey(ctx.keys, row.wrapped), row.name_sealed),
		role: row.role,
		tier: row.tier,
		grounds: row.grounds,
		language: row.language,
		hasAccount: row.has_account,
		assessment:
			row.state === null || row.due_at === null ? null : { state: row.state, dueAt: row.due_at },
		waiting,
		contact: contactAt(
			row.contact_ok_now === null
				? null
				: { okNow: row.contact_ok_now, nextChangeAt: row.contact_ok_next_change_at },
			ctx.clock()
		)
	};
}

function stepsOf(rows: readonly EventRow[]): CaseStep[] {
	const people = new Map(rows.map((row) => [row.id, row.person]));
	const events = rows.map(eventOf).filter((event) => event !== null);
	return storyOf(events, 'police').steps.map((step) => ({
		...step,
		person: people.get(step.id) ?? null,
		untold: step.humanFirst && step.toldAt === null
	}));
}
