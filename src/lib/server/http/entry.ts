import {
	createServer,
	IncomingMessage,
	STATUS_CODES,
	type Server,
	type ServerResponse
} from 'node:http';
import type { Duplex } from 'node:stream';
import { noteAddress } from '#lib/server/http/client-address.ts';
import { closedPolicy, enforceHeaders, fixedHeaders } from '#lib/server/http/headers.ts';
import { plainPage, type PlainStatus } from '#lib/server/http/plain-pages.ts';

/** The framework's request listener: adapter-node's `handler`. */
export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: (error?: unknown) => void
) => unknown;

/** The most that a request may carry, in bytes (2 MB). */
export const bodyLimit = 2 * 1024 * 1024;

// A refused body is read and thrown away up to here, because a browser that is cut off while it
// sends shows "connection reset" instead of our page.
const drainLimit = 64 * 1024 * 1024;

const pageMethods = ['GET', 'HEAD', 'POST'];
const apiMethods = [...pageMethods, 'PUT', 'PATCH', 'DELETE'];
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

type EntryOptions = { handler: Handler; origin: string; proxies?: number };
type Refusal = { status: PlainStatus; allow?: readonly string[] } | { moveTo: string };

/**
 * Wraps the framework's handler in a server that puts the fixed headers on every answer and
 * refuses, with our own plain pages, what must not reach it: another host, a foreign origin, an
 * unknown method or content type, a body over the limit. `origin` is the only address served;
 * `proxies` of ours stand in front.
 */
export function createEntry({ handler, origin, proxies = 0 }: EntryOptions): Server {
	const fixed = fixedHeaders(origin);
	const options = { requireHostHeader: false, connectionsCheckingInterval: 5000 };
	const listen = async (request: IncomingMessage, response: ServerResponse) => {
		const pathname = (request.url ?? '/').split('?')[0] ?? '/';
		enforceHeaders(response, pathname, fixed);
		noteAddress(request, proxies);
		try {
			const refusal = judge(request, pathname, origin);
			if (refusal) return await refuse(request, response, refusal);
			const whole = isOfUnknownLength(request) ? await readWhole(request) : request;
			if (!whole) return answer(response, { status: 413 });
			await handler(whole, response, () => answer(response, { status: 404 }));
		} catch {
			// Whoever logs has logged by now; the words of an error are not for the reader.
			answer(response, { status: 500 });
		}
	};
	const server = createServer(options, (request, response) => void listen(request, response));
	server.headersTimeout = 15_000;
	// Two megabytes over a bad line still fit; a client that trickles does not.
	server.requestTimeout = 120_000;
	server.keepAliveTimeout = 65_000;
	server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
		enforceHeaders(response, '/', fixed);
		void refuse(request, response, { status: 417 });
	});
	server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
		answerRaw(socket, error.code, fixed);
	});
	return server;
}

/**
 * Stops taking requests, lets those under way finish for up to `seconds`, then cuts them off.
 * Resolves when every connection is closed.
 */
export async function closeEntry(server: Server, seconds: number): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	const idle = setInterval(() => server.closeIdleConnections(), 100);
	const late = setTimeout(() => server.closeAllConnections(), seconds * 1000);
	await closed;
	clearInterval(idle);
	clearTimeout(late);
}

function judge(request: IncomingMessage, pathname: string, origin: string): Refusal | undefined {
	const method = request.method ?? '';
	const api = pathname.startsWith('/api/');
	const methods = api ? apiMethods : pageMethods;
	if (!methods.includes(method)) return { status: 405, allow: methods };
	if (!pathname.startsWith('/')) return { status: 400 };
	const reads = method === 'GET' || method === 'HEAD';
	const host = request.headers.host ?? '';
	// A load balancer asks after our health by whatever name it knows this machine by.
	if (host.toLowerCase() !== new URL(origin).host && pathname !== '/health') {
		if (!loopback.test(host)) return { status: 404 };
		if (reads) return { moveTo: `${origin}${request.url ?? '/'}` };
	}
	if (reads) return undefined;
	if (!isOwnOrigin(request, api, origin)) return { status: 403 };
	if (!isKnownType(request.headers['content-type'], api)) return { status: 415 };
	if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return { status: 413 };
	return undefined;
}

// Browsers always send Origin with what changes something. Agency systems are no browsers: they
// send none, carry no cookie, and are known by their signature.
function isOwnOrigin(request: IncomingMessage, api: boolean, origin: string): boolean {
	const from = request.headers.origin;
	return from === undefined ? api : from === origin;
}

function isKnownType(header: string | undefined, api: boolean): boolean {
	const type = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	if (api) return type === 'application/json' || /^application\/[\w.-]+\+json$/.test(type);
	// No form of ours carries files; a broken `multipart/form-data` cannot even be read.
	return type === 'application/x-www-form-urlencoded';
}

function isOfUnknownLength(request: IncomingMessage): boolean {
	return request.headers['transfer-encoding'] !== undefined;
}

/**
 * Reads a body of unknown length before anything is done with it, so that one that turns out too
 * long is never acted on in part. Gives a request with a known length, or nothing when too long.
 */
async function readWhole(request: IncomingMessage): Promise<IncomingMessage | undefined> {
	const chunks: Buffer[] = [];
	const size = await drain(request, (chunk) => chunks.push(chunk));
	if (size > bodyLimit) return undefined;
	const whole = new IncomingMessage(request.socket);
	whole.method = request.method;
	whole.url = request.url;
	whole.httpVersion = request.httpVersion;
	whole.httpVersionMajor = request.httpVersionMajor;
	whole.httpVersionMinor = request.httpVersionMinor;
	const { 'transfer-encoding': _chunked, ...headers } = request.headers;
	whole.headers = { ...headers, 'content-length': String(size) };
	whole.complete = true;
	for (const chunk of chunks) whole.push(chunk);
	whole.push(null);
	return whole;
}

/** Reads the body to its end or to the drain limit and gives its size; keeps 2 MB at most. */
async function drain(
	request: IncomingMessage,
	keep: (chunk: Buffer) => void = () => undefined
): Promise<number> {
	let size = 0;
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		if (!Buffer.isBuffer(chunk)) continue;
		size += chunk.length;
		if (size <= bodyLimit) keep(chunk);
		if (size > drainLimit) break;
	}
	return size;
}

async function refuse(
	request: IncomingMessage,
	response: ServerResponse,
	refusal: Refusal
): Promise<void> {
	// Whoever announces more than we would throw away is answered at once.
	const announced = Number(request.headers['content-length'] ?? 0);
	if (announced <= drainLimit) await drain(request).catch(() => undefined);
	answer(response, refusal);
}

function answer(response: ServerResponse, refusal: Refusal): void {
	if (response.headersSent || response.destroyed) {
		response.destroy();
		return;
	}
	if ('moveTo' in refusal) {
		response.writeHead(308, { Location: refusal.moveTo }).end();
		return;
	}
	const page = plainPage(refusal.status);
	// What the application had begun to set is not part of this page.
	for (const name of response.getHeaderNames()) response.removeHeader(name);
	if (refusal.allow) response.setHeader('Allow', refusal.allow.join(', '));
	response.writeHead(refusal.status, {
		Connection: 'close',
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(page)
	});
	response.end(page);
}

// A request that Node could not parse has no response object, so this one is written by hand.
function answerRaw(
	socket: Duplex,
	code: string | undefined,
	fixed: Readonly<Record<string, string>>
): void {
	if (code === 'ECONNRESET' || !socket.writable) {
		socket.destroy();
		return;
	}
	const status = rawStatus(code);
	const page = plainPage(status);
	const headers: Record<string, string> = {
		...fixed,
		'Cache-Control': 'no-store',
		'Content-Security-Policy': closedPolicy,
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': String(Buffer.byteLength(page)),
		Connection: 'close'
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
	const first = `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`;
	socket.end(`${first}\r\n${lines.join('\r\n')}\r\n\r\n${page}`);
}

function rawStatus(code: string | undefined): PlainStatus {
	if (code === 'HPE_HEADER_OVERFLOW') return 431;
	return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
