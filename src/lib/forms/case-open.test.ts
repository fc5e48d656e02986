import { expect, test } from 'vitest';
import { parse } from '#lib/forms/case-open.ts';

const whole = {
	crimeReference: '20/41822/26',
	category: 'burglary',
	'reported-day': '20',
	'reported-month': '11',
	'reported-year': '2026',
	reportedTime: '9:05',
	name: 'Sam Example',
	role: 'self',
	language: 'en',
	tier: 'enhanced',
	grounds: 'intimidated',
	insiderClose: 'no',
	insiderDidIt: 'not_known',
	named: '',
	barred: ''
};

function form(change: Partial<Record<keyof typeof whole, string>> = {}): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries({ ...whole, ...change })) data.append(name, value);
	return data;
}

function errorsOf(change: Parameters<typeof form>[0]): readonly string[] {
	const read = parse(form(change));
	return read.ok ? [] : read.error.errors.map((error) => error.field);
}

test('a whole form gives the case with the instant of the report in London', () => {
	expect(parse(form())).toEqual({
		ok: true,
		value: {
			crimeReference: '20/41822/26',
			category: 'burglary',
			reportedAt: new Date('2026-11-20T09:05:00Z'),
			person: {
				...{ name: 'Sam Example', role: 'self', language: 'en', tier: 'enhanced' },
				grounds: ['intimidated']
			},
			insider: { restrict: false, named: [], barred: [] }
		}
	});
	const summer = parse(form({ 'reported-month': '7' }));
	expect(summer.ok && summer.value.reportedAt).toEqual(new Date('2026-07-20T08:05:00Z'));
});

test('an empty form has an error at every question, in the order of the page', () => {
	const read = parse(new FormData());
	expect(read.ok ? [] : read.error.errors.map((error) => error.field)).toEqual([
		...['crimeReference', 'category', 'reported-day', 'reportedTime'],
		...['name', 'role', 'language', 'tier', 'insiderClose', 'insiderDidIt']
	]);
});

test.each([
	['31', '11', '2026'],
	['29', '2', '2026'],
	['0', '5', '2026'],
	['5', '13', '2026'],
	['5', '5', '26'],
	['x', '5', '2026']
])('there is no %s.%s.%s', (day, month, year) => {
	const date = { 'reported-day': day, 'reported-month': month, 'reported-year': year };
	expect(errorsOf(date)).toEqual(['reported-day']);
});

test.each(['24:00', '9', '9:60', 'noon', ''])('%j is no time of day', (reportedTime) => {
	expect(errorsOf({ reportedTime })).toEqual(['reportedTime']);
});

test('enhanced rights need a ground; one ticked for standard rights is dropped', () => {
	expect(errorsOf({ grounds: '' })).toEqual(['grounds']);
	const standard = parse(form({ tier: 'standard' }));
	expect(standard.ok && standard.value.person.grounds).toEqual([]);
});

test('words from outside that are on no list are refused', () => {
	expect(errorsOf({ role: 'supporter_readonly' })).toEqual(['role']);
	expect(errorsOf({ category: 'toString' })).toEqual(['category']);
	expect(errorsOf({ language: 'en-GB; drop' })).toEqual(['language']);
	expect(errorsOf({ name: 'x'.repeat(101) })).toEqual(['name']);
});

test('everything typed comes back', () => {
	const read = parse(form({ crimeReference: 'no number' }));
	expect(read.ok ? null : read.error.values).toMatchObject({
		crimeReference: ['no number'],
		name: ['Sam Example'],
		'reported-day': ['20']
	});
});

test('a yes keeps the case to those named; labels typed with two noes are not meant', () => {
	const lists = { named: 'PC 4021\nSgt 1108', barred: 'DC 2290' };
	const yes = parse(form({ ...lists, insiderDidIt: 'yes' }));
	expect(yes.ok && yes.value.insider).toEqual({
		...{ restrict: true, named: ['PC 4021', 'Sgt 1108'], barred: ['DC 2290'] }
	});
	const no = parse(form(lists));
	expect(no.ok && no.value.insider).toEqual({ restrict: false, named: [], barred: [] });
	const many = Array.from({ length: 11 }, (_, one) => `PC ${String(one)}`).join('\n');
	expect(errorsOf({ named: many })).toEqual(['named']);
});
