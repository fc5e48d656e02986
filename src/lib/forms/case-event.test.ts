import { expect, test } from 'vitest';
import { parse, parseTold } from '#lib/forms/case-event.ts';

const id = '8d0e5d5a-7f60-4a5e-9d07-0c9a3ffb3f10';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.append(name, value);
	return data;
}

const happened = { 'happened-day': '20', 'happened-month': '11', 'happened-year': '2026' };
const next = { 'next-day': '7', 'next-month': '12', 'next-year': '2026' };

test('a milestone with its day is enough', () => {
	expect(parse(form({ milestone: 'M10', ...happened }))).toEqual({
		ok: true,
		value: {
			...{ milestone: 'M10', happenedOn: '2026-11-20', next: null, supersedes: null, person: null }
		}
	});
});

test('a date to come has its precision, and what it replaces', () => {
	const read = parse(
		form({ milestone: 'M20', ...happened, ...next, precision: 'week_commencing', supersedes: id })
	);
	expect(read.ok && read.value).toMatchObject({
		next: { on: '2026-12-07', precision: 'week_commencing' },
		supersedes: id
	});
});

test('what is missing or unreal is named at its field', () => {
	const empty = parse(form({}));
	expect(empty.ok ? [] : empty.error.errors.map((error) => error.field)).toEqual([
		'milestone',
		'happened-day'
	]);
	const unreal = parse(form({ milestone: 'M10', ...happened, ...next, 'next-day': '32' }));
	expect(unreal.ok ? [] : unreal.error.errors.map((error) => error.field)).toEqual(['next-day']);
});

test('told names an event by its id and by nothing else', () => {
	expect(parseTold(form({ event: id }))).toEqual({ ok: true, value: { eventId: id } });
	expect(parseTold(form({ event: "1' or true" })).ok).toBe(false);
});
