import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/domain/notice/address.ts';
import { NotTaken, smtpTransport, type Outgoing } from '#lib/server/notice/transport.ts';

let server: SMTPServer;
let recipients: string[][];
let refuse: boolean;
let url: string;

beforeEach(async () => {
	recipients = [];
	refuse = false;
	server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		onRcptTo(address, _session, done) {
			done(refuse ? new Error(`no such person ${address.address}`) : undefined);
		},
		onData(stream, session, done) {
			recipients.push(session.envelope.rcptTo.map((each) => each.address));
			stream.resume().on('end', () => done());
		}
	});
	server.on('error', () => undefined);
	const listening = server.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	url = `smtp://127.0.0.1:${String((listening.address() as AddressInfo).port)}`;
});

afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

const mailTo = (to: string): Outgoing => {
	const [sender, recipient] = [parseAddress('noreply@notices.example.com'), parseAddress(to)];
	if (!sender.ok || !recipient.ok) throw new Error('not an address');
	return {
		...{ subject: 'Hello', text: 'Hello', html: '<p>Hello</p>', language: 'en' },
		...{ id: 'a-notice', from: sender.value, to: recipient.value }
	};
};

describe('the mail transport', () => {
	test('gives the server exactly the one address that was stored', async () => {
		const transport = smtpTransport({ url, production: false });
		const given: string[] = [];
		const anyAddress = fc.emailAddress({ size: 'small' }).filter((text) => parseAddress(text).ok);
		await fc.assert(
			fc.asyncProperty(anyAddress, async (to) => {
				given.push(to);
				await transport.send(mailTo(to));
			}),
			{ numRuns: 25 }
		);
		transport.close();
		const lower = (list: readonly string[]) => list.map((each) => each.toLowerCase());
		expect(recipients.map(lower)).toEqual(given.map((to) => lower([to])));
	});

	test('says that a mail was not taken without naming the recipient', async () => {
		refuse = true;
		const transport = smtpTransport({ url, production: false });
		const failure = await transport.send(mailTo('sam@example.com')).catch((error) => error);
		transport.close();
		expect(failure).toBeInstanceOf(NotTaken);
		expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toContain('sam@example.com');
		expect(failure.message).toBe('EENVELOPE 550');
	});

	test('refuses a server without encryption in production, whatever its address says', async () => {
		const transport = smtpTransport({ url: `${url}/?requireTLS=false`, production: true });
		await expect(transport.send(mailTo('sam@example.com'))).rejects.toThrow(NotTaken);
		transport.close();
		expect(recipients).toEqual([]);
	});
});
