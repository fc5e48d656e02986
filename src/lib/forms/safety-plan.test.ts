import { describe, expect, test } from 'vitest';
import { parse } from '#lib/forms/safety-plan.ts';

function form(fields: readonly (readonly [string, string])[]): FormData {
	const data = new FormData();
	data.set('phone', 'nobody');
	for (const [name, value] of fields) data.append(name, value);
	return data;
}

test('the rules are read in the order of the page, with the version they were written over', () => {
	const read = parse(
		form([
			...([
				['safe', 'call'],
				['safe', 'portal'],
				['unsafe', 'post']
			] as const),
			...([
				['hours', 'evening'],
				['note', ' after eight '],
				['version', '3']
			] as const)
		])
	);
	expect(read).toEqual({
		ok: true,
		value: {
			rules: {
				...{ safe: ['portal', 'call'], unsafe: ['post'], hours: 'evening', note: 'after eight' },
				...{ phone: 'nobody', away: [], word: '' }
			},
			version: 3,
			password: ''
		}
	});
});

test('a way that is both safe and never is refused, and so are rules without a safe way', () => {
	const both = parse(
		form([
			['safe', 'call'],
			['unsafe', 'call'],
			['hours', 'any']
		])
	);
	expect(both.ok ? [] : both.error.errors.map((error) => error.field)).toEqual(['unsafe']);
	const none = parse(
		form([
			['hours', 'any'],
			['safe', 'pigeon']
		])
	);
	expect(none.ok ? [] : none.error.errors.map((error) => error.field)).toEqual(['safe']);
});

test('a refused form comes back whole, but for the secret', () => {
	const read = parse(
		form([
			['note', 'x'.repeat(301)],
			['password', 'secret'],
			['safe', 'text']
		])
	);
	expect(read.ok ? null : read.error.values).toEqual({
		...{ phone: ['nobody'], note: ['x'.repeat(301)], safe: ['text'] }
	});
	expect(read.ok ? [] : read.error.errors.map((error) => error.field)).toEqual(['hours', 'note']);
});

test('a secret is taken as it was typed', () => {
	const read = parse(
		form([
			['safe', 'text'],
			['hours', 'any'],
			['password', ' two words ']
		])
	);
	expect(read.ok && read.value.password).toBe(' two words ');
});

describe('days away', () => {
	const day = (name: string, at: string): (readonly [string, string])[] => {
		const [year = '', month = '', day = ''] = at.split('-');
		return [
			[`${name}-day`, day],
			[`${name}-month`, month],
			[`${name}-year`, year]
		];
	};
	const whole: (readonly [string, string])[] = [
		['safe', 'portal'],
		['hours', 'any']
	];
	const read = (...more: (readonly [string, string])[][]) =>
		parse(form([...whole, ...more.flat()]));

	test('are a first and a last day, or one day, as many as are given', () => {
		const given = read(
			day('away1-from', '2027-01-02'),
			day('away1-until', '2027-01-04'),
			day('away3-from', '2027-02-01')
		);
		expect(given.ok && given.value.rules.away).toEqual([
			{ from: '2027-01-02', until: '2027-01-04' },
			{ from: '2027-02-01', until: '2027-02-01' }
		]);
	});

	test.each([
		['a day that there is not', day('away1-from', '2027-02-31'), 'away1-from-day'],
		['a last day alone', day('away2-until', '2027-02-01'), 'away2-from-day'],
		[
			'an end before its beginning',
			[...day('away1-from', '2027-02-03'), ...day('away1-until', '2027-02-01')],
			'away1-until-day'
		]
	])('%s is refused at its boxes', (_what, given, field) => {
		const refused = read(given);
		expect(refused.ok ? [] : refused.error.errors.map((error) => error.field)).toEqual([field]);
	});

	test('a word that is too long is refused, and who sees the phone must be said', () => {
		const long = read([['word', 'x'.repeat(31)]]);
		expect(long.ok ? [] : long.error.errors.map((error) => error.field)).toEqual(['word']);
		const data = form(whole);
		data.set('phone', 'my cat');
		const unsaid = parse(data);
		expect(unsaid.ok ? [] : unsaid.error.errors.map((error) => error.field)).toEqual(['phone']);
	});
});
