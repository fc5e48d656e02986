import { once } from 'node:events';
import { request as send, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyLimit, closeEntry, createEntry, type Handler } from '#lib/server/http/entry.ts';
import { freePort } from '#lib/server/http/free-port.ts';

type Answer = { status: number; headers: IncomingMessage['headers']; text: string };
type Ask = {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Send the body without saying how long it is. */
	chunked?: boolean;
};

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const filesType = 'multipart/form-data; boundary=x';
let server: Server;
let port: number;
let origin: string;
let reached: string[] = [];

// Stands where the framework stands, and answers in the ways the framework does.
const handler: Handler = async (request, response, next) => {
	const pathname = (request.url ?? '').split('?')[0] ?? '';
	reached.push(`${String(request.method)} ${pathname}`);
	if (pathname === '/missing') return next();
	if (pathname === '/broken') throw new Error('planted secret');
	if (pathname === '/half') {
		response.setHeader('Set-Cookie', 'half=1');
		throw new Error('planted secret');
	}
	if (pathname.startsWith('/_app/immutable/')) {
		response.setHeader('cache-control', 'public,max-age=31536000,immutable');
		return response.writeHead(pathname.endsWith('none.js') ? 404 : 200).end('built');
	}
	if (pathname === '/page') {
		const policy = { 'Content-Security-Policy': "default-src 'self'", 'X-Frame-Options': 'ALLOW' };
		return response.writeHead(200, 'Fine', { ...policy, 'Cache-Control': 'public' }).end('page');
	}
	let size = 0;
	for await (const chunk of request) size += Buffer.byteLength(chunk);
	response.statusCode = 200;
	response.end(`read ${String(size)}`);
};

beforeAll(async () => {
	port = await freePort();
	origin = `http://localhost:${String(port)}`;
	server = createEntry({ handler, origin }).listen(port, '127.0.0.1');
	await once(server, 'listening');
});

afterAll(() => closeEntry(server, 1));

async function ask(path: string, { method = 'GET', headers, body, chunked }: Ask = {}) {
	reached = [];
	const length = body && !chunked ? { 'content-length': String(Buffer.byteLength(body)) } : {};
	const all = { host: `localhost:${String(port)}`, ...length, ...headers };
	const outgoing = send({ host: '127.0.0.1', port, path, method, headers: all, agent: false });
	if (chunked && body) outgoing.write(body);
	outgoing.end(chunked ? undefined : body);
	const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
	if (!incoming) throw new Error('No answer came.');
	return read(incoming);
}

async function read(incoming: IncomingMessage): Promise<Answer> {
	let text = '';
	for await (const chunk of incoming.setEncoding('utf8')) text += String(chunk);
	return { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
}

async function askRaw(text: string): Promise<string> {
	const socket = connect(port, '127.0.0.1');
	socket.end(text);
	let answer = '';
	for await (const chunk of socket.setEncoding('utf8')) answer += String(chunk);
	return answer;
}

function post(headers: Record<string, string> = {}): Ask {
	return { method: 'POST', headers: { origin, ...form, ...headers }, body: 'a=b' };
}

describe('every answer', () => {
	const asks: [string, string, () => Ask, number][] = [
		['a page', '/page', () => ({}), 200],
		['a built file', '/_app/immutable/a.js', () => ({}), 200],
		['a built file that is gone', '/_app/immutable/none.js', () => ({}), 404],
		['a form', '/form', () => post(), 200],
		['what nobody answers', '/missing', () => ({}), 404],
		['a failure', '/broken', () => ({}), 500],
		['a foreign origin', '/form', () => post({ origin: 'https://evil.example' }), 403],
		['an origin left out', '/form', () => ({ ...post(), headers: form }), 403],
		['an opaque origin', '/form', () => post({ origin: 'null' }), 403],
		['a wrong content type', '/form', () => post({ 'content-type': 'text/plain' }), 415],
		['a form with files', '/form', () => post({ 'content-type': filesType }), 415],
		['JSON to a page', '/form', () => post({ 'content-type': 'application/json' }), 415],
		['a form to the API', '/api/agency/v1/events', () => post(), 415],
		['a body too long', '/form', () => ({ ...post(), body: Buffer.alloc(bodyLimit + 1) }), 413],
		['another host', '/page', () => ({ headers: { host: 'evil.example' } }), 404],
		['a form for another host', '/form', () => post({ host: 'evil.example' }), 404],
		['another loopback name', '/page', () => ({ headers: { host: '127.0.0.1' } }), 308],
		['an unknown method', '/page', () => ({ method: 'TRACE' }), 405],
		['a preflight', '/page', () => ({ method: 'OPTIONS', headers: { origin } }), 405],
		['a page put', '/page', () => ({ ...post(), method: 'PUT' }), 405],
		['an address that is none', 'http://evil.example/', () => ({}), 400],
		['an expectation', '/page', () => ({ headers: { expect: 'miracles' } }), 417]
	];

	test.each(asks)('carries the fixed headers: %s', async (_name, path, made, status) => {
		const { headers, ...answer } = await ask(path, made());
		expect(answer.status).toBe(status);
		expect(headers).toMatchObject({
			'referrer-policy': 'same-origin',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
			'x-robots-tag': 'noindex, nofollow'
		});
		expect(headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
		expect(headers['content-security-policy']).toMatch(/^default-src/);
		expect(headers['strict-transport-security']).toBeUndefined();
		const built = path === '/_app/immutable/a.js';
		expect(headers['cache-control']).toMatch(built ? /^public,.*immutable$/ : /^no-store$/);
	});

	test('keeps a policy that the application set', async () => {
		const { headers } = await ask('/page');
		expect(headers['content-security-policy']).toBe("default-src 'self'");
	});

	test('carries them when the request could not even be read', async () => {
		const answer = await askRaw('GET / HTTP/1.1\r\nbad header\r\n\r\n');
		expect(answer).toMatch(/^HTTP\/1\.1 400 /);
		expect(answer).toContain("Content-Security-Policy: default-src 'none'");
		expect(answer).toContain('Cache-Control: no-store');
		expect(answer).toContain('<title>Waymark</title>');
	});

	test('carries them when the request names no host', async () => {
		const answer = await askRaw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
		expect(answer).toMatch(/^HTTP\/1\.1 404 /);
		expect(answer).toContain('Referrer-Policy: same-origin');
	});

	test('asks for encryption from then on where the origin is encrypted', async () => {
		const secure = createEntry({ handler, origin: 'https://waymark.example.org' });
		const securePort = await freePort();
		await once(secure.listen(securePort, '127.0.0.1'), 'listening');
		const headers = { host: 'waymark.example.org' };
		const options = { host: '127.0.0.1', port: securePort, path: '/page', headers, agent: false };
		const [incoming] = await once(send(options).end(), 'response');
		incoming.resume();
		expect(incoming.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
		await closeEntry(secure, 1);
	});
});

describe('a refusal', () => {
	test.each([403, 413, 415])('never reaches the application: %i', async (status) => {
		const wrong = {
			403: post({ origin: 'https://evil.example' }),
			413: { ...post(), body: Buffer.alloc(bodyLimit + 1) },
			415: post({ 'content-type': 'text/plain' })
		}[status];
		const answer = await ask('/form', wrong);
		expect(answer.status).toBe(status);
		expect(answer.text).toContain('Nothing was saved');
		expect(answer.text).toContain('<a href="/exit">');
		expect(reached).toEqual([]);
	});

	test('comes for a long body of unknown length, before any of it is acted on', async () => {
		const body = Buffer.alloc(bodyLimit + 1);
		const answer = await ask('/form', { ...post(), body, chunked: true });
		expect(answer.status).toBe(413);
		expect(answer.text).toContain('too long');
		expect(reached).toEqual([]);
	});

	test('comes as our page even when far more is sent than we take', async () => {
		const answer = await ask('/form', { ...post(), body: Buffer.alloc(20 * bodyLimit) });
		expect(answer.status).toBe(413);
	});

	test('of a failure says nothing of its cause and sets no cookie', async () => {
		const answer = await ask('/half');
		expect(answer.status).toBe(500);
		expect(answer.text).not.toContain('planted');
		expect(answer.text).toContain('999');
		expect(answer.headers['set-cookie']).toBeUndefined();
	});
});

describe('what is allowed', () => {
	test('a form of exactly the limit', async () => {
		const answer = await ask('/form', { ...post(), body: Buffer.alloc(bodyLimit) });
		expect(answer).toMatchObject({ status: 200, text: `read ${String(bodyLimit)}` });
	});

	test('a form of unknown length arrives whole', async () => {
		const answer = await ask('/form', { ...post(), body: 'needs=1', chunked: true });
		expect(answer).toMatchObject({ status: 200, text: 'read 7' });
	});

	test.each(['application/json', 'application/cloudevents+json; charset=utf-8'])(
		'%s from an agency system, which sends no origin',
		async (type) => {
			const headers = { 'content-type': type };
			const answer = await ask('/api/agency/v1/events', { method: 'POST', headers, body: '{}' });
			expect(answer.status).toBe(200);
		}
	);

	test('but not from a page of another site', async () => {
		const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
		const answer = await ask('/api/agency/v1/events', { method: 'POST', headers, body: '{}' });
		expect(answer.status).toBe(403);
	});

	test('health, by whatever name a load balancer knows us', async () => {
		expect((await ask('/health', { headers: { host: '10.0.0.7:3000' } })).status).toBe(200);
	});
});

describe('another loopback name', () => {
	test.each(['127.0.0.1:3000', '[::1]:3000', 'localhost:1'])('%s leads home', async (host) => {
		const answer = await ask('/sign-in?next=1', { headers: { host } });
		expect(answer.status).toBe(308);
		expect(answer.headers.location).toBe(`${origin}/sign-in?next=1`);
		expect(reached).toEqual([]);
	});

	test('cannot be made to lead elsewhere', async () => {
		const answer = await ask('//evil.example/', { headers: { host: '127.0.0.1' } });
		expect(answer.headers.location).toBe(`${origin}//evil.example/`);
	});
});
