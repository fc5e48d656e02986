import { expect, test } from 'vitest';
import { areaIds } from '#lib/domain/need/areas.ts';
import { allNeeds, isAskedOnPage } from '#lib/domain/need/catalogue.ts';
import { fields, kindValue, parse, ticked } from '#lib/forms/need-answer.ts';

function form(...pairs: [string, string][]): FormData {
	const data = new FormData();
	for (const [name, value] of pairs) data.append(name, value);
	return data;
}

function errorsOf(area: 'court' | 'contact' | 'safety', ...pairs: [string, string][]) {
	const read = parse(area)(form(...pairs));
	return read.ok ? [] : read.error.errors;
}

test('a form left blank says nothing, in every area', () => {
	for (const area of areaIds) expect(parse(area)(form())).toEqual({ ok: true, value: [] });
});

test('reads options and words with the version that was seen', () => {
	const read = parse('contact')(
		form(['CON1', 'text'], ['CON1', 'portal'], ['CON1-words', ' Weekdays '], ['CON1-version', '3'])
	);
	const answer = { kind: 'answered', choices: ['portal', 'text'], words: 'Weekdays' };
	expect(read).toEqual({ ok: true, value: [{ needId: 'CON1', version: 3, answer }] });
});

test.each(['talk_to_someone', 'ask_me_later', 'prefer_not_to_say'] as const)(
	'reads “%s” as a way of not answering',
	(kind) => {
		const read = parse('court')(form(['CRT1', kindValue(kind)]));
		const answer = { kind, choices: [], words: '' };
		expect(read).toEqual({ ok: true, value: [{ needId: 'CRT1', version: 0, answer }] });
		expect(ticked(answer)).toEqual([kindValue(kind)]);
	}
);

test('gives all that is wrong at once, each at its field, and all that was typed', () => {
	const read = parse('contact')(
		form(
			['CON1', 'pigeon'],
			['CON2', 'call'],
			['CON2', kindValue('prefer_not_to_say')],
			['CON4', 'none'],
			['CON4', 'voicemail'],
			['CON5', 'x'],
			['CON5-words', 'long '.repeat(20)]
		)
	);
	if (read.ok) throw new Error('it was taken');
	expect(read.error.errors).toEqual([
		{ field: 'CON1', key: 'needs-pages:error.unknown_option' },
		{ field: 'CON2', key: 'needs-pages:error.together' },
		{ field: 'CON4', key: 'needs-pages:error.too_many' },
		{ field: 'CON5', key: 'needs-pages:error.unknown_option' }
	]);
	expect(read.error.values['CON2']).toEqual(['call', kindValue('prefer_not_to_say')]);
});

test('words over the limit are an error at the box, with the limit', () => {
	expect(errorsOf('contact', ['CON5-words', 'x'.repeat(41)])).toEqual([
		{ field: 'CON5-words', key: 'needs-pages:error.too_long', values: { count: 40 } }
	]);
	expect(errorsOf('contact', ['CON5-words', 'x'.repeat(40)])).toEqual([]);
});

test('a way of not answering that does not exist, and a need of another area, are refused or ignored', () => {
	expect(errorsOf('court', ['CRT1', 'kind.answered'])).not.toEqual([]);
	expect(errorsOf('court', ['CRT1', 'kind.shrug'])).not.toEqual([]);
	expect(parse('court')(form(['SAF1', 'no']))).toEqual({ ok: true, value: [] });
});

test('a version that is no number counts as never seen', () => {
	for (const version of ['', '-1', '1e3', '99999999999', 'x']) {
		const read = parse('court')(form(['CRT1', 'ready'], [fields.version('CRT1'), version]));
		expect(read.ok && read.value[0]?.version, version).toBe(0);
	}
});

test('takes every option of every need that is asked', () => {
	for (const need of allNeeds().filter(isAskedOnPage)) {
		const options = 'options' in need.answer ? need.answer.options : [];
		for (const option of options) {
			const read = parse(need.area)(form([need.id, option]));
			expect(read.ok && read.value[0]?.answer.choices, need.id).toEqual([option]);
		}
	}
});
