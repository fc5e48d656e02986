import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { post, send, signedIn } from '../support/requests.ts';

/** A wire to PostgreSQL that can be cut in the middle of anything. */
class Wire {
	readonly #open = new Set<Socket>();
	readonly #server: Server;
	#cut = false;

	constructor(target: URL) {
		this.#server = createServer((from) => {
			if (this.#cut) return void from.destroy();
			const to = connect(Number(target.port), target.hostname);
			for (const [one, two] of [
				[from, to],
				[to, from]
			] as const) {
				this.#open.add(one);
				one.on('error', () => two.destroy());
				one.on('close', () => two.destroy());
				one.pipe(two);
			}
		});
	}

	async listen(): Promise<number> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return (this.#server.address() as AddressInfo).port;
	}

	cut(): void {
		this.#cut = true;
		for (const socket of this.#open) socket.destroy();
	}

	mend(): void {
		this.#cut = false;
	}

	close(): void {
		this.cut();
		this.#server.close();
	}
}

let wire: Wire;
let server: ChildProcess;
let port: number;

test.beforeAll(async () => {
	const env = JSON.parse(process.env.WORLD_ENV ?? '{}') as Record<string, string>;
	const url = new URL(env.DATABASE_URL ?? '');
	wire = new Wire(new URL(url.href.replace('postgres:', 'http:').replace('postgresql:', 'http:')));
	url.hostname = '127.0.0.1';
	url.port = String(await wire.listen());
	const free = createServer().listen(0, '127.0.0.1');
	await once(free, 'listening');
	port = (free.address() as AddressInfo).port;
	free.close();
	server = spawn(process.execPath, ['scripts/serve.ts'], {
		env: { ...process.env, ...env, DATABASE_URL: url.href, PORT: String(port) },
		stdio: 'ignore'
	});
	await expect(async () => expect((await send('/health', { port })).status).toBe(200)).toPass();
});

test.afterAll(async () => {
	// A server that the cut brought down fails the test, and is not waited for.
	expect(server.exitCode).toBeNull();
	server.kill('SIGTERM');
	await once(server, 'exit');
	wire.close();
});

test('with the database away: emergency numbers, the way out, and nothing acknowledged', async () => {
	const cookie = await signedIn('joel', port);
	wire.cut();

	const home = await send('/home', { port, headers: { cookie } });
	expect(home.status).toBe(503);
	expect(home.body).toContain('999');
	expect(home.body).toContain('55');
	expect(home.headers['cache-control']).toBe('no-store');

	const sent = await post('/messages/new', { words: 'kept nowhere' }, { cookie, port });
	expect(sent.status).toBe(503);

	const emergency = await send('/emergency', { port });
	expect(emergency.status).toBe(200);
	expect(emergency.body).toContain('999');

	const out = await send('/exit', { port, headers: { cookie } });
	expect(out.status).toBe(303);

	const signIn = await post('/sign-in', { name: 'joel', password: 'walk by the water' }, { port });
	expect(signIn.status).toBe(503);
	expect(signIn.headers['set-cookie']).toBeUndefined();
	expect((await send('/health', { port })).status).toBe(503);

	wire.mend();
	await expect(async () => expect((await send('/health', { port })).status).toBe(200)).toPass();
	// Whoever copied the cookie of a session that was left cannot use it: its end was only put off.
	await expect(async () => {
		const late = await send('/home', { port, headers: { cookie } });
		expect(late.status).toBe(303);
		expect(late.headers.location).toBe('/sign-in?ended');
	}).toPass();
	const again = await signedIn('joel', port);
	expect((await send('/home', { port, headers: { cookie: again } })).status).toBe(200);
});
