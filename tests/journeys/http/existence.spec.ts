import { expect, test } from '@playwright/test';
import { send, signedIn } from '../support/requests.ts';

const body = (text: string): string =>
	text.replaceAll(/nonce="[^"]*"|nonce-[\w+/=-]*/g, '').replaceAll(/[A-Z]{2}-\d{5,6}/g, 'REF');

async function links(cookie: string, page: string, pattern: RegExp): Promise<string[]> {
	const { body: html } = await send(page, { headers: { cookie } });
	return [...new Set([...html.matchAll(pattern)].map((match) => match[0]))];
}

test('a case of somebody else and a case that does not exist answer alike', async () => {
	const mine = await signedIn('officer');
	const other = await signedIn('officer3');
	const [foreign] = await links(other, '/cases', /\/cases\/C[A-Z]-\d{5}/g);
	expect(foreign).toBeDefined();
	const [theirs, nobodys] = await Promise.all([
		send(String(foreign), { headers: { cookie: mine } }),
		send('/cases/CZ-00000', { headers: { cookie: mine } })
	]);
	expect([theirs.status, nobodys.status]).toEqual([404, 404]);
	expect(body(theirs.body)).toBe(body(nobodys.body));
	const own = await send(String(foreign), { headers: { cookie: other } });
	expect(own.status).toBe(200);
});

test('a request at another desk and one that does not exist answer alike', async () => {
	const police = await signedIn('caseworker');
	const service = await signedIn('advocate');
	const [foreign] = await links(service, '/requests', /\/requests\/SR-\d{6}/g);
	expect(foreign).toBeDefined();
	const [theirs, nobodys] = await Promise.all([
		send(String(foreign), { headers: { cookie: police } }),
		send('/requests/SR-000000', { headers: { cookie: police } })
	]);
	expect([theirs.status, nobodys.status]).toEqual([404, 404]);
	expect(body(theirs.body)).toBe(body(nobodys.body));
});

const forbidden = {
	sam: ['/work', '/cases', '/requests', '/board', '/search', '/oversight'],
	officer: ['/home', '/needs', '/support', '/requests', '/board', '/oversight'],
	caseworker: ['/home', '/work', '/cases', '/board', '/oversight'],
	advocate: ['/home', '/work', '/cases'],
	supervisor: ['/home', '/requests', '/cases/new', '/oversight'],
	oversight: ['/home', '/work', '/cases', '/requests', '/board', '/search'],
	standards: ['/home', '/cases', '/requests', '/board', '/search'],
	'witness-care': ['/home', '/cases', '/requests', '/search']
};

for (const [name, pages] of Object.entries(forbidden)) {
	test(`${name} cannot reach the pages of others, nor their data`, async () => {
		const cookie = await signedIn(name);
		const nowhere = await send('/nowhere', { headers: { cookie } });
		for (const page of pages) {
			const answer = await send(page, { headers: { cookie } });
			expect(answer.status, page).toBe(404);
			expect(body(answer.body), page).toBe(body(nowhere.body));
			const data = await send(`${page}/__data.json`, { headers: { cookie } });
			expect(data.status, `${page} data`).toBe(404);
		}
	});
}

test('nobody signed in is sent to sign in, from pages and their data alike', async () => {
	for (const page of ['/home', '/work', '/requests', '/oversight', '/me/check']) {
		const answer = await send(page);
		expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in?ended']);
	}
});
