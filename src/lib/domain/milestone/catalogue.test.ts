import { describe, expect, test } from 'vitest';
import {
	allMilestones,
	furthestPhase,
	maySay,
	milestoneById,
	milestoneIds,
	phases
} from '#lib/domain/milestone/catalogue.ts';
import type { Milestone } from '#lib/domain/milestone/catalogue.ts';
import words from '#lib/i18n/locales/en/milestones.json' with { type: 'json' };

const parts = ['title', 'means', 'next', 'howLong', 'canDo', 'ask', 'now'] as const;

function milestone(id: string): Milestone {
	const found = milestoneById(id);
	if (found === null) throw new Error(`no milestone ${id}`);
	return found;
}

describe('the catalogue of milestones', () => {
	test('holds M01 to M44 once, in order, each with a source', () => {
		expect(milestoneIds).toHaveLength(44);
		expect(allMilestones().map((each) => each.id)).toEqual([...milestoneIds]);
		expect(milestoneIds).toEqual([...milestoneIds].sort());
		expect(allMilestones().filter((each) => each.source === '')).toEqual([]);
		expect(new Set(allMilestones().map((each) => each.phase)).size).toBe(phases.length);
	});

	test('knows nothing by any other word', () => {
		expect(milestoneById('M45')).toBeNull();
		expect(milestoneById('toString')).toBeNull();
	});

	test('the agency itself may always say it; another only if it is named', () => {
		expect(allMilestones().filter((each) => !maySay(each.agency, each))).toEqual([]);
		expect(maySay('witness_care', milestone('M29'))).toBe(true);
		expect(maySay('police', milestone('M29'))).toBe(false);
		expect(maySay('support_service', milestone('M18'))).toBe(false);
	});

	test.each(['M12', 'M14', 'M18', 'M26', 'M29', 'M30', 'M31', 'M38', 'M39', 'M40'])(
		'%s is told by a person first',
		(id) => expect(milestone(id).humanFirst).toBe(true)
	);

	test.each(['M01', 'M06', 'M16', 'M20', 'M24'])('%s can be told here', (id) =>
		expect(milestone(id).humanFirst).toBe(false)
	);

	test('a case can end without charge, by another way than court, or not guilty', () => {
		const ends = allMilestones().filter((each) => each.terminal === 'yes');
		expect(ends.map((each) => each.id)).toEqual(['M05', 'M17', 'M18', 'M29']);
		expect(milestone('M26').terminal).toBe('may_be');
	});
});

describe('how far a case is', () => {
	test('nothing happened, nothing reached', () => {
		expect(furthestPhase([])).toBeNull();
	});

	test('is the furthest of what happened, in whatever order it was heard', () => {
		expect(furthestPhase(['M19', 'M01', 'M06'])).toBe('court');
		expect(furthestPhase(['M01', 'M31', 'M34'])).toBe('after');
	});

	test('no further action does not claim that prosecutors or a court had the case', () => {
		expect(furthestPhase(['M01', 'M06', 'M18'])).toBe('looked_into');
		expect(furthestPhase(['M06', 'M16', 'M18'])).toBe('cps');
	});
});

describe('the English words of the milestones', () => {
	test.each([...milestoneIds])('%s says what it means, what is next and who to ask', (id) => {
		expect(parts.filter((part) => !words[id][part])).toEqual([]);
		expect(Object.keys(words[id]).sort()).toEqual([...parts].sort());
	});

	test('there are words for every milestone and for no other', () => {
		expect(Object.keys(words).sort()).toEqual([...milestoneIds]);
	});

	const texts = Object.entries(words).flatMap(([id, says]) =>
		Object.entries(says).map(([part, text]) => ({ key: `${id}.${part}`, text }))
	);

	test('fit a bereaved family too: no words of the reader being hurt', () => {
		const banned = /\b(you were (hurt|injured|attacked)|your injur\w+|what happened to you)\b/i;
		expect(texts.filter(({ text }) => banned.test(text))).toEqual([]);
	});

	test('say neither that the reader was not believed nor that anything is sure to come', () => {
		const banned =
			/\b(alleged?|allegation|offender|perpetrator|insufficient|we promise|guarantee\w*|definitely)\b|'|"/i;
		expect(texts.filter(({ text }) => banned.test(text))).toEqual([]);
		expect(words.M18.means).toMatch(/does not mean that you were not believed/);
		expect(words.M29.means).toMatch(/does not mean/);
	});

	test('keep sentences short', () => {
		const long = texts.flatMap(({ key, text }) =>
			text
				.split(/(?<=[.?!])\s/)
				.filter((sentence) => sentence.split(/\s+/).length > 25)
				.map((sentence) => `${key}: ${sentence}`)
		);
		expect(long).toEqual([]);
	});
});
