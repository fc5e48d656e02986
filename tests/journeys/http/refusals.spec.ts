import { expect, test } from '@playwright/test';
import { base, post, send, signedIn } from '../support/requests.ts';

const form = { origin: base, 'content-type': 'application/x-www-form-urlencoded' };

const carries = (headers: Record<string, unknown>): void => {
	expect(headers['cache-control']).toBe('no-store');
	expect(headers['referrer-policy']).toBe('same-origin');
	expect(headers['x-content-type-options']).toBe('nosniff');
	expect(headers['x-frame-options']).toBe('DENY');
	expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
	expect(String(headers['content-security-policy'])).not.toContain('unsafe-');
};

test('a form from a foreign page is refused with our own page', async () => {
	for (const origin of ['https://evil.example', 'null', '']) {
		const headers = { ...form, origin };
		const answer = await send('/sign-in', { method: 'POST', headers, body: 'name=a&password=b' });
		expect(answer.status).toBe(403);
		expect(answer.body).toContain('Waymark');
		carries(answer.headers);
	}
});

test('a body of 3 MB is refused with our own page, whether or not its length is said', async () => {
	const body = Buffer.alloc(3 * 1024 * 1024, 'a');
	const said = { ...form, 'content-length': String(body.length) };
	const unsaid = { ...form, 'transfer-encoding': 'chunked' };
	for (const headers of [said, unsaid]) {
		const answer = await send('/sign-in', { method: 'POST', headers, body });
		expect(answer.status).toBe(413);
		carries(answer.headers);
	}
});

test('up to 2 MB a form comes back with what is wrong', async () => {
	const answer = await post('/sign-in', { name: 'a'.repeat(1_900_000), password: '' });
	expect(answer.status).toBe(422);
	expect(answer.body).toContain('Enter your password');
});

test('a body that is no form is refused', async () => {
	for (const type of ['text/plain', 'application/json', 'application/xml', '']) {
		const headers = { origin: base, 'content-type': type };
		const answer = await send('/sign-in', { method: 'POST', headers, body: '{}' });
		expect(answer.status, type).toBe(415);
		carries(answer.headers);
	}
});

test('every kind of page carries the fixed headers', async () => {
	for (const path of ['/', '/sign-in', '/emergency', '/no-such-page', '/home', '/favicon.svg']) {
		carries((await send(path)).headers);
	}
});

test('leaving expires the cookie and goes out in one step, signed in or not', async () => {
	for (const cookie of [await signedIn('joel'), 'session=made-up']) {
		const answer = await send('/exit', { headers: { cookie } });
		expect(answer.status).toBe(303);
		expect(answer.headers.location).toBe('https://www.bbc.co.uk/weather');
		expect(String(answer.headers['set-cookie'])).toMatch(
			/session=;.*(Max-Age=0|Expires=Thu, 01 Jan 1970)/i
		);
		expect(answer.headers['clear-site-data']).toBeUndefined();
	}
});

test('leaving ends the session for whoever kept a copy of its cookie', async () => {
	const cookie = await signedIn('joel');
	expect((await send('/home', { headers: { cookie } })).status).toBe(200);
	await send('/exit', { headers: { cookie } });
	await expect(async () => {
		const late = await send('/home', { headers: { cookie } });
		expect(late.status).toBe(303);
		expect(late.headers.location).toBe('/sign-in?ended');
	}).toPass();
});

test('a cookie set before signing in is not taken over', async () => {
	const planted = `session=${'ab'.repeat(32)}`;
	const answer = await post(
		'/sign-in',
		{ name: 'joel', password: 'walk by the water' },
		{ cookie: planted }
	);
	expect(answer.status).toBe(303);
	expect(String(answer.headers['set-cookie'])).not.toContain('ab'.repeat(32));
	const home = await send('/home', { headers: { cookie: planted } });
	expect(home.status).toBe(303);
	expect(home.headers.location).toBe('/sign-in?ended');
});

test('unknown names and wrong passwords get the same words and the same status', async () => {
	const unknown = await post('/sign-in', { name: 'nobody-at-all', password: 'x' });
	const wrong = await post('/sign-in', { name: 'nobody-at-all2', password: 'y' });
	const known = await post('/sign-in', { name: 'grace', password: 'wrong' });
	const bare = (body: string, name: string): string =>
		body.replaceAll(name, 'NAME').replaceAll(/nonce="[^"]*"|nonce-[\w+/=-]*/g, '');
	expect([unknown.status, wrong.status, known.status]).toEqual([422, 422, 422]);
	expect(bare(known.body, 'grace')).toBe(bare(unknown.body, 'nobody-at-all'));
});

test('another host name leads to the one address, or nowhere', async () => {
	const { port } = new URL(base);
	const home = await send('/sign-in', { headers: { host: `127.0.0.1:${port}` } });
	expect([303, 307, 308]).toContain(home.status);
	expect(home.headers.location).toBe(`${base}/sign-in`);
	const foreign = await send('/sign-in', { headers: { host: 'evil.example' } });
	expect(foreign.status).toBe(404);
	expect(foreign.body).not.toContain('evil');
});
