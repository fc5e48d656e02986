import { expect, test } from 'vitest';
import { carryOn } from '#lib/forms/still-here.ts';

test.each([
	['victim', '/needs/safety', '/needs/safety'],
	['victim', '/me/looked', '/me/looked'],
	['officer', '/cases?team=Team%201&page=2', '/cases?team=Team%201&page=2'],
	['oversight', '/oversight', '/oversight'],
	['victim', '/work', '/home'],
	['officer', '/needs', '/work'],
	['victim', null, '/home']
])('a %s who came from %s carries on at %s', (role, to, page) => {
	expect(carryOn(to, role)).toBe(page);
});

test.each([
	'//evil.example',
	'https://evil.example',
	'/\\evil.example',
	'/exit',
	'/needs//x',
	'/me#x'
])('%s is no page of ours to carry on with', (to) => {
	expect(carryOn(to, 'victim')).toBe('/home');
});
