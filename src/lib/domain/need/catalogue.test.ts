import { describe, expect, test } from 'vitest';
import { areaIds, areasFor, isAreaId, needsInArea } from '#lib/domain/need/areas.ts';
import {
	allNeeds,
	consumers,
	isAskedOnPage,
	isNeedId,
	needIds,
	needById,
	needsFor,
	needsLeftOut,
	optionsFor,
	participationRoles
} from '#lib/domain/need/catalogue.ts';
import type { Need, ParticipationRole } from '#lib/domain/need/catalogue.ts';

function idsFor(role: ParticipationRole): string[] {
	return needsFor(role).map((need) => need.id);
}

describe('the catalogue', () => {
	test('holds every need once, area by area in order', () => {
		expect(allNeeds().map((need) => need.id)).toEqual([...needIds]);
		const areas = allNeeds().map((need) => areaIds.indexOf(need.area));
		expect(areas).toEqual([...areas].sort((a, b) => a - b));
		expect(new Set(areas).size).toBe(areaIds.length);
	});

	test('knows a need by its id and nothing by any other word', () => {
		expect(needById('CON2')?.area).toBe('contact');
		expect(needById('con2')).toBeNull();
		expect(isNeedId('constructor')).toBe(false);
		expect(isAreaId('toString')).toBe(false);
	});

	test('does not ask equality monitoring', () => {
		expect(isNeedId('CUL5')).toBe(false);
		expect(needsLeftOut['CUL5']).toMatch(/equality/);
	});

	test.each(allNeeds().map((need) => [need.id, need] as const))('%s is whole', (_id, need) => {
		expect(need.source).not.toBe('');
		expect(need.consumers.length).toBeGreaterThan(0);
		expect(need.consumers).toEqual(consumers.filter((each) => need.consumers.includes(each)));
		expect(need.roles.length).toBeGreaterThan(0);
		expect(optionFaults(need)).toEqual([]);
	});

	test('an officer reads everything that is asked, so that each answer can be reviewed', () => {
		const unread = allNeeds().filter(
			(need) => need.answer.kind !== 'info' && !need.consumers.includes('officer')
		);
		expect(unread).toEqual([]);
	});

	test('safety and contact start from options, never from an empty box but for the word', () => {
		const boxes = allNeeds().filter(
			(need) => ['safety', 'contact'].includes(need.area) && need.answer.kind === 'text'
		);
		expect(boxes.map((need) => need.id)).toEqual(['CON5']);
		expect(needById('CON5')?.sensitivity).toBe('C');
	});

	test('never takes the text of a personal statement or an account of immigration', () => {
		expect(needById('VPS1')?.answer).toMatchObject({ kind: 'several', words: false });
		expect(needById('CUL4')?.answer).toEqual({ kind: 'info' });
	});

	test('what only an officer can take for now is not offered on a page', () => {
		const later = allNeeds().filter((need) => need.answer.kind === 'later');
		expect(later.map((need) => need.id)).toEqual(['CON3', 'CON8', 'PRA6', 'CRT5']);
		expect(later.some(isAskedOnPage)).toBe(false);
	});
});

describe('who is asked what', () => {
	test('a bereaved relative is not asked about injuries, evidence or earlier incidents', () => {
		const asked = idsFor('bereaved_relative');
		for (const id of ['HEA1', 'CRT2', 'CRT7', 'REP1', 'REP2']) expect(asked).not.toContain(id);
		expect(asked).toEqual(expect.arrayContaining(['SAF1', 'CON1', 'HEA3', 'VPS1', 'JUS3']));
		expect(areasFor('bereaved_relative')).not.toContain('repeat');
	});

	test('nobody who acts for another is asked about honour-based harm', () => {
		expect(idsFor('self')).toContain('CUL3');
		expect(idsFor('parent_guardian')).not.toContain('CUL3');
		expect(idsFor('family_spokesperson')).not.toContain('CUL3');
	});

	test('a business is asked little, and nothing about health or family', () => {
		const asked = needsFor('business_contact');
		expect(asked.length).toBeLessThan(20);
		expect(areasFor('business_contact')).not.toContain('health');
		expect(areasFor('business_contact')).not.toContain('people');
	});

	test('a supporter who only reads is asked nothing', () => {
		expect(needsFor('supporter_readonly')).toEqual([]);
		expect(areasFor('supporter_readonly')).toEqual([]);
	});

	test('the person themselves meets every area', () => {
		expect(areasFor('self')).toEqual(areaIds);
		expect(needsFor('self').length).toBe(needIds.length);
	});

	test('an area holds just the needs that fit the role', () => {
		expect(needsInArea('health', 'bereaved_relative').map((need) => need.id)).not.toContain('HEA1');
		expect(needsInArea('contact', 'self')).toHaveLength(8);
	});

	test('options that do not fit the role are not shown', () => {
		const worries = needById('CRT3');
		if (worries === null) throw new Error('no need CRT3');
		expect(optionsFor(worries, 'self')).toContain('questions');
		expect(optionsFor(worries, 'bereaved_relative')).not.toContain('questions');
	});
});

/** What is wrong with the options of a need, in words. */
function optionFaults(need: Need): string[] {
	const { answer } = need;
	if (answer.kind !== 'choice' && answer.kind !== 'several') return [];
	const alone = answer.kind === 'several' ? (answer.alone ?? []) : [];
	const hidden = participationRoles.flatMap((role) => need.notFor?.[role] ?? []);
	return [
		...(answer.options.length < 2 ? ['fewer than two options'] : []),
		...(new Set(answer.options).size < answer.options.length ? ['an option twice'] : []),
		...[...alone, ...hidden].filter((option) => !answer.options.includes(option)),
		// The last part of such a key would be read as a plural form of the locale files.
		...answer.options.filter((option) => /(^|_)(zero|one|two|few|many|other)$/.test(option)),
		...answer.options.filter((option) => !/^[a-z][a-z_]*$/.test(option))
	];
}
