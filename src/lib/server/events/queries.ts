import { sql } from 'kysely';
import type { CaseEvent } from '#lib/domain/case/story.ts';
import { milestoneIds, agencies } from '#lib/domain/milestone/catalogue.ts';
import { caseVisibleTo } from '#lib/server/cases/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';

type EventRow = {
	id: string;
	milestone: string;
	agency: string;
	happened_on: string;
	next_on: string | null;
	next_precision: 'day' | 'week_commencing' | 'warned_list' | null;
	heard_at: Date;
	source: string;
	supersedes: string | null;
	human_first: boolean;
	told_at: Date | null;
};

/** The columns of an event that its story is made of. */
export const storyColumns = [
	...(['case_event.id', 'case_event.milestone', 'case_event.agency'] as const),
	...(['case_event.happened_on', 'case_event.next_on', 'case_event.next_precision'] as const),
	...(['case_event.heard_at', 'case_event.source', 'case_event.supersedes'] as const),
	...(['case_event.human_first', 'case_event.told_at'] as const)
];

/** Gives the event that a row holds; null for a milestone or an agency this version does not know. */
export function eventOf(row: EventRow): CaseEvent | null {
	const milestone = milestoneIds.find((id) => id === row.milestone);
	const agency = agencies.find((name) => name === row.agency);
	if (!milestone || !agency) return null;
	const next =
		row.next_on !== null && row.next_precision !== null
			? { on: row.next_on, precision: row.next_precision }
			: null;
	return {
		...{ id: row.id, milestone, agency, happenedOn: row.happened_on, next },
		...{ heardAt: row.heard_at, source: row.source, supersedes: row.supersedes },
		...{ humanFirst: row.human_first, toldAt: row.told_at }
	};
}

/** Gives the events that rows hold, leaving out what this version does not know. */
export function eventsOf(rows: readonly EventRow[]): CaseEvent[] {
	return rows.map(eventOf).filter((event) => event !== null);
}

/** Gives the ids of a case and, where one is named, of a person in it. */
export function findCase(tx: Tx, actor: Actor, reference: string, person: string | null) {
	const inCase = sql<string | null>`participation_in(
		crime_case.force_id, crime_case.id, ${person})`;
	return tx
		.selectFrom('crime_case')
		.select(['crime_case.id', inCase.as('participation_id')])
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
}

/** Gives the case and the person of an event that the actor may see. */
export function findEvent(tx: Tx, actor: Actor, eventId: string) {
	return tx
		.selectFrom('case_event')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'case_event.force_id')
				.onRef('crime_case.id', '=', 'case_event.case_id')
		)
		.select([
			...(['case_event.case_id', 'case_event.participation_id'] as const),
			...(['case_event.human_first', 'case_event.told_at'] as const)
		])
		.where('case_event.force_id', '=', actor.forceId)
		.where('case_event.id', '=', eventId)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
}

/**
 * Sets when hard news was told, on the event and on those that it replaces: who heard the last
 * word has heard the matter. Gives how many were set.
 */
export async function setTold(tx: Tx, actor: Actor, eventId: string, at: Date): Promise<number> {
	const { rows } = await sql<{ id: string }>`
		with recursive chain (id, supersedes) as (
			select id, supersedes from case_event where force_id = ${actor.forceId} and id = ${eventId}
			union
			select e.id, e.supersedes from case_event e join chain on e.id = chain.supersedes
				where e.force_id = ${actor.forceId}
		)
		update case_event set told_at = ${at}
		where force_id = ${actor.forceId} and id in (select id from chain)
			and human_first and told_at is null
		returning id`.execute(tx);
	return rows.length;
}

/** Gives the victims' accounts that news of a case concerns: all, or those of one participation. */
export async function victimsOf(
	tx: Tx,
	actor: Actor,
	caseId: string,
	participationId: string | null
): Promise<{ accountId: string; participationId: string }[]> {
	const { rows } = await sql<{ participation_id: string; account_id: string }>`
		select participation_id, account_id
		from people_of_case(${actor.forceId}, ${caseId})
		where ${participationId}::uuid is null or participation_id = ${participationId}`.execute(tx);
	return rows.map((row) => ({ accountId: row.account_id, participationId: row.participation_id }));
}

/** Gives the accounts of those who work on a case now. */
export async function officersOn(tx: Tx, actor: Actor, caseId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('case_assignment')
		.select('account_id')
		.where('force_id', '=', actor.forceId)
		.where('case_id', '=', caseId)
		.where('ended_at', 'is', null)
		.execute();
	return rows.map((row) => row.account_id);
}
