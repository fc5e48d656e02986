import { expect, test } from 'vitest';
import { onwards } from './force-account.ts';

test.each([
	['/cases/CA-10233/VR-48213/invite', '/cases/CA-10233/VR-48213/invite'],
	['/staff', '/staff'],
	['//evil.example.com', '/work'],
	['https://evil.example.com/cases', '/work'],
	['/cases/../sign-in', '/work'],
	['/sign-in/force?again=/cases', '/work'],
	['/cases?x=1', '/work'],
	['/home', '/work'],
	['', '/work']
])('from %s one goes on to %s', (to, where) => {
	expect(onwards(to, '/work')).toBe(where);
});
