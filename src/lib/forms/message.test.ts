import { expect, test } from 'vitest';
import { parse } from '#lib/forms/message.ts';
import { longestWords } from '#lib/forms/form.ts';

function form(fields: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) data.set(name, value);
	return data;
}

test('a subject of the list and some words are a message', () => {
	expect(parse(form({ subject: 'dates', words: ' When is it?\r\nThanks ' }))).toEqual({
		ok: true,
		value: { subject: 'dates', words: 'When is it?\nThanks' }
	});
});

test('what is missing is named in the order of the page, and what was typed comes back', () => {
	const parsed = parse(form({ subject: 'a free subject', words: '' }));
	expect(parsed).toMatchObject({
		ok: false,
		error: {
			errors: [{ field: 'subject' }, { field: 'words', key: 'messages:error.words' }],
			values: { subject: ['a free subject'] }
		}
	});
});

test('words may be as long as the limit and no longer, counted as a person counts', () => {
	const family = '👨‍👩‍👧';
	const most = parse(form({ subject: 'news', words: family.repeat(longestWords) }));
	const more = parse(form({ subject: 'news', words: family.repeat(longestWords + 1) }));
	expect(most.ok).toBe(true);
	expect(more).toMatchObject({
		error: { errors: [{ field: 'words', key: 'messages:error.tooLong' }] }
	});
});
