import { expect, test } from 'vitest';
import { parse } from '#lib/forms/need-entry.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

function read(pairs: Fields) {
	const data = new FormData();
	for (const [name, values] of Object.entries({ need: 'COM3', version: '2', ...pairs })) {
		for (const value of [values].flat()) data.append(name, value);
	}
	return parse(data);
}

function errorsOf(pairs: Fields): string[] {
	const outcome = read(pairs);
	return outcome.ok ? [] : outcome.error.errors.map((error) => error.field);
}

const recorded = { 'COM3-recorded': ['needed', 'woman'], 'COM3-recorded-words': ' Urdu ' };
const action = {
	...{ 'COM3-outcome': 'action', 'COM3-action': 'Book one', 'COM3-owner': 'officer' },
	...{ 'COM3-by-day': '1', 'COM3-by-month': '12', 'COM3-by-year': '2026' }
};

test('reads what is recorded with an action, its owner and its day', () => {
	expect(read({ ...recorded, ...action, 'COM3-source': 'pasted' })).toEqual({
		ok: true,
		value: {
			...{ needId: 'COM3', version: 2, choices: ['needed', 'woman'], words: 'Urdu' },
			source: 'pasted',
			outcome: { kind: 'action', words: 'Book one', owner: 'officer', by: '2026-12-01' }
		}
	});
});

test('an action without words, owner or day is not an outcome; each is named', () => {
	expect(errorsOf({ ...recorded, 'COM3-outcome': 'action' })).toEqual([
		'COM3-action',
		'COM3-owner',
		'COM3-by-day'
	]);
});

test('no action needs its reason; undecided is recorded as that', () => {
	expect(errorsOf({ ...recorded, 'COM3-outcome': 'none' })).toEqual(['COM3-reason']);
	const undecided = read({ ...recorded, 'COM3-outcome': 'missing' });
	expect(undecided.ok && undecided.value.outcome).toEqual({ kind: 'missing' });
	expect(errorsOf(recorded)).toEqual(['COM3-outcome']);
});

test.each([
	['31', '2', '2027'],
	['0', '1', '2027'],
	['1', '13', '2027'],
	['1', '1', '27'],
	['x', '1', '2027'],
	['', '', '']
])('%s/%s/%s is no day', (day, month, year) => {
	const by = { 'COM3-by-day': day, 'COM3-by-month': month, 'COM3-by-year': year };
	expect(errorsOf({ ...recorded, ...action, ...by })).toEqual(['COM3-by-day']);
});

test('something is recorded, and only what the need knows', () => {
	expect(errorsOf(action)).toEqual(['COM3-recorded']);
	expect(errorsOf({ ...action, 'COM3-recorded': 'pigeon' })).toContain('COM3-recorded');
	const two = { need: 'CRT1', 'CRT1-recorded': ['ready', 'know_more'], 'CRT1-outcome': 'missing' };
	expect(errorsOf(two)).toEqual(['CRT1-recorded']);
});

test('a need that a page does not ask yet is recorded in words; one that only informs is not', () => {
	const schedule = {
		need: 'CON3',
		'CON3-recorded-words': 'After 17:00',
		'CON3-outcome': 'missing'
	};
	expect(errorsOf(schedule)).toEqual([]);
	expect(errorsOf({ need: 'CUL4', 'CUL4-recorded-words': 'x' })).toEqual(['content']);
	expect(errorsOf({ need: 'nothing' })).toEqual(['content']);
});

test('nobody’s name can stand where the owner of an action stands', () => {
	expect(errorsOf({ ...recorded, ...action, 'COM3-owner': 'Sam Example' })).toEqual(['COM3-owner']);
	expect(errorsOf({ ...recorded, ...action, 'COM3-owner': 'portal' })).toEqual(['COM3-owner']);
});
