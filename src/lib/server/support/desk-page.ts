import type { Answer } from '#lib/domain/need/answer.ts';
import { isAnswerKind } from '#lib/domain/need/answer.ts';
import { allNeeds, type AreaId, type Consumer, type NeedId } from '#lib/domain/need/catalogue.ts';
import type { SafetyPlan } from '#lib/domain/contact/may-reach.ts';
import { clockOf, type Clock } from '#lib/domain/support/queue.ts';
import { contactAt, type ContactNow, type Reach } from '#lib/domain/support/reach.ts';
import {
	movesFrom,
	type RequestMove,
	type RequestState,
	type Urgency
} from '#lib/domain/support/request.ts';
import type { SealedAnswer } from '#lib/server/needs/opened.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open, type DataKey } from '#lib/server/sealing/seal.ts';
import type {
	readPerson,
	readPhase,
	readPlan,
	readRecorded,
	readSaid
} from '#lib/server/support/desk-queries.ts';
import type { readRequest } from '#lib/server/support/queries.ts';
import type { Line } from '#lib/domain/support/line.ts';

/** One row of the queue. */
export type QueueRow = {
	readonly reference: string;
	readonly kind: string;
	readonly urgency: Urgency;
	readonly state: RequestState;
	readonly askedAt: Date;
	readonly dueAt: Date;
	readonly clock: Clock;
	readonly contact: ContactNow;
	readonly takenBy: string | null;
	readonly mine: boolean;
};

/** What matters of one need at this moment: what she said, and what the officer recorded. */
export type NeedNow = {
	readonly id: NeedId;
	readonly area: AreaId;
	readonly said: (Answer & { at: Date }) | null;
	readonly recorded: (SealedAnswer & { at: Date; by: string }) | null;
};

/** Where the case is: its latest milestone and the next date, if any. */
export type Phase = {
	readonly milestone: string;
	readonly agency: string;
	readonly on: string;
	readonly nextOn: string | null;
};

/** What opens once a request is taken. */
export type File = {
	readonly name: string;
	/** Details that were checked and are safe to use, by channel: `call`, `text`, `mail`, `post`. */
	readonly details: readonly { channel: string; value: string }[];
	readonly words: string;
	readonly reach: Reach;
	readonly plan: SafetyPlan | null;
	readonly needs: readonly NeedNow[];
	readonly phase: Phase | null;
	readonly earlier: readonly { reference: string; kind: string; state: RequestState; at: Date }[];
};

/** A request as a caseworker of its desk reads it; `file` is null before they take it. */
export type DeskPage = QueueRow & {
	readonly version: number;
	readonly desk: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
	readonly closedAt: Date | null;
	readonly story: readonly Line[];
	readonly moves: readonly RequestMove[];
	readonly file: File | null;
};

/** Gives one row of the queue as the page shows it. */
export function rowOf(
	row: {
		reference: string;
		kind: string;
		urgency: Urgency;
		state: RequestState;
		taken_by: string | null;
		taken_label: string | null;
		asked_at: Date;
		due_at: Date;
	},
	plan: { contact_ok_now: boolean | null; contact_ok_next_change_at: Date | null } | undefined,
	reader: { accountId: string | null; now: Date }
): QueueRow {
	const { reference, kind, urgency, state, asked_at: askedAt, due_at: dueAt } = row;
	const okNow = plan?.contact_ok_now ?? null;
	const facts =
		okNow === null ? null : { okNow, nextChangeAt: plan?.contact_ok_next_change_at ?? null };
	return {
		...{ reference, kind, urgency, state, askedAt, dueAt },
		clock: clockOf({ reference, urgency, state, askedAt, dueAt }, reader.now),
		contact: contactAt(facts, reader.now),
		takenBy: row.taken_label,
		mine: row.taken_by !== null && row.taken_by === reader.accountId
	};
}

/** The moves that a caseworker may make on a request: taking is for all, the rest for who took it. */
export function movesOf(row: { state: RequestState }, mine: boolean): RequestMove[] {
	return movesFrom(row.state, 'caseworker').filter((name) => mine || name === 'take');
}

/** Areas that matter to whoever is about to get in touch. */
const areasNow: readonly AreaId[] = ['contact', 'understood', 'court'];

/** Gives the needs that somebody at a desk reads: those whose consumers in the catalogue they are. */
export function needsRead(audience: 'force' | 'service'): NeedId[] {
	const reader: Consumer = audience === 'force' ? 'witness_care' : 'support_service';
	return allNeeds()
		.filter((need) => areasNow.includes(need.area) && need.consumers.includes(reader))
		.map((need) => need.id);
}

/** Every need that a desk of either audience reads: asked for before the audience is known. */
export const needsOfDesks: readonly NeedId[] = [
	...new Set([...needsRead('force'), ...needsRead('service')])
];

/** Opens what was said and recorded of the needs that this audience reads. */
export async function openNeeds(
	key: DataKey,
	audience: 'force' | 'service',
	said: Awaited<ReturnType<typeof readSaid>>,
	recorded: Awaited<ReturnType<typeof readRecorded>>
): Promise<NeedNow[]> {
	const readable = needsRead(audience);
	const opened = readable.map(async (id): Promise<NeedNow | null> => {
		const statement = said.find((row) => row.need_id === id);
		const entry = recorded.find((row) => row.need_id === id);
		const area = allNeeds().find((need) => need.id === id)?.area;
		if (!area || (!statement && !entry)) return null;
		const [answer, record] = await Promise.all([
			statement ? open<SealedAnswer>(key, statement.answer_sealed) : null,
			entry ? open<SealedAnswer>(key, entry.recorded_sealed) : null
		]);
		return {
			...{ id, area },
			said:
				statement && answer && isAnswerKind(statement.kind)
					? { kind: statement.kind, ...answer, at: statement.said_at }
					: null,
			recorded:
				entry && record ? { ...record, at: entry.recorded_at, by: entry.recorded_label } : null
		};
	});
	return (await Promise.all(opened)).filter((need) => need !== null);
}

/** Opens who asked, for what, and how to answer safely. */
export async function openAsked(
	key: DataKey,
	row: NonNullable<Awaited<ReturnType<typeof readRequest>>>,
	plan: Awaited<ReturnType<typeof readPlan>>,
	person: Awaited<ReturnType<typeof readPerson>>
): Promise<Pick<File, 'name' | 'details' | 'words' | 'reach' | 'plan'>> {
	const sealed = person.flatMap(({ channel, value_sealed: value }) =>
		channel === null || value === null ? [] : [{ channel, value }]
	);
	const [name, words, reach, opened, details] = await Promise.all([
		person[0] ? open<string>(key, person[0].name_sealed) : '',
		open<string>(key, row.words_sealed),
		open<Reach>(key, row.reach_sealed),
		plan ? openPlan(key, plan) : null,
		Promise.all(sealed.map(async (one) => ({ ...one, value: await open<string>(key, one.value) })))
	]);
	return { name, words, reach, plan: opened, details };
}

/** Gives where the case is, for the page. */
export function phaseOf(row: Awaited<ReturnType<typeof readPhase>>): Phase | null {
	if (!row) return null;
	return {
		milestone: row.milestone,
		agency: row.agency,
		on: row.happened_on,
		nextOn: row.next_on
	};
}
