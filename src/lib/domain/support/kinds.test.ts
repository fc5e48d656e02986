import { describe, expect, test } from 'vitest';
import { allHelplines, helplineIds, shownHelplines } from '#lib/domain/support/helplines.ts';
import {
	isReachOption,
	isSupportKind,
	reachOptions,
	standardUrgencyDays,
	supportKinds,
	supportKindsFor
} from '#lib/domain/support/kinds.ts';
import { urgencies } from '#lib/domain/support/request.ts';
import words from '#lib/i18n/locales/en/support-kinds.json' with { type: 'json' };

describe('what can be asked for', () => {
	test('each urgency has its working days, none longer than the one after it', () => {
		const days = urgencies.map((urgency) => standardUrgencyDays[urgency]);
		expect(days).toEqual([...days].sort((a, b) => a - b));
		expect(days[0]).toBe(0);
	});

	test('a business is not offered help with home, feelings or children', () => {
		const kinds = supportKindsFor('business_contact');
		for (const kind of ['safety_at_home', 'emotional', 'children'] as const) {
			expect(kinds).not.toContain(kind);
		}
		expect(kinds).toContain('something_else');
	});

	test('a bereaved relative may ask for everything, a read-only supporter for nothing', () => {
		expect(supportKindsFor('bereaved_relative')).toEqual(supportKinds);
		expect(supportKindsFor('supporter_readonly')).toEqual([]);
	});

	test('words from outside are checked', () => {
		expect(isSupportKind('money')).toBe(true);
		expect(isSupportKind('length')).toBe(false);
		expect(isReachOption('text')).toBe(true);
		expect(isReachOption('visit')).toBe(false);
	});

	test('every kind, urgency and way to be reached has English words, and no other has', () => {
		expect(Object.keys(words.kind)).toEqual([...supportKinds]);
		expect(Object.keys(words.urgency)).toEqual([...urgencies]);
		expect(Object.keys(words.reach)).toEqual([...reachOptions]);
	});
});

describe('helplines', () => {
	test('each is listed once, with a source and the day it was read', () => {
		expect(allHelplines().map((each) => each.id)).toEqual([...helplineIds]);
		for (const each of allHelplines()) {
			expect(each.source).not.toBe('');
			expect(each.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
			expect(each.dial).toMatch(/^\d{3,11}$/);
		}
	});

	test('shows nobody a number that is old, unsure or not meant for victims', () => {
		const shown = shownHelplines();
		expect(shown.every((each) => each.flag === 'V')).toBe(true);
		expect(shown.map((each) => each.id)).not.toContain('rape_support');
		expect(shown.map((each) => each.id)).not.toContain('victim_support_wm');
		expect(shown.map((each) => each.id)).not.toContain('respect');
		expect(shown[0]?.number).toBe('999');
	});

	test('every helpline has a name and a line about it in English, and no other has', () => {
		expect(Object.keys(words.helpline)).toEqual([...helplineIds]);
		for (const id of helplineIds) {
			expect(words.helpline[id].name).not.toBe('');
			expect(words.helpline[id].about).not.toBe('');
		}
	});

	test('the words carry no telephone number, so that there is one place to correct', () => {
		const numbers = Object.values(words.helpline).filter(({ about }) => /\d{4,}/.test(about));
		expect(numbers).toEqual([]);
	});
});
