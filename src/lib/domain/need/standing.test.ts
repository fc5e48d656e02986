import { describe, expect, test } from 'vitest';
import {
	allOutstanding,
	areaStanding,
	awaitsAnswer,
	inFocus,
	lastAnswer,
	needStanding,
	outstanding,
	saidKinds,
	takesSomeoneElse,
	voiceOf
} from '#lib/domain/need/standing.ts';
import type { ReviewAnswer, Said, SaidKind, Standing } from '#lib/domain/need/standing.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 10, n, 17));

function said(...lines: [SaidKind, ReviewAnswer | null, number?][]): Said[] {
	return lines.map(([kind, review, due], index) => ({
		sequence: index + 1,
		kind,
		review,
		dueAt: awaitsAnswer(kind) ? day(due ?? 24 + index) : null,
		aboutEntryId: kind === 'still_right' || kind === 'not_right' ? 'entry 1' : null,
		voice: null
	}));
}

describe('where a need stands', () => {
	test.each<[string, Said[], string | null, Standing]>([
		['nothing was said or recorded', [], null, 'nothing_asked'],
		['only the officer recorded something', [], 'entry 1', 'tell_more'],
		['she answered', said(['answered', null]), null, 'with_officer'],
		['she asked to talk', said(['talk_to_someone', null]), null, 'with_officer'],
		['she asked to be asked later', said(['ask_me_later', null]), null, 'tell_more'],
		['she keeps it to herself', said(['prefer_not_to_say', null]), null, 'kept'],
		['the officer agreed', said(['answered', 'agreed']), null, 'agreed'],
		['the officer agreed in part', said(['answered', 'agreed_in_part']), null, 'answered'],
		['the officer did not agree', said(['answered', 'not_agreed']), null, 'answered'],
		['she says the record is wrong', said(['not_right', null]), 'entry 1', 'not_right'],
		['her dispute was conceded', said(['not_right', 'agreed']), 'entry 1', 'agreed'],
		['her dispute was refused', said(['not_right', 'not_agreed']), 'entry 1', 'answered'],
		['she says the record is right', said(['still_right', null]), 'entry 1', 'agreed'],
		['the record changed since', said(['still_right', null]), 'entry 2', 'tell_more'],
		[
			'she changed an agreed answer',
			said(['answered', 'agreed'], ['answered', null]),
			null,
			'with_officer'
		]
	])('when %s', (_when, lines, entry, standing) => {
		expect(needStanding(lines, entry)).toBe(standing);
	});

	test('what she told us is her last answer, whatever she said about the record since', () => {
		const lines = said(['answered', 'agreed'], ['ask_me_later', null], ['not_right', null]);
		expect(lastAnswer(lines)?.sequence).toBe(2);
		expect(lastAnswer(said(['still_right', null]))).toBeNull();
	});
});

describe('what waits for an answer', () => {
	test('only the last statement can wait', () => {
		expect(outstanding([])).toBeNull();
		expect(outstanding(said(['answered', null], ['prefer_not_to_say', null]))).toBeNull();
		expect(outstanding(said(['answered', 'agreed']))).toBeNull();
		expect(outstanding(said(['answered', null], ['not_right', null]))?.statement.sequence).toBe(2);
	});

	test('saying it again does not put the clock back', () => {
		const again = said(['answered', null, 24], ['answered', null, 27], ['not_right', null, 25]);
		expect(outstanding(again)?.dueAt).toEqual(day(24));
	});

	test('an answer, or a wish to leave it, ends the clock that ran before', () => {
		const answered = said(['answered', 'agreed', 24], ['answered', null, 30]);
		expect(outstanding(answered)?.dueAt).toEqual(day(30));
		const left = said(['answered', null, 24], ['ask_me_later', null], ['answered', null, 30]);
		expect(outstanding(left)?.dueAt).toEqual(day(30));
	});

	test('three kinds of statement are owed an answer', () => {
		expect(saidKinds.filter(awaitsAnswer)).toEqual(['answered', 'talk_to_someone', 'not_right']);
	});
});

describe('a child and a parent', () => {
	const by = (voice: string | null, lines: Said[]): Said[] =>
		lines.map((one) => ({ ...one, voice }));
	const [first = null, second = null] = said(['answered', null, 24], ['answered', null, 26]);
	const child = by(null, first ? [first] : []);
	const mother = by('mother', second ? [second] : []);
	const both = [...child, ...mother];

	test('each have a voice, and whoever else speaks for somebody has that person’s', () => {
		expect(voiceOf('parent_guardian', 'mother')).toBe('mother');
		expect(voiceOf('family_spokesperson', 'aunt')).toBeNull();
		expect(voiceOf(null, 'child')).toBeNull();
	});

	test('what the parent says later takes nothing from what the child said', () => {
		expect(allOutstanding(both).map(({ statement }) => statement.voice)).toEqual([null, 'mother']);
		expect(outstanding(both)?.statement.voice).toBeNull();
	});

	test('the page of each shows their own, and that of the officer what waits first', () => {
		expect(inFocus(both, { voice: null })).toEqual(child);
		expect(inFocus(both, { voice: 'mother' })).toEqual(mother);
		expect(inFocus(both, null)).toEqual(child);
		const answered = by(null, said(['answered', 'agreed']));
		expect(inFocus([...answered, ...mother], null)).toEqual(mother);
		const settled = by('mother', said(['answered', 'agreed']));
		expect(inFocus([...answered, ...settled], null)).toEqual(answered);
		expect(inFocus(mother, { voice: null })).toEqual(mother);
		expect(inFocus([], null)).toEqual([]);
	});
});

describe('the one tag of an area', () => {
	const needs = (...lines: [Standing, number?][]) =>
		lines.map(([standing, due]) => ({ standing, dueAt: due === undefined ? null : day(due) }));

	test.each<[string, [Standing, number?][], Standing, number | null]>([
		['nothing', [['nothing_asked'], ['nothing_asked']], 'nothing_asked', null],
		['one of two agreed', [['agreed'], ['nothing_asked']], 'tell_more', null],
		['all agreed or kept', [['agreed'], ['kept']], 'agreed', null],
		['all kept', [['kept'], ['kept']], 'kept', null],
		['one with the officer', [['agreed'], ['with_officer', 26]], 'with_officer', 26],
		[
			'two with the officer',
			[
				['with_officer', 27],
				['with_officer', 26]
			],
			'with_officer',
			26
		],
		[
			'a dispute before all else',
			[
				['with_officer', 26],
				['not_right', 24]
			],
			'not_right',
			24
		],
		['an answer to read', [['answered'], ['agreed']], 'answered', null]
	])('for %s', (_what, lines, standing, due) => {
		const dueAt = due === null ? null : day(due);
		expect(areaStanding(needs(...lines))).toEqual({ standing, dueAt });
	});
});

describe('who decides a dispute', () => {
	test('someone else, when it is about safety or comes back', () => {
		const dispute = { kind: 'not_right', sensitivity: 'B', earlierDisputes: 0 } as const;
		expect(takesSomeoneElse(dispute)).toBe(false);
		expect(takesSomeoneElse({ ...dispute, sensitivity: 'C' })).toBe(true);
		expect(takesSomeoneElse({ ...dispute, earlierDisputes: 1 })).toBe(true);
		expect(takesSomeoneElse({ kind: 'answered', sensitivity: 'C', earlierDisputes: 1 })).toBe(
			false
		);
	});
});
