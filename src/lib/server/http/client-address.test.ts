import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressHeader } from '#lib/server/http/client-address.ts';
import { closeEntry, createEntry, type Handler } from '#lib/server/http/entry.ts';
import { freePort } from '#lib/server/http/free-port.ts';

const handler: Handler = (request, response) =>
	response.end(String(request.headers[addressHeader]));
let port: number;

/** Asks an entry behind so many proxies where it thinks the request came from. */
async function seen(headers: Record<string, string>): Promise<string> {
	const host = `localhost:${String(port)}`;
	const outgoing = send({ host: '127.0.0.1', port, headers: { host, ...headers }, agent: false });
	outgoing.end();
	const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
	let text = '';
	if (incoming) for await (const chunk of incoming) text += String(chunk);
	return text;
}

describe.each([0, 1, 2])('behind %i proxies', (proxies) => {
	let close: () => Promise<void>;

	beforeAll(async () => {
		port = await freePort();
		const origin = `http://localhost:${String(port)}`;
		const server = createEntry({ handler, origin, proxies }).listen(port, '127.0.0.1');
		await once(server, 'listening');
		close = () => closeEntry(server, 1);
	});
	afterAll(() => close());

	test('a header of ours that a client writes counts for nothing', async () => {
		expect(await seen({ [addressHeader]: '203.0.113.9' })).toBe('127.0.0.1');
	});

	test('what a client writes before the proxies counts for nothing', async () => {
		const forged = '203.0.113.9, 203.0.113.8';
		const ofTheProxies = ['198.51.100.1', '198.51.100.2'].slice(0, proxies);
		const whole = [forged, ...ofTheProxies].join(', ');
		const expected = proxies === 0 ? '127.0.0.1' : '198.51.100.1';
		expect(await seen({ 'x-forwarded-for': whole })).toBe(expected);
	});

	test.each(['', 'zanzibar, zanzibar', ',,'])(
		'and nonsense in it (%j) neither',
		async (nonsense) => {
			expect(await seen({ 'x-forwarded-for': nonsense })).toBe('127.0.0.1');
		}
	);
});

describe('behind one proxy that adds the port', () => {
	let close: () => Promise<void>;

	beforeAll(async () => {
		port = await freePort();
		const origin = `http://localhost:${String(port)}`;
		const server = createEntry({ handler, origin, proxies: 1 }).listen(port, '127.0.0.1');
		await once(server, 'listening');
		close = () => closeEntry(server, 1);
	});
	afterAll(() => close());

	test.each([
		['198.51.100.1:4711', '198.51.100.1'],
		['[2001:db8::1]:4711', '2001:db8::1'],
		['2001:db8::1', '2001:db8::1']
	])('%s is %s', async (given, address) => {
		expect(await seen({ 'x-forwarded-for': given })).toBe(address);
	});
});
