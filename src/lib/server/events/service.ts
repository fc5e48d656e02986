import { randomUUID } from 'node:crypto';
import type { EventSource, Planned } from '#lib/domain/case/story.ts';
import {
	maySay,
	milestoneById,
	milestonesVersion,
	type Agency,
	type Milestone
} from '#lib/domain/milestone/catalogue.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { londonDay } from '#lib/domain/time/working-days.ts';
import { requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import * as queries from '#lib/server/events/queries.ts';
import { askPlansAgain } from '#lib/server/safety/asking.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { firstUse } from '#lib/server/submission.ts';

/** A milestone that an agency says happened. */
export type NewEvent = {
	readonly caseReference: string;
	/** The reference of the one person it concerns; everybody in the case when left out. */
	readonly person?: string | null;
	/** An id of the milestone catalogue. */
	readonly milestone: string;
	/** Who says so. An officer says what the police say, whatever stands here. */
	readonly agency: Agency;
	/** The day it happened, in London (`YYYY-MM-DD`). */
	readonly happenedOn: string;
	readonly next?: Planned | null;
	readonly source: EventSource;
	/** The event that this one corrects or moves. */
	readonly supersedes?: string | null;
};

export type TakeRefusal =
	'unknown_milestone' | 'not_theirs_to_say' | 'in_future' | 'unknown_event' | 'repeated';

/**
 * Takes an event in, as an agency's system or as an officer. Events are only ever added: one that
 * was wrong is corrected by a later one that names it. Hard news (the catalogue says which) goes
 * to the officers, to be told by a person; all else to the victims it concerns. `key` makes one
 * form act once (repeated).
 */
export async function take(
	ctx: Ctx,
	event: NewEvent,
	key?: string
): Promise<Result<{ id: string }, TakeRefusal>> {
	const byMachine = ctx.actor.role === 'agency_system';
	if (!byMachine) requireRole(ctx, 'officer');
	const milestone = milestoneById(event.milestone);
	if (!milestone) return err('unknown_milestone');
	const agency = byMachine ? event.agency : 'police';
	if (!maySay(agency, milestone)) return err('not_theirs_to_say');
	if (event.happenedOn > londonDay(ctx.clock())) return err('in_future');
	return within(ctx, async (tx) => {
		if (key !== undefined && !(await firstUse(ctx, tx, key))) return err('repeated');
		const place = await queries.findCase(tx, ctx.actor, event.caseReference, event.person ?? null);
		if (!place || (event.person && place.participation_id === null)) throw notFound();
		const participationId = event.person ? place.participation_id : null;
		const { supersedes = null } = event;
		if (supersedes !== null && !(await isOf(ctx, tx, supersedes, place.id))) {
			return err('unknown_event');
		}
		const where: Where = { caseId: place.id, participationId };
		const id = await insert(ctx, tx, { ...event, agency, milestone, supersedes, where });
		await record(ctx, tx, 'event.taken', { participationId, subjectId: id });
		if (milestone.asksPlan) await askPlansAgain(ctx, tx, where);
		await tellOf(ctx, tx, where, milestone.humanFirst ? 'officers' : 'victims');
		return ok({ id });
	});
}

/**
 * Records that a person told the victim hard news (at the clock's instant): from now on it is part
 * of their story. Telling it again changes nothing.
 */
export async function markTold(ctx: Ctx, eventId: string): Promise<Result<void, 'not_hard_news'>> {
	requireRole(ctx, 'officer', 'supervisor');
	return within(ctx, async (tx) => {
		const event = await queries.findEvent(tx, ctx.actor, eventId);
		if (!event) throw notFound();
		if (!event.human_first) return err('not_hard_news');
		const set = await queries.setTold(tx, ctx.actor, eventId, ctx.clock());
		if (set === 0) return ok(undefined);
		const where = { caseId: event.case_id, participationId: event.participation_id };
		await record(ctx, tx, 'event.told', {
			participationId: event.participation_id,
			subjectId: eventId
		});
		await tellOf(ctx, tx, where, 'victims');
		return ok(undefined);
	});
}

type Where = { readonly caseId: string; readonly participationId: string | null };
type Ready = Omit<NewEvent, 'milestone' | 'supersedes'> & {
	readonly milestone: Milestone;
	readonly supersedes: string | null;
	readonly where: Where;
};

async function isOf(ctx: Ctx, tx: Tx, eventId: string, caseId: string): Promise<boolean> {
	const event = await queries.findEvent(tx, ctx.actor, eventId);
	return event?.case_id === caseId;
}

async function insert(ctx: Ctx, tx: Tx, event: Ready): Promise<string> {
	const id = randomUUID();
	await tx
		.insertInto('case_event')
		.values({
			force_id: ctx.actor.forceId,
			id,
			case_id: event.where.caseId,
			participation_id: event.where.participationId,
			milestone: event.milestone.id,
			milestone_version: milestonesVersion,
			agency: event.agency,
			happened_on: event.happenedOn,
			next_on: event.next?.on ?? null,
			next_precision: event.next?.precision ?? null,
			heard_at: ctx.clock(),
			source: ctx.actor.role === 'agency_system' ? event.source : 'officer',
			supersedes: event.supersedes,
			human_first: event.milestone.humanFirst,
			told_at: null,
			detail_sealed: null
		})
		.execute();
	return id;
}

async function tellOf(ctx: Ctx, tx: Tx, where: Where, whom: 'officers' | 'victims'): Promise<void> {
	const { caseId, participationId } = where;
	if (whom === 'victims') {
		const people = await queries.victimsOf(tx, ctx.actor, caseId, participationId);
		await tell(
			ctx,
			tx,
			people.map((one) => ({ ...one, kind: 'victim_news' as const }))
		);
		return;
	}
	const officers = await queries.officersOn(tx, ctx.actor, caseId);
	const others = officers.filter((accountId) => accountId !== ctx.actor.accountId);
	await tell(
		ctx,
		tx,
		others.map((accountId) => ({ accountId, participationId, kind: 'staff_work' as const }))
	);
}
