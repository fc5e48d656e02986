import { expect, test } from 'vitest';
import { formOn } from '#lib/forms/page-form.ts';
import { pages } from '#lib/server/http/pages.ts';

test.each([
	['/(victim)/needs', false, 'nothing'],
	['/(victim)/home', true, 'nothing'],
	['/(victim)/messages/new', true, 'kept'],
	['/(victim)/me/secret', true, 'lost'],
	['/(staff)/search', false, 'lost'],
	[null, false, 'nothing']
] as const)('on %s (fields: %s) a page asked for again loses: %s', (route, hasFields, what) => {
	expect(formOn(route, hasFields)).toBe(what);
});

test('every route that is named there is one of ours', () => {
	const unusual = Object.keys(pages).filter(
		(route) => formOn(route, true) !== 'kept' || formOn(route, false) === 'lost'
	);
	expect(unusual).toHaveLength(10);
});
