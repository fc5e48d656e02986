import { isAnswerKind, type Answer } from '#lib/domain/need/answer.ts';
import { voiceOf, type ReviewAnswer, type SaidKind } from '#lib/domain/need/standing.ts';
import type { EntryRow, StatementRow } from '#lib/server/needs/rows.ts';
import { open, seal, type DataKey } from '#lib/server/sealing/seal.ts';

/** What is sealed in a statement and in an entry: option ids and free words. */
export type SealedAnswer = { readonly choices: readonly string[]; readonly words: string };

/** A statement with its seal opened. Lives on the server only. */
export type OpenStatement = {
	readonly id: string;
	readonly needId: string;
	readonly sequence: number;
	readonly kind: SaidKind;
	readonly aboutEntryId: string | null;
	readonly language: string;
	readonly saidBy: string;
	readonly saidAs: string;
	readonly saidAt: Date;
	readonly dueAt: Date | null;
	readonly review: ReviewAnswer | null;
	readonly voice: string | null;
	readonly said: SealedAnswer;
	readonly reply: OpenReview | null;
};

/** The officer's answer to a statement, opened. */
export type OpenReview = {
	readonly answer: ReviewAnswer;
	readonly words: string;
	readonly by: string;
	readonly at: Date;
	readonly seen: boolean;
};

/** An entry with its seals opened. */
export type OpenEntry = {
	readonly id: string;
	readonly needId: string;
	readonly sequence: number;
	readonly source: EntryRow['source'];
	readonly recorded: SealedAnswer;
	readonly outcome: EntryRow['outcome'];
	readonly outcomeWords: string;
	readonly owner: string | null;
	readonly by: string | null;
	readonly recordedBy: string;
	readonly label: string;
	readonly at: Date;
};

/** Seals an answer or a record under the victim's key. */
export function sealAnswer(key: DataKey, answer: SealedAnswer): Promise<string> {
	return seal(key, { choices: answer.choices, words: answer.words });
}

/** Opens a statement and the answer to it. */
export async function openStatement(key: DataKey, row: StatementRow): Promise<OpenStatement> {
	const [said, reply] = await Promise.all([
		open<SealedAnswer>(key, row.answer_sealed),
		openReview(key, row)
	]);
	return {
		id: row.id,
		needId: row.need_id,
		sequence: row.sequence,
		kind: row.kind,
		aboutEntryId: row.about_entry_id,
		language: row.language,
		saidBy: row.said_by,
		saidAs: row.said_as,
		saidAt: row.said_at,
		dueAt: row.answer_due_at,
		review: row.answer,
		voice: voiceOf(row.acted_as, row.said_by),
		said,
		reply
	};
}

/** Opens an entry and its outcome. */
export async function openEntry(key: DataKey, row: EntryRow): Promise<OpenEntry> {
	const [recorded, outcome] = await Promise.all([
		open<SealedAnswer>(key, row.recorded_sealed),
		row.outcome_sealed === null ? null : open<{ words: string }>(key, row.outcome_sealed)
	]);
	return {
		id: row.id,
		needId: row.need_id,
		sequence: row.sequence,
		source: row.source,
		recorded,
		outcome: row.outcome,
		outcomeWords: outcome?.words ?? '',
		owner: row.outcome_owner,
		by: row.outcome_by,
		recordedBy: row.recorded_by,
		label: row.recorded_label,
		at: row.recorded_at
	};
}

/** Gives a statement as the answer that a record is compared with. */
export function asAnswer(statement: OpenStatement): Answer {
	const kind = isAnswerKind(statement.kind) ? statement.kind : 'answered';
	return { kind, choices: statement.said.choices, words: statement.said.words };
}

/** Gives an entry as the answer that it is compared with. */
export function entryAnswer(entry: OpenEntry): Answer {
	return { kind: 'answered', choices: entry.recorded.choices, words: entry.recorded.words };
}

async function openReview(key: DataKey, row: StatementRow): Promise<OpenReview | null> {
	const { answer, words_sealed: sealed, answered_label: by, answered_at: at } = row;
	if (answer === null || sealed === null || by === null || at === null) return null;
	return { answer, words: await open<string>(key, sealed), by, at, seen: row.seen_at !== null };
}
