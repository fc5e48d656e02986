import type { Line, Tried } from '#lib/domain/support/line.ts';
import type { Outcome } from '#lib/domain/support/outcomes.ts';
import type { RequestState } from '#lib/domain/support/request.ts';
import { open, type DataKey } from '#lib/server/sealing/seal.ts';

/** What is sealed in a message; an internal note may say how somebody was tried, and what came of it. */
export type SealedMessage = {
	readonly words: string;
	readonly attempt?: Tried;
};

/** What is sealed with a move. */
export type SealedMove = { readonly words: string; readonly outcome?: Outcome };

export type MessageRow = {
	readonly side: 'victim' | 'staff';
	readonly internal: boolean;
	readonly words_sealed: string;
	readonly language: string;
	readonly written_by: string;
	readonly written_label: string | null;
	readonly written_at: Date;
	readonly acted_as: string | null;
};

export type TransitionRow = {
	readonly from_state: string;
	readonly to_state: string;
	readonly moved_by: string;
	readonly moved_label: string | null;
	readonly moved_at: Date;
	readonly acted_as: string | null;
	readonly words_sealed: string | null;
};

/** Opens the messages of a thread, in the order given, for the account that reads them. */
export function openMessages(
	key: DataKey,
	rows: readonly MessageRow[],
	reader: string | null
): Promise<Line[]> {
	return Promise.all(rows.map((row) => openMessage(key, row, reader)));
}

/** Opens messages and moves and gives them as one story, oldest first; a move comes before the message of its moment. */
export async function openStory(
	key: DataKey,
	transitions: readonly TransitionRow[],
	messages: readonly MessageRow[],
	reader: string | null
): Promise<Line[]> {
	const [moves, said] = await Promise.all([
		Promise.all(transitions.map((row) => openTransition(key, row, reader))),
		openMessages(key, messages, reader)
	]);
	return [...moves, ...said].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Gives the moves without their words: what may be read before a request is taken. */
export function bareStory(transitions: readonly TransitionRow[]): Line[] {
	return transitions.map((row) => stateLine(row, { words: '' }, null));
}

async function openMessage(key: DataKey, row: MessageRow, reader: string | null): Promise<Line> {
	const sealed = await open<SealedMessage>(key, row.words_sealed);
	return {
		kind: row.internal ? 'internal' : 'said',
		side: row.side,
		by: row.written_label,
		...{ mine: row.written_by === reader, as: row.acted_as },
		at: row.written_at,
		words: sealed.words,
		language: row.language,
		state: null,
		outcome: null,
		attempt: sealed.attempt ?? null
	};
}

async function openTransition(
	key: DataKey,
	row: TransitionRow,
	reader: string | null
): Promise<Line> {
	const sealed =
		row.words_sealed === null ? { words: '' } : await open<SealedMove>(key, row.words_sealed);
	return stateLine(row, sealed, reader);
}

function stateLine(row: TransitionRow, sealed: SealedMove, reader: string | null): Line {
	return {
		kind: 'state',
		side: row.moved_label === null ? 'victim' : 'staff',
		by: row.moved_label,
		...{ mine: row.moved_by === reader, as: row.acted_as },
		at: row.moved_at,
		words: sealed.words,
		language: null,
		state: row.to_state as RequestState,
		outcome: sealed.outcome ?? null,
		attempt: null
	};
}
