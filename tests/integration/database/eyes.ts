import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import type { TestDatabase } from '../../support/database.ts';
import { about, type TestCase, type World } from '../../support/world.ts';
import { insert, sixDigits, store, typicalRows, type Row } from './rows.ts';

/** The tables with rows about a person, and the column that says about whom. */
export const personal: Readonly<
	Record<string, 'participation_id' | 'case_id' | 'victim_id' | 'id'>
> = {
	participation: 'id',
	victim: 'id',
	victim_key: 'victim_id',
	contact_detail: 'victim_id',
	crime_case: 'id',
	case_assignment: 'case_id',
	case_access: 'case_id',
	access_change: 'case_id',
	case_event: 'case_id',
	linked_check: 'case_id',
	representative: 'participation_id',
	opened_area: 'participation_id',
	contact_change: 'participation_id',
	safety_plan: 'participation_id',
	consent: 'participation_id',
	invitation: 'participation_id',
	mailed_code: 'participation_id',
	safety_conversation: 'participation_id',
	assessment: 'participation_id',
	entry: 'participation_id',
	statement: 'participation_id',
	review: 'participation_id',
	support_request: 'participation_id',
	thread: 'participation_id',
	message: 'participation_id',
	notice: 'participation_id',
	audit: 'participation_id'
};

export type Filled = {
	/** The force's request and thread, the independent service's, by case. */
	mine: { request: string; serviceRequest: string };
	other: { request: string; serviceRequest: string };
	/** Gives, by table, whose rows an actor is shown by PostgreSQL alone. */
	seenBy(ctx: Ctx): Promise<Record<string, string>>;
};

/**
 * Fills both cases of the world with a row in each table, and with a request and a thread of an
 * independent service, and a note among staff.
 */
export async function fill(t: TestDatabase, w: World): Promise<Filled> {
	const mine = await fillCase(t, w, w.case, w.victim, w.officer);
	const other = await fillCase(t, w, w.otherCase, w.otherVictim, w.otherOfficer);
	const names = await whose(t, w);
	return {
		mine,
		other,
		seenBy: (ctx) => within(ctx, (tx) => look(tx, names))
	};
}

async function fillCase(
	t: TestDatabase,
	w: World,
	chosen: TestCase,
	victim: Ctx,
	officer: Ctx
): Promise<{ request: string; serviceRequest: string }> {
	const rows = await typicalRows(t, w, { chosen, victim: about(victim, chosen), officer });
	await store(t, rows);
	const { support_request: request = {}, thread = {}, message = {} } = rows;
	const [request_id, thread_id] = [randomUUID(), randomUUID()];
	const controller_id = w.serviceControllerId;
	const ofService = { controller_id, number: 2 };
	await insert(t.owner, 'support_request', {
		...{ ...request, ...ofService, id: request_id, desk_id: w.serviceDeskId },
		...{ reference: `SR-${sixDigits()}` }
	});
	await insert(t.owner, 'thread', { ...thread, ...ofService, id: thread_id, request_id });
	await insert(t.owner, 'message', {
		...message,
		id: randomUUID(),
		thread_id,
		controller_id
	});
	await insert(t.owner, 'message', noteAmongStaff(message, officer));
	return { request: String(request.id), serviceRequest: request_id };
}

function noteAmongStaff(message: Row, officer: Ctx): Row {
	const by = { written_by: officer.actor.accountId, written_label: 'PC 4021' };
	return { ...message, ...by, id: randomUUID(), sequence: 2, side: 'staff', internal: true };
}

/** A caseworker takes a request, as the tables' owner writes it. */
export async function take(t: TestDatabase, w: World, request: string, by: Ctx): Promise<void> {
	await sql`update support_request set state = 'acknowledged', taken_by = ${by.actor.accountId},
		taken_label = 'CW', taken_at = ${w.now.at} where id = ${request}`.execute(t.owner);
}

/** The request was closed that many days before PostgreSQL's now. */
export async function closeDaysAgo(t: TestDatabase, request: string, days: number): Promise<void> {
	await sql`update support_request set state = 'done', closed_at = now() - make_interval(days => ${days})
		where id = ${request}`.execute(t.owner);
}

async function whose(t: TestDatabase, w: World): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; case_id: string; victim_id: string }>`
		select id, case_id, victim_id from participation`.execute(t.owner);
	const name = (id: string) =>
		id === w.case.participationId ? 'mine' : id === w.otherCase.participationId ? 'other' : id;
	return new Map(
		rows.flatMap(({ id, case_id, victim_id }) =>
			[id, case_id, victim_id].map((each): [string, string] => [each, name(id)])
		)
	);
}

// Gives 'mine', 'other', 'mine other' or '', with how many rows of each.
async function look(tx: Tx, names: Map<string, string>): Promise<Record<string, string>> {
	const seen: [string, string][] = [];
	for (const [table, column] of Object.entries(personal)) {
		const { rows } = await sql<{ id: string; n: number }>`
			select ${sql.ref(column)} as id, count(*)::int as n from ${sql.table(table)}
			group by 1`.execute(tx);
		const words = rows.map(({ id, n }) => `${names.get(id) ?? id} ${String(n)}`);
		seen.push([table, words.sort().join(', ')]);
	}
	return Object.fromEntries(seen);
}

/** Gives the expectation: these words for the tables named, another word for all others. */
export function everywhere(word: string, but: Readonly<Record<string, string>>): Row {
	return { ...Object.fromEntries(Object.keys(personal).map((table) => [table, word])), ...but };
}
