import { createServer, connect as dial, type AddressInfo } from 'node:net';

export type Wire = {
	/** The address under which PostgreSQL is reached through the wire. */
	readonly url: string;
	/** How often the client has sent something and then waited for an answer. */
	turns(): number;
	close(): Promise<void>;
};

/**
 * A wire to PostgreSQL that counts round trips: each time the client speaks after the server has
 * spoken is one more. Whatever is sent without waiting for an answer belongs to the same turn.
 */
export async function countingWire(url: string): Promise<Wire> {
	const target = new URL(url);
	let turns = 0;
	const server = createServer((client) => {
		const upstream = dial(Number(target.port), target.hostname);
		let answered = true;
		client.on('data', (bytes) => {
			if (answered) turns += 1;
			answered = false;
			upstream.write(bytes);
		});
		upstream.on('data', (bytes) => {
			answered = true;
			client.write(bytes);
		});
		for (const [one, other] of [
			[client, upstream],
			[upstream, client]
		] as const) {
			one.on('close', () => other.destroy());
			one.on('error', () => other.destroy());
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const through = new URL(url);
	through.hostname = '127.0.0.1';
	through.port = String((server.address() as AddressInfo).port);
	return {
		url: through.href,
		turns: () => turns,
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}
