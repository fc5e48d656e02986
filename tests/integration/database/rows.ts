import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { NEEDS_VERSION } from '#lib/domain/need/catalogue.ts';
import type { Ctx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { TestCase, World } from '../../support/world.ts';

export type Row = Readonly<Record<string, unknown>>;

/** For whom rows are made: a case of the world, its victim and its officer. */
export type About = { chosen: TestCase; victim: Ctx; officer: Ctx };

/** What a sealed text looks like from outside. */
export const sealed = 'eyJhbGciOiJkaXIifQ..aaaa.bbbb.cccc';

/**
 * Gives one row, as the application would write it, for every table that the world leaves empty,
 * in an order that their references allow.
 */
export async function typicalRows(
	t: TestDatabase,
	w: World,
	about: About
): Promise<Record<string, Row>> {
	const force_id = w.forceId;
	const participation_id = about.chosen.participationId;
	const { victim_id } = await t.owner
		.selectFrom('participation')
		.select('victim_id')
		.where('id', '=', participation_id)
		.executeTakeFirstOrThrow();
	const base = { force_id, participation_id };
	const whom = { ...about, base, victim_id, at: w.now.at, later: hours(w, 24) };
	return { ...ofTheForce(w, whom), ...ofThePerson(w, whom), ...ofTheWork(w, whom) };
}

type Whom = About & { base: Row; victim_id: string; at: Date; later: Date };

function ofTheForce(w: World, { chosen, victim, officer, at, later }: Whom): Record<string, Row> {
	const force_id = w.forceId;
	const session_id = randomBytes(32).toString('hex');
	const account_id = victim.actor.accountId;
	return {
		force_setting: { force_id, name: `limit-${randomUUID()}`, value: '30' },
		desk_hours: { force_id, desk_id: w.policeDeskId, ...openFor(randomInt(1, 480)) },
		roster: { ...{ force_id, desk_id: w.policeDeskId }, ...onDuty(officer, at, later) },
		case_access: {
			force_id,
			case_id: chosen.id,
			account_id: w.caseworker.actor.accountId,
			kind: 'named'
		},
		access_change: {
			...{ force_id, case_id: chosen.id, sequence: 1, act: 'named', reason_sealed: sealed },
			...{ account_id: w.caseworker.actor.accountId, made_by: officer.actor.accountId },
			...{ made_label: 'PC 4021', made_at: at }
		},
		session: {
			force_id,
			id: session_id,
			account_id,
			view: 'plain',
			created_at: at,
			expires_at: later
		},
		step_up: { force_id, session_id, account_id, made_at: at, expires_at: hours(w, 0.1) },
		authenticator: { force_id, account_id, secret_sealed: sealed, last_step: 1 },
		recovery_code: { force_id, account_id, code_hash: randomBytes(32) },
		passkey: {
			...{ force_id, account_id, credential_id: randomBytes(16).toString('base64url') },
			public_key: randomBytes(64)
		},
		passkey_challenge: {
			...{ force_id, id: randomBytes(32).toString('hex'), purpose: 'sign_in' },
			expires_at: later
		},
		half_sign_in: {
			...{ force_id, id: randomBytes(32).toString('hex'), account_id },
			...{ made_at: at, expires_at: hours(w, 0.1) }
		},
		spent_trip: { force_id, id: randomBytes(32).toString('hex'), expires_at: later },
		submission: { force_id, account_id, key: randomUUID() },
		sealed_draft: { force_id, account_id, place: '/me', answers_sealed: sealed, kept_until: later }
	};
}

function ofThePerson(w: World, { base, chosen, victim, officer, victim_id, at, later }: Whom) {
	const force_id = w.forceId;
	const [invitation_id, representative_id] = [randomUUID(), randomUUID()];
	const officer_id = officer.actor.accountId;
	return {
		representative: {
			...{ ...base, id: representative_id, account_id: victim.actor.accountId },
			...{ role: 'supporter_readonly', approved_by: officer_id, approved_at: at, until_at: later }
		},
		opened_area: {
			...{ ...base, id: randomUUID(), representative_id, area: 'safety', reason_sealed: sealed },
			...{ opened_by: officer_id, opened_label: 'PC 4021', opened_at: at }
		},
		contact_detail: {
			...{ force_id, victim_id, channel: 'mail', value_sealed: sealed, safe: 'safe' },
			...{ state: 'confirmed', confirmed_by: officer_id, confirmed_at: at }
		},
		contact_change: {
			...{ ...base, id: randomUUID(), channel: 'text', asked_sealed: sealed },
			...{ asked_by: victim.actor.accountId, asked_at: at, due_at: later }
		},
		safety_plan: { ...base, rules_sealed: sealed },
		linked_person: { force_id, case_id: chosen.id, surname_hash: randomBytes(32) },
		linked_check: {
			// Of nobody yet: a check about a person stops their invitations.
			...{ force_id, case_id: chosen.id, about: 'new_person' },
			...{ subject_hash: randomBytes(32), owner_id: officer_id },
			...{ opened_by: officer_id, opened_label: 'PC 4021', opened_at: at, due_at: later }
		},
		consent: {
			...{ ...base, controller_id: w.serviceControllerId, need_ids: ['PRA1'] },
			...{ given_by: victim.actor.accountId, given_at: at }
		},
		invitation: {
			...{ ...base, id: invitation_id, code_hash: randomBytes(32), second_hash: randomBytes(32) },
			...{ made_by: officer_id, made_at: at, expires_at: later }
		},
		mailed_code: {
			...{ ...base, invitation_id, language: 'en', code_sealed: sealed, queued_at: at }
		},
		activation: { force_id, id: randomBytes(32).toString('hex'), invitation_id, expires_at: later },
		safety_conversation: {
			...{ ...base, held_by: officer_id, held_label: 'PC 4021', held_at: at },
			...{ site_safe: true, said_sealed: sealed }
		},
		notice: {
			...{ ...base, id: randomUUID(), account_id: victim.actor.accountId },
			...{ kind: 'victim_news', queued_at: at }
		},
		audit: { ...base, actor_role: 'officer', action: 'participation.viewed', request_id: 'r-1' }
	};
}

function ofTheWork(w: World, { base, chosen, victim, officer, at, later }: Whom) {
	const ids = { assessment: randomUUID(), entry: randomUUID(), statement: randomUUID() };
	const [request_id, thread_id] = [randomUUID(), randomUUID()];
	const by = { recorded_by: officer.actor.accountId, recorded_label: 'PC 4021', recorded_at: at };
	const need = { catalogue_version: NEEDS_VERSION, need_id: 'PRA1', sequence: 1 };
	const controller_id = w.forceControllerId;
	return {
		assessment: { ...base, id: ids.assessment, state: 'open', started_at: at, due_at: later },
		entry: {
			...{ ...base, id: ids.entry, assessment_id: ids.assessment, ...need, source: 'waymark' },
			...{ recorded_sealed: sealed, outcome: 'missing', ...by }
		},
		statement: {
			...{ ...base, id: ids.statement, ...need, kind: 'not_right', about_entry_id: ids.entry },
			...{ answer_sealed: sealed, language: 'en', said_by: victim.actor.accountId },
			...{ said_as: 'self', said_at: at, answer_due_at: later }
		},
		review: {
			...{ ...base, id: randomUUID(), statement_id: ids.statement, answer: 'agreed' },
			...{ words_sealed: sealed, answered_by: officer.actor.accountId },
			...{ answered_label: 'PC 4021', answered_at: at }
		},
		case_event: {
			...{ ...base, id: randomUUID(), case_id: chosen.id, milestone: 'reported', source: 'force' },
			...{ milestone_version: 'milestones 2026-11', agency: 'police', happened_on: '2026-11-20' },
			...{ heard_at: at }
		},
		support_request: {
			...{ ...base, id: request_id, number: 1, reference: `SR-${sixDigits()}`, controller_id },
			...{ desk_id: w.policeDeskId, kind: 'talk', urgency: 'one_day', reach_sealed: sealed },
			...{ words_sealed: sealed, state: 'new', asked_at: at, due_at: later }
		},
		support_transition: {
			...{ force_id: w.forceId, request_id, sequence: 1, from_state: 'none', to_state: 'new' },
			...{ moved_by: victim.actor.accountId, moved_at: at }
		},
		thread: {
			...{ ...base, id: thread_id, controller_id, request_id, number: 1, subject: 'request' },
			...{ opened_at: at }
		},
		message: {
			...{ ...base, id: randomUUID(), thread_id, controller_id, sequence: 1, side: 'victim' },
			...{ words_sealed: sealed, language: 'en', written_by: victim.actor.accountId },
			...{ written_at: at }
		}
	};
}

/** Stores rows as the tables' owner, in the order given. */
export async function store(t: TestDatabase, rows: Readonly<Record<string, Row>>): Promise<void> {
	for (const [table, row] of Object.entries(rows)) await insert(t.owner, table, row);
}

/** Stores one row of any table, whatever it holds. */
export async function insert(db: Kysely<Database>, table: string, row: Row): Promise<void> {
	const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
	await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
		db
	);
}

/** Gives the instant that many hours after the world's now. */
export function hours(w: World, count: number): Date {
	return new Date(w.now.at.getTime() + count * 3_600_000);
}

/** Gives six digits that no other reference has. */
export function sixDigits(): string {
	return String(randomInt(100_000, 1_000_000));
}

function openFor(minute: number): Row {
	const opens = new Date(minute * 60_000).toISOString().slice(11, 16);
	return { weekday: randomInt(1, 8), opens, closes: '20:00' };
}

function onDuty(officer: Ctx, from_at: Date, until_at: Date): Row {
	return { account_id: officer.actor.accountId, from_at, until_at };
}
