import { err, ok, type Result } from '#lib/domain/result.ts';

export const requestStates = [
	'new',
	'acknowledged',
	'in_progress',
	'waiting_for_victim',
	'referred',
	'done',
	'withdrawn'
] as const;
export type RequestState = (typeof requestStates)[number];

export const urgencies = ['today', 'one_day', 'two_days', 'five_days'] as const;
export type Urgency = (typeof urgencies)[number];

/** What a person can do to a request; each move belongs to one side. */
export type RequestMove =
	'take' | 'start' | 'ask_victim' | 'victim_answered' | 'refer' | 'close' | 'withdraw' | 'reopen';

type Move = { by: 'victim' | 'caseworker'; from: readonly RequestState[]; to: RequestState };

/** The one transition table; the database holds the same pairs in `support_move` (a test compares). */
export const requestMoves: Readonly<Record<RequestMove, Move>> = {
	take: { by: 'caseworker', from: ['new'], to: 'acknowledged' },
	start: {
		by: 'caseworker',
		from: ['acknowledged', 'waiting_for_victim', 'referred'],
		to: 'in_progress'
	},
	ask_victim: { by: 'caseworker', from: ['acknowledged', 'in_progress'], to: 'waiting_for_victim' },
	victim_answered: { by: 'victim', from: ['waiting_for_victim'], to: 'in_progress' },
	refer: { by: 'caseworker', from: ['acknowledged', 'in_progress'], to: 'referred' },
	close: {
		by: 'caseworker',
		from: ['acknowledged', 'in_progress', 'waiting_for_victim', 'referred'],
		to: 'done'
	},
	withdraw: {
		by: 'victim',
		from: ['new', 'acknowledged', 'in_progress', 'waiting_for_victim', 'referred'],
		to: 'withdrawn'
	},
	reopen: { by: 'caseworker', from: ['done'], to: 'acknowledged' }
};

/** Takes a state and a move by one side; gives the next state, or why the move is not open. */
export function move(
	state: RequestState,
	name: RequestMove,
	by: 'victim' | 'caseworker'
): Result<RequestState, 'not_yours' | 'not_from_here'> {
	const rule = requestMoves[name];
	if (rule.by !== by) return err('not_yours');
	if (!rule.from.includes(state)) return err('not_from_here');
	return ok(rule.to);
}

/** Gives the moves that one side may make from a state, in the table's order. */
export function movesFrom(state: RequestState, by: 'victim' | 'caseworker'): RequestMove[] {
	return (Object.keys(requestMoves) as RequestMove[]).filter((name) => move(state, name, by).ok);
}
