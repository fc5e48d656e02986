import { describe, expect, test } from 'vitest';
import { areaIds, isHardArea } from '#lib/domain/need/areas.ts';
import { allNeeds, consumers, participationRoles } from '#lib/domain/need/catalogue.ts';
import type { Need } from '#lib/domain/need/catalogue.ts';
import { answerKinds } from '#lib/domain/need/answer.ts';
import words from '#lib/i18n/locales/en/needs.json' with { type: 'json' };

const flat = new Map<string, string>();
flatten('', words);

describe('the English words of the needs', () => {
	test.each(allNeeds().map((need) => [need.id, need] as const))('%s can be said', (_id, need) => {
		expect(keysOf(need).filter((key) => !flat.get(key))).toEqual([]);
	});

	test('every area has a title and a lead, and a hard one a content note', () => {
		for (const area of areaIds) {
			expect(flat.get(`area.${area}.title`), area).toBeTruthy();
			expect(flat.get(`area.${area}.lead`), area).toBeTruthy();
			expect(flat.has(`area.${area}.note`), area).toBe(isHardArea(area));
		}
	});

	test('every reader and every kind of answer has a name', () => {
		for (const consumer of consumers) expect(flat.has(`consumer.${consumer}`)).toBe(true);
		for (const kind of answerKinds) expect(flat.has(`kind.${kind}`)).toBe(true);
	});

	test('says nothing of a need, an option or a role that the catalogue does not have', () => {
		const known = new Set(allNeeds().flatMap(mayHave));
		const strays = [...flat.keys()].filter((key) => key.startsWith('need.') && !known.has(key));
		expect(strays).toEqual([]);
	});

	test('never blames, never calls the telling a claim, never speaks like a form', () => {
		const banned =
			/\b(alleged?|allegation|claimant|offender|perpetrator|invalid|you failed)\b|'|"/i;
		expect([...flat].filter(([, text]) => banned.test(text))).toEqual([]);
	});

	test('keeps sentences short', () => {
		const long = [...flat].flatMap(([key, text]) =>
			text
				.split(/(?<=[.?!])\s/)
				.filter((sentence) => sentence.split(/\s+/).length > 25)
				.map((sentence) => `${key}: ${sentence}`)
		);
		expect(long).toEqual([]);
	});
});

/** The keys that a need cannot do without. */
function keysOf(need: Need): string[] {
	const base = `need.${need.id}`;
	const { answer } = need;
	return [
		`${base}.title`,
		`${base}.question`,
		`${base}.why`,
		...(answer.kind === 'later' ? [`${base}.laterText`] : []),
		...(answer.kind === 'info' ? [`${base}.text`] : []),
		...('options' in answer ? answer.options.map((option) => `${base}.options.${option}`) : []),
		...('words' in answer && answer.words ? [`${base}.words`] : [])
	];
}

/** The keys that a need may have. */
function mayHave(need: Need): string[] {
	const asked = need.roles === 'all' ? participationRoles : need.roles;
	const variants = asked.map((role) => `need.${need.id}.question_${role}`);
	return [...keysOf(need), ...variants, `need.${need.id}.hint`, `need.${need.id}.laterText`];
}

function flatten(prefix: string, node: object): void {
	for (const [key, value] of Object.entries(node)) {
		if (typeof value === 'string') flat.set(prefix + key, value);
		else if (typeof value === 'object' && value !== null) flatten(`${prefix}${key}.`, value);
	}
}
