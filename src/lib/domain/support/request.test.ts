import { describe, expect, test } from 'vitest';
import {
	move,
	movesFrom,
	requestMoves,
	requestStates,
	type RequestMove,
	type RequestState
} from '#lib/domain/support/request.ts';

const allMoves = Object.keys(requestMoves) as RequestMove[];

describe('who may do what to a request', () => {
	test('only a caseworker takes, and only what nobody has', () => {
		expect(move('new', 'take', 'caseworker')).toEqual({ ok: true, value: 'acknowledged' });
		expect(move('new', 'take', 'victim')).toEqual({ ok: false, error: 'not_yours' });
		expect(move('acknowledged', 'take', 'caseworker')).toEqual({
			ok: false,
			error: 'not_from_here'
		});
	});

	test('the victim may withdraw for as long as it is open, and never after', () => {
		const open = requestStates.filter((state) => move(state, 'withdraw', 'victim').ok);
		expect(open).toEqual(['new', 'acknowledged', 'in_progress', 'waiting_for_victim', 'referred']);
	});

	test('what the victim withdrew stays withdrawn', () => {
		expect(allMoves.filter((name) => requestMoves[name].from.includes('withdrawn'))).toEqual([]);
	});

	test('nothing is closed that nobody took', () => {
		expect(movesFrom('new', 'caseworker')).toEqual(['take']);
	});

	test('her answer gives the work back to the caseworker', () => {
		expect(move('waiting_for_victim', 'victim_answered', 'victim')).toEqual({
			ok: true,
			value: 'in_progress'
		});
	});
});

describe('the shape of the table', () => {
	test('every state can be reached from a new request', () => {
		const reached = new Set<RequestState>(['new']);
		for (let before = 0; before !== reached.size;) {
			before = reached.size;
			for (const name of allMoves) {
				const rule = requestMoves[name];
				if (rule.from.some((state) => reached.has(state))) reached.add(rule.to);
			}
		}
		expect([...reached].sort()).toEqual([...requestStates].sort());
	});

	test('every state that waits for somebody has a way on for them', () => {
		for (const state of requestStates.filter((one) => one !== 'withdrawn')) {
			const ways = [...movesFrom(state, 'caseworker'), ...movesFrom(state, 'victim')];
			expect(ways, state).not.toEqual([]);
		}
	});

	test('no move leads from a state to itself', () => {
		for (const name of allMoves) {
			expect(requestMoves[name].from).not.toContain(requestMoves[name].to);
		}
	});
});
