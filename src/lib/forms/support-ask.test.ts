import { describe, expect, test } from 'vitest';
import { longestWords } from '#lib/forms/form.ts';
import { longestReach, parse } from '#lib/forms/support-ask.ts';

const desk = 'b1f7c9a0-0000-4000-8000-000000000001';
const whole = { kind: 'money', urgency: 'two_days', reach: 'text', desk, words: 'The rent.' };

function form(fields: Record<string, string | string[]>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		for (const one of Array.isArray(value) ? value : [value]) data.append(name, one);
	}
	return data;
}

function shown(fields: Record<string, string | string[]>): string | null {
	const parsed = parse(form(fields));
	return parsed.ok && 'show' in parsed.value ? parsed.value.show : null;
}

describe('one page after another', () => {
	test('an answered page leads to the next, up to the check', () => {
		expect(shown({ step: 'kind', go: 'next', ...whole })).toBe('urgency');
		expect(shown({ step: 'urgency', go: 'next', ...whole })).toBe('reach');
		expect(shown({ step: 'reach', go: 'next', ...whole })).toBe('desk');
		expect(shown({ step: 'desk', go: 'next', ...whole })).toBe('words');
		expect(shown({ step: 'words', go: 'next', ...whole })).toBe('check');
	});

	test('all that was answered so far travels on, and nothing of the page itself', () => {
		const parsed = parse(
			form({
				step: 'reach',
				go: 'next',
				key: 'k',
				place: 'p',
				kind: 'money',
				reach: ['text', 'call']
			})
		);
		expect(parsed).toMatchObject({ ok: true, value: { show: 'desk' } });
		if (!parsed.ok || !('values' in parsed.value)) throw new Error('no page to show');
		expect(parsed.value.values).toEqual({ kind: ['money'], reach: ['text', 'call'] });
	});

	test('a page without an answer comes back as itself with its error', () => {
		for (const [step, field] of [
			['kind', 'kind'],
			['urgency', 'urgency'],
			['reach', 'reach'],
			['desk', 'desk']
		] as const) {
			expect(parse(form({ step, go: 'next' })), step).toMatchObject({
				ok: false,
				error: { errors: [{ field, key: `support:ask.error.${field}` }], values: { step: [step] } }
			});
		}
	});

	test('going back checks nothing and keeps what was typed', () => {
		const long = 'x'.repeat(longestWords + 1);
		const parsed = parse(form({ step: 'words', go: 'back', words: long }));
		expect(parsed).toMatchObject({ value: { show: 'desk', values: { words: [long] } } });
		expect(shown({ step: 'kind', go: 'back' })).toBe('kind');
	});

	test('a changed answer leads straight back to the check', () => {
		expect(shown({ step: 'check', go: 'change:urgency', ...whole })).toBe('urgency');
		expect(shown({ step: 'urgency', go: 'next', changing: '1', ...whole })).toBe('check');
	});

	test('a change that makes another answer needed leads on to it, not to the check', () => {
		const changed = { ...whole, kind: 'something_else', words: '', changing: '1' };
		expect(shown({ step: 'kind', go: 'next', ...changed })).toBe('urgency');
	});
});

describe('what is refused', () => {
	test('ways that are not offered, even beside one that is', () => {
		const parsed = parse(form({ step: 'reach', go: 'next', reach: ['text', 'pigeon'] }));
		expect(parsed).toMatchObject({ error: { errors: [{ field: 'reach' }] } });
	});

	test('a note on reaching that is too long', () => {
		const reachWords = 'x'.repeat(longestReach + 1);
		const parsed = parse(form({ step: 'reach', go: 'next', reach: 'text', reachWords }));
		expect(parsed).toMatchObject({ error: { errors: [{ field: 'reachWords' }] } });
	});

	test('something else without words', () => {
		const parsed = parse(form({ step: 'words', go: 'next', kind: 'something_else' }));
		expect(parsed).toMatchObject({ error: { errors: [{ key: 'support:ask.error.words' }] } });
	});

	test('sending what is not whole: the first page that lacks an answer is shown', () => {
		const parsed = parse(form({ ...whole, step: 'check', go: 'send', reach: [], desk: 'here' }));
		expect(parsed).toMatchObject({ error: { values: { step: ['reach'], kind: ['money'] } } });
	});
});

test('what was checked is sent as it was answered', () => {
	const parsed = parse(
		form({ ...whole, step: 'check', go: 'send', reach: ['text', 'call'], reachWords: 'After 2.' })
	);
	expect(parsed).toEqual({
		ok: true,
		value: {
			send: {
				kind: 'money',
				urgency: 'two_days',
				reach: { channels: ['text', 'call'], words: 'After 2.' },
				deskId: desk,
				words: 'The rent.'
			}
		}
	});
});
