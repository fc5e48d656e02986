import { createServer, connect as dial, type AddressInfo } from 'node:net';

export type Wire = {
	/** The address under which PostgreSQL is reached through the wire. */
	readonly url: string;
	/** How often the client waited for an answer. */
	turns(): number;
	close(): Promise<void>;
};

/** How long, in milliseconds, nobody has to have said anything before an answer is let through. */
const silence = 250;

/**
 * A wire to PostgreSQL that counts round trips. It holds answers back until the client has nothing
 * more to say: all that is sent without waiting for an answer belongs to one turn.
 */
export async function countingWire(url: string): Promise<Wire> {
	const target = new URL(url);
	let turns = 0;
	const server = createServer((client) => {
		const upstream = dial(Number(target.port), target.hostname);
		let held: Buffer[] = [];
		let waiting: NodeJS.Timeout | undefined;
		const letThrough = () => {
			if (held.length === 0) return;
			turns += 1;
			client.write(Buffer.concat(held));
			held = [];
		};
		const somebodySpoke = () => {
			clearTimeout(waiting);
			waiting = setTimeout(letThrough, silence);
		};
		client.on('data', (bytes) => {
			upstream.write(bytes);
			somebodySpoke();
		});
		upstream.on('data', (bytes) => {
			held.push(bytes);
			somebodySpoke();
		});
		const hangUp = () => {
			clearTimeout(waiting);
			client.destroy();
			upstream.destroy();
		};
		for (const side of [client, upstream]) side.on('close', hangUp).on('error', hangUp);
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
