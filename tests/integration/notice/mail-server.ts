import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Arrived = { to: string[]; mail: ParsedMail; raw: string };

export type MailServer = {
	url: string;
	arrived: Arrived[];
	/** `refuses` turns every recipient away; `late` takes the mail and then says that it did not. */
	mood: 'takes' | 'refuses' | 'late';
	close(): Promise<void>;
};

/** Starts a real mail server on loopback that can be told to fail. */
export async function mailServer(): Promise<MailServer> {
	const arrived: Arrived[] = [];
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		onRcptTo(_address, _session, done) {
			done(server.mood === 'refuses' ? failure(451) : undefined);
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const raw = Buffer.concat(chunks);
				void simpleParser(raw).then((mail) => {
					const to = session.envelope.rcptTo.map((each) => each.address);
					arrived.push({ to, mail, raw: raw.toString('utf8') });
					done(server.mood === 'late' ? failure(451) : undefined);
				}, done);
			});
		}
	});
	// A client that hangs up is no reason to end the tests.
	smtp.on('error', () => undefined);
	const listening = smtp.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	const { port } = listening.address() as AddressInfo;
	const server: MailServer = {
		url: `smtp://127.0.0.1:${String(port)}`,
		arrived,
		mood: 'takes',
		close: () => new Promise<void>((resolve) => void smtp.close(() => resolve()))
	};
	return server;
}

function failure(responseCode: number): Error {
	return Object.assign(new Error('try again later'), { responseCode });
}
