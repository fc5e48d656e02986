import { once } from 'node:events';
import { request as send, type IncomingMessage, type Server } from 'node:http';
import { describe, expect, test } from 'vitest';
import { closeEntry, createEntry, type Handler } from '#lib/server/http/entry.ts';
import { freePort } from '#lib/server/http/free-port.ts';

async function listening(handler: Handler): Promise<{ server: Server; port: number }> {
	const port = await freePort();
	const server = createEntry({ handler, origin: 'http://localhost:3000' });
	await once(server.listen(port, '127.0.0.1'), 'listening');
	return { server, port };
}

function ask(port: number) {
	const headers = { host: 'localhost:3000' };
	return send({ host: '127.0.0.1', port, path: '/', headers }).end();
}

describe('closing', () => {
	test('lets a request under way finish', async () => {
		let finish = () => {};
		const { server, port } = await listening((_request, response) => {
			finish = () => response.end('done');
		});
		const outgoing = ask(port);
		await once(server, 'request');
		const closed = closeEntry(server, 5);
		setTimeout(finish, 50);
		const [incoming]: IncomingMessage[] = await once(outgoing, 'response');
		expect(incoming?.statusCode).toBe(200);
		incoming?.resume();
		await closed;
	});

	test('cuts off what outstays its time', async () => {
		const { server, port } = await listening(() => undefined);
		const cut = once(ask(port), 'error');
		await once(server, 'request');
		await closeEntry(server, 0.05);
		expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
	});
});
