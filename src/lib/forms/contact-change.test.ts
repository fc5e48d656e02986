import { expect, test } from 'vitest';
import {
	longestAnswer,
	parse,
	parseConfirmed,
	parseRefused,
	parseWhich
} from '#lib/forms/contact-change.ts';

const form = (fields: Record<string, string>): FormData => {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
};
const asked = { channel: 'text', value: '07700 900123', safe: 'unsure', password: ' my secret ' };
const fieldsOf = (result: ReturnType<typeof parse>) =>
	result.ok ? [] : result.error.errors.map(({ field }) => field);

test('a change is read, its secret as typed', () => {
	expect(parse(form(asked))).toEqual({
		ok: true,
		value: { channel: 'text', value: '07700 900123', safe: 'unknown', password: ' my secret ' }
	});
});

test('all that is missing is said at once', () => {
	expect(fieldsOf(parse(form({})))).toEqual(['channel', 'safe']);
	expect(fieldsOf(parse(form({ ...asked, value: 'no number' })))).toEqual(['value']);
	expect(fieldsOf(parse(form({ ...asked, channel: 'portal' })))).toEqual(['channel']);
});

test('what was typed comes back, but never the secret', () => {
	const refused = parse(form({ ...asked, safe: '' }));
	expect(refused.ok).toBe(false);
	if (refused.ok) return;
	expect(refused.error.values).toMatchObject({ value: ['07700 900123'] });
	expect(refused.error.values).not.toHaveProperty('password');
});

test('which change is meant is an id, and nothing else', () => {
	expect(parseWhich(form({ change: 'b7a8a2f2-3e52-4a08-9d7c-3fd9bb0ec2f4' })).ok).toBe(true);
	expect(parseWhich(form({ change: "' or true" })).ok).toBe(false);
	expect(parseWhich(form({})).ok).toBe(false);
});

test('a confirmation says by which route, whether it is safe, and how it is known', () => {
	const told = { change: 'c', standing: '', route: 'call', safe: 'yes', words: 'Rang at ten' };
	expect(parseConfirmed(form(told))).toEqual({ ok: true, value: { ...told, safe: 'safe' } });
	for (const field of ['route', 'safe', 'words']) {
		const refused = parseConfirmed(form({ ...told, [field]: '' }));
		expect(refused.ok ? [] : refused.error.errors.map((one) => one.field)).toEqual([field]);
	}
	expect(parseConfirmed(form({ ...told, route: 'portal' })).ok).toBe(false);
});

test('a refusal has words, and not too many', () => {
	expect(parseRefused(form({ change: 'c', reason: 'We could not check it.' })).ok).toBe(true);
	for (const reason of ['', '  ', 'x'.repeat(longestAnswer + 1)]) {
		const refused = parseRefused(form({ change: 'c', reason }));
		expect(refused.ok ? [] : refused.error.errors.map((one) => one.field)).toEqual(['reason']);
	}
});
