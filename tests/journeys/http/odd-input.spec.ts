import { expect, test } from '@playwright/test';
import { base, post, send, signedIn } from '../support/requests.ts';

const form = { origin: base, 'content-type': 'application/x-www-form-urlencoded' };

/** Gives the sealed place of whoever is signed in, from a page that has a form. */
async function placeOn(page: string, cookie: string): Promise<string> {
	const { body } = await send(page, { headers: { cookie } });
	return /name="place" value="([^"]+)"/.exec(body)?.[1] ?? '';
}

test('a reference that PostgreSQL could not read is one that does not exist', async () => {
	const cookie = await signedIn('officer');
	for (const path of ['/cases/%00', '/cases/a%00b', '/cases/CA-12345/VR-1%00/safety']) {
		expect((await send(path, { headers: { cookie } })).status, path).toBe(404);
	}
	const place = await placeOn('/search', cookie);
	const found = await post(
		'/search',
		{ place, key: crypto.randomUUID(), reference: '\0' },
		{ cookie }
	);
	expect(found.status).toBe(422);
});

test('the name of an action that every object has is the name of none', async () => {
	const cookie = await signedIn('joel');
	for (const name of ['constructor', '__proto__', 'toString', 'nothing']) {
		const answer = await post(`/home?/${name}`, {}, { cookie });
		expect(answer.status, name).toBe(404);
	}
});

test('a field named __proto__ does nothing, and what was typed beside it comes back', async () => {
	const answer = await post('/sign-in', { name: 'typed by me', password: '', ['__proto__']: 'x' });
	expect(answer.status).toBe(422);
	expect(answer.body).toContain('typed by me');
});

test('a form whose key is no key changes nothing', async () => {
	const cookie = await signedIn('joel');
	const place = await placeOn('/home', cookie);
	for (const key of ['-'.repeat(36), '\0', 'x'.repeat(36)]) {
		const answer = await post('/home?/more', { place, key }, { cookie });
		expect(answer.status).toBe(409);
	}
});

test('what is posted as files is refused before anybody tries to read it', async () => {
	const headers = { ...form, 'content-type': 'multipart/form-data; boundary=x' };
	for (const body of ['', 'not what it says', '--x\r\nContent-Disposition: form-data']) {
		const answer = await send('/sign-in', { method: 'POST', headers, body });
		expect(answer.status).toBe(415);
		expect(answer.body).toContain('Nothing was saved');
	}
});

test('a page that takes no form says so with a plain page', async () => {
	const cookie = await signedIn('officer');
	const answer = await post('/work', {}, { cookie });
	expect(answer.status).toBe(405);
	expect(answer.body).toContain('This was not accepted');
	expect(answer.body).not.toContain('our fault');
});
