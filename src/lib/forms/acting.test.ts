import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseOne, parseRenewal, parseWords } from '#lib/forms/acting-decide.ts';
import { parse } from '#lib/forms/acting-name.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

const errorsOf = (result: ReturnType<typeof parse> | ReturnType<typeof parseRenewal>) =>
	result.ok ? [] : result.error.errors.map(({ field }) => field);
const lena = { given: ' Lena ', family: 'Carter', number: '', address: '' };
const birth = { 'birth-day': '1', 'birth-month': '5', 'birth-year': '2014' };
const until = { 'until-day': '1', 'until-month': '2', 'until-year': '2027' };

describe('naming somebody', () => {
	test('reads a parent with the child’s birthday, and no day or consent of a supporter', () => {
		const read = parse(form({ ...lena, ...birth, ...until, role: 'parent_guardian' }));
		expect(read).toEqual({
			ok: true,
			value: {
				...{ role: 'parent_guardian', given: 'Lena', family: 'Carter', number: '', address: '' },
				...{ birth: '2014-05-01', until: null, consent: false }
			}
		});
	});

	test.each([
		['no part', { ...lena }, ['role']],
		['a part that there is not', { ...lena, role: 'self' }, ['role']],
		['a parent without a birthday', { ...lena, role: 'parent_guardian' }, ['birth-day']],
		[
			'a birthday that there was not',
			{ ...lena, ...birth, 'birth-day': '31', 'birth-month': '2', role: 'parent_guardian' },
			['birth-day']
		],
		[
			'a supporter without day or consent',
			{ ...lena, role: 'supporter_readonly' },
			['until-day', 'consent']
		],
		['nobody’s name', { role: 'family_spokesperson' }, ['given', 'family']],
		[
			'an address without end',
			{ ...lena, role: 'family_spokesperson', address: 'x'.repeat(201) },
			['address']
		]
	])('refuses %s', (_what, fields, errors) => {
		expect(errorsOf(parse(form(fields)))).toEqual(errors);
	});
});

describe('deciding on somebody', () => {
	const id = randomUUID();

	test('names the box of the very person whose reason is missing or too long', () => {
		const refused = parseWords(form({ id, words: ' ' }));
		expect(refused).toMatchObject({ ok: false, error: { errors: [{ field: `reason-${id}` }] } });
		const long = parseWords(form({ id, box: 'found', words: 'x'.repeat(501) }));
		expect(long).toMatchObject({ ok: false, error: { errors: [{ field: `found-${id}` }] } });
		expect(parseWords(form({ id, words: 'why' }))).toEqual({
			ok: true,
			value: { id, words: 'why' }
		});
	});

	test('takes no id that is none', () => {
		expect(parseOne(form({ id: 'all' })).ok).toBe(false);
		expect(parseWords(form({ id: 'all', words: 'why' })).ok).toBe(false);
		expect(parseRenewal(form({ id: 'all', ...until })).ok).toBe(false);
	});

	test('reads a new last day', () => {
		const read = parseRenewal(form({ id, ...until, consent: 'yes' }));
		expect(read).toEqual({ ok: true, value: { id, until: '2027-02-01', consent: true } });
		expect(errorsOf(parseRenewal(form({ id })))).toEqual([`until-${id}-day`]);
	});
});
