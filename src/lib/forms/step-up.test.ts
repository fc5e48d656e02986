import { expect, test } from 'vitest';
import { parse, staffWayOn, wayOn } from '#lib/forms/step-up.ts';

test.each([
	'/needs',
	'/needs/safety',
	'/needs/contact?show',
	'/needs/safety?show=1#CON1',
	'/support/1?show',
	'/me/safety',
	'/me/sessions?confirmed'
])('after the secret one may go on to %s', (to) => {
	expect(wayOn(to)).toBe(to);
});

test.each([
	...[
		null,
		'',
		'/',
		'/home',
		'/cases/CA-12345',
		'//evil.example',
		'/\\evil.example',
		'/needs/../home'
	],
	...[
		'/needs//evil.example',
		'https://evil.example/needs',
		'/me/check?to=/me',
		'/needsmore',
		'/me/x%0d'
	]
])('%j leads to the page about oneself instead', (to) => {
	expect(wayOn(to)).toBe('/me');
});

test('the secret is taken as typed and never played back', () => {
	const data = new FormData();
	data.append('password', ' a b ');
	expect(parse(data)).toEqual({ ok: true, value: { password: ' a b ' } });
	const empty = new FormData();
	empty.append('password', '');
	const read = parse(empty);
	expect(read.ok ? null : read.error).toMatchObject({
		values: {},
		errors: [{ field: 'password' }]
	});
});

test.each([
	'/account?confirmed',
	'/cases/CA-12345/VR-00001/invite',
	'/requests/SR-000001',
	'/work',
	'/staff'
])('after a code a colleague may go on to %s', (to) => {
	expect(staffWayOn(to, 'officer')).toBe(to);
});

test.each([
	null,
	'',
	'/check?to=/work',
	'//evil.example',
	'/cases//evil.example',
	'/home',
	'/workmore'
])('%j leads a colleague to where they begin instead', (to) => {
	expect(staffWayOn(to, 'officer')).toBe('/work');
	expect(staffWayOn(to, 'caseworker')).toBe('/requests');
	expect(staffWayOn(to, 'nobody')).toBe('/');
});
