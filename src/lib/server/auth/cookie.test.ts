import { expect, test } from 'vitest';
import { cookieName, cookieOptions } from './cookie.ts';

test('over https the cookie is bound to the host and Secure', () => {
	expect(cookieName('https://waymark.example')).toBe('__Host-session');
	expect(cookieOptions('https://waymark.example')).toEqual({
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: true
	});
});

test('on http://localhost it has a plain name and is not Secure, or no browser would keep it', () => {
	expect(cookieName('http://localhost:3000')).toBe('session');
	expect(cookieOptions('http://localhost:3000').secure).toBe(false);
});

test('it never outlives the browser: no age, no date, no other host', () => {
	for (const origin of ['https://waymark.example', 'http://localhost:3000']) {
		expect(Object.keys(cookieOptions(origin)).sort()).toEqual([
			'httpOnly',
			'path',
			'sameSite',
			'secure'
		]);
	}
});

test.each(['http://waymark.example', 'http://localhost.waymark.example', 'ftp://localhost'])(
	'nobody signs in on %s',
	(origin) => {
		expect(() => cookieName(origin)).toThrow('over https');
		expect(() => cookieOptions(origin)).toThrow('over https');
	}
);
