import { expect, test } from 'vitest';
import { findings, type AssessmentFacts } from '#lib/domain/standard/findings.ts';

const dueAt = new Date('2026-11-24T17:00:00Z');
const before = new Date('2026-11-24T16:59:59Z');
const after = new Date('2026-11-24T17:00:01Z');
const none: AssessmentFacts = { dueAt, begun: true, confirmedAt: null, needs: [] };
const need = { needId: 'COM3', answerDueAt: null, told: false, outcome: 'action' } as const;

function found(facts: AssessmentFacts, now = before): string[] {
	return findings(facts, now).map((one) => `${one.rule} ${one.result}`);
}

test('an assessment is late from the second after its limit, and not before', () => {
	expect(found(none, before)).toEqual([]);
	expect(found(none, dueAt)).toEqual([]);
	expect(found(none, after)).toEqual(['VNA-T1 late']);
});

test('an assessment that nobody has begun is missing at once', () => {
	expect(found({ ...none, begun: false })).toEqual(['VNA-T1 missing']);
	expect(found({ ...none, begun: false }, after)).toEqual(['VNA-T1 late']);
});

test('what was confirmed in time is met for good; what was confirmed late stays late', () => {
	expect(found({ ...none, confirmedAt: dueAt }, after)).toEqual(['VNA-T1 met']);
	expect(found({ ...none, confirmedAt: after }, after)).toEqual(['VNA-T1 late']);
});

test('an entry without an outcome is too thin, and the finding names the need', () => {
	const facts = { ...none, needs: [{ ...need, outcome: 'missing' as const }] };
	expect(findings(facts, before)).toEqual([
		{ rule: 'VNA-Q1', result: 'thin', needId: 'COM3', dueAt: null }
	]);
	expect(found({ ...none, needs: [{ ...need, outcome: 'none' }, need] })).toEqual([]);
});

test('a statement that waits is unanswered, and late after its own limit', () => {
	const facts = { ...none, needs: [{ ...need, answerDueAt: dueAt }] };
	expect(found(facts, before)).toEqual(['VNA-T2 unanswered']);
	expect(found({ ...facts, confirmedAt: before }, after)).toEqual(['VNA-T2 late', 'VNA-T1 met']);
});

test('what she told us and nobody recorded is missing, once her statement is answered', () => {
	const told = { ...need, told: true, outcome: null };
	expect(found({ ...none, needs: [told] })).toEqual(['VNA-Q1 missing']);
	expect(found({ ...none, needs: [{ ...told, answerDueAt: dueAt }] })).toEqual([
		'VNA-T2 unanswered'
	]);
	expect(found({ ...none, needs: [{ ...told, told: false }] })).toEqual([]);
});

test('the worst comes first', () => {
	const facts: AssessmentFacts = {
		...none,
		confirmedAt: before,
		needs: [
			{ ...need, outcome: 'missing' },
			{ ...need, needId: 'SAF1', answerDueAt: new Date('2026-11-26T17:00:00Z') },
			{ ...need, needId: 'CON6', answerDueAt: dueAt }
		]
	};
	expect(found(facts, after)).toEqual([
		'VNA-T2 late',
		'VNA-T2 unanswered',
		'VNA-Q1 thin',
		'VNA-T1 met'
	]);
});
