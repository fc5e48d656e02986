import { describe, expect, test } from 'vitest';
import {
	changeDue,
	knownSafe,
	parseReach,
	tellsOld,
	type ContactChannel,
	type Known
} from '#lib/domain/contact/held-change.ts';
import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';

const asked = new Date('2026-11-23T10:00:00Z');
const before = new Date('2026-11-20T10:00:00Z');
const after = new Date('2026-11-23T10:05:00Z');
const rules: SafetyRules = {
	safe: ['portal', 'call', 'email'],
	unsafe: [],
	hours: 'any',
	...{ phone: 'nobody', away: [], word: '', note: '' }
};
const nothing: Known = { details: [], plan: null };
const call = (safe: 'safe' | 'unsafe' | 'unknown', since = before): Known => ({
	details: [{ channel: 'call', safe, since }],
	plan: null
});

test('a change is checked by the end of the next working day', () => {
	expect(changeDue(asked)).toEqual(new Date('2026-11-24T17:00:00Z'));
	expect(changeDue(new Date('2026-11-27T16:00:00Z'))).toEqual(new Date('2026-11-30T17:00:00Z'));
});

describe('the routes known to be safe', () => {
	test('are face to face where nothing is known', () => {
		expect(knownSafe(nothing, asked)).toEqual(['in_person']);
	});

	test('are those that were confirmed safe, or planned, before it was asked for', () => {
		expect(knownSafe(call('safe'), asked)).toEqual(['in_person', 'call']);
		expect(knownSafe({ details: [], plan: { rules, since: before } }, asked)).toEqual([
			...['in_person', 'call', 'mail']
		]);
		const supported = { ...rules, safe: ['supporter'] as const };
		expect(knownSafe({ details: [], plan: { rules: supported, since: before } }, asked)).toEqual([
			...['in_person', 'supporter']
		]);
	});

	test('are not those of which nobody is sure', () => {
		expect(knownSafe(call('unknown'), asked)).toEqual(['in_person']);
		expect(knownSafe(call('unsafe'), asked)).toEqual(['in_person']);
	});

	test('are not opened by what was said after it was asked for', () => {
		expect(knownSafe(call('safe', after), asked)).toEqual(['in_person']);
		expect(knownSafe({ details: [], plan: { rules, since: after } }, asked)).toEqual(['in_person']);
		expect(knownSafe({ details: [], plan: { rules, since: asked } }, asked)).toEqual(['in_person']);
	});

	test('are closed by it: a warning is believed at once', () => {
		const warned: SafetyRules = { ...rules, safe: ['portal'], unsafe: ['call'] };
		const known = { ...call('safe'), plan: { rules: warned, since: after } };
		expect(knownSafe(known, asked)).toEqual(['in_person']);
		const silent = { ...call('safe'), plan: { rules: { ...warned, unsafe: [] }, since: after } };
		expect(knownSafe(silent, asked)).toEqual(['in_person']);
	});

	test('never include the portal, by which it came', () => {
		expect(knownSafe({ details: [], plan: { rules, since: before } }, asked)).not.toContain(
			'portal'
		);
	});
});

test('the old address hears of a change of mail only when both are safe', () => {
	expect(tellsOld('mail', 'safe', 'safe')).toBe(true);
	for (const doubt of ['unsafe', 'unknown'] as const) {
		expect(tellsOld('mail', doubt, 'safe')).toBe(false);
		expect(tellsOld('mail', 'safe', doubt)).toBe(false);
	}
	expect(tellsOld('mail', 'safe', null)).toBe(false);
	expect(tellsOld('text', 'safe', 'safe')).toBe(false);
});

describe('what is typed', () => {
	test.each<[ContactChannel, string, string]>([
		['mail', ' name@example.com ', 'name@example.com'],
		['text', '07700  900123', '07700 900123'],
		['call', '+44 (0)7700 900-123', '+44 (0)7700 900-123'],
		['call', '0121 496 0000', '0121 496 0000'],
		['post', '1 High Street,\nMidshire', '1 High Street, Midshire']
	])('for %s: %j is kept as %j', (channel, typed, kept) => {
		expect(parseReach(channel, typed)).toEqual({ ok: true, value: kept });
	});

	test.each<[ContactChannel, string]>([
		['mail', 'name'],
		['mail', 'a@example.com, b@example.com'],
		['text', '07700'],
		['text', '999'],
		['call', 'ask my sister'],
		['call', '07700 900123 ext'],
		['post', 'home'],
		['post', 'x'.repeat(251)]
	])('for %s: %j is none', (channel, typed) => {
		expect(parseReach(channel, typed)).toEqual({ ok: false, error: 'bad_value' });
	});
});
