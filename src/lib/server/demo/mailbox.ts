import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server as NetServer } from 'node:net';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { codesPage } from '#lib/server/demo/codes-page.ts';
import { mailboxPage } from '#lib/server/demo/mailbox-page.ts';

export type Mail = {
	id: string;
	/** When it arrived, as an ISO 8601 instant. */
	at: string;
	from: string;
	to: string[];
	subject: string;
	text: string;
	html: string;
	/** All header lines as they came, for tests that look for what should not be there. */
	headers: string[];
};

export type Mailbox = {
	smtpUrl: string;
	webUrl: string;
	/** What arrived, newest first. */
	messages(): Mail[];
	clear(): Promise<void>;
	stop(): Promise<void>;
};

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const sizeLimit = 1024 * 1024;

/**
 * Starts a real mail server on loopback that keeps whatever it is sent and passes nothing on, and
 * a page (and `messages.json`) to read it. For the demo and for tests. With `file`, what arrived
 * survives a restart. Ports are chosen freely when not given.
 */
export async function startMailbox(
	options: { smtpPort?: number; webPort?: number; file?: string } = {}
): Promise<Mailbox> {
	let mails = options.file ? await readKept(options.file) : [];
	const receive = async (stream: NodeJS.ReadableStream, session: SMTPServerSession) => {
		const mail = await parse(stream, session);
		if (options.file) await appendFile(options.file, `${JSON.stringify(mail)}\n`, { mode: 0o600 });
		mails = [mail, ...mails];
	};
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		banner: 'Waymark demo mailbox',
		size: sizeLimit,
		onData(stream, session, done) {
			receive(stream, session).then(() => done(), done);
		}
	});
	// A client that hangs up mid-sentence is no reason to end the demo.
	smtp.on('error', () => undefined);
	const web = createServer((request, response) => show(request, response, mails));
	smtp.listen(options.smtpPort ?? 0, '127.0.0.1');
	const smtpPort = await portOf(smtp.server);
	const webPort = await portOf(web.listen(options.webPort ?? 0, '127.0.0.1'));
	return {
		smtpUrl: `smtp://127.0.0.1:${String(smtpPort)}`,
		webUrl: `http://localhost:${String(webPort)}`,
		messages: () => mails,
		async clear() {
			mails = [];
			if (options.file) await writeFile(options.file, '', { mode: 0o600 });
		},
		async stop() {
			web.closeAllConnections();
			const closed = [once(web, 'close'), new Promise<void>((resolve) => smtp.close(resolve))];
			web.close();
			await Promise.all(closed);
		}
	};
}

async function parse(stream: NodeJS.ReadableStream, session: SMTPServerSession): Promise<Mail> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk));
	const parsed = await simpleParser(Buffer.concat(chunks));
	return {
		id: randomUUID(),
		at: new Date().toISOString(),
		from: words(parsed.from),
		// The envelope says who really gets it, blind copies too.
		to: session.envelope.rcptTo.map((recipient) => recipient.address),
		subject: parsed.subject ?? '',
		text: parsed.text ?? '',
		html: parsed.html || '',
		headers: parsed.headerLines.map((header) => header.line)
	};
}

function words(address: AddressObject | undefined): string {
	return address?.text ?? '';
}

async function readKept(file: string): Promise<Mail[]> {
	const text = await readFile(file, 'utf8').catch(() => '');
	const lines = text.split('\n').filter((line) => line !== '');
	return lines.map((line): Mail => JSON.parse(line)).reverse();
}

async function portOf(server: NetServer): Promise<number> {
	if (!server.listening) await once(server, 'listening');
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

function show(request: IncomingMessage, response: ServerResponse, mails: Mail[]): void {
	response.setHeader('Cache-Control', 'no-store');
	response.setHeader('X-Content-Type-Options', 'nosniff');
	response.setHeader('Referrer-Policy', 'no-referrer');
	response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
	// A page elsewhere that points its own name at loopback must not read this.
	if (!loopback.test(request.headers.host ?? '') || request.method !== 'GET') {
		response.writeHead(404).end();
		return;
	}
	const url = new URL(request.url ?? '/', 'http://localhost');
	if (url.pathname === '/messages.json') {
		response.setHeader('Content-Type', 'application/json; charset=utf-8');
		const to = url.searchParams.get('to');
		response.end(JSON.stringify(to ? mails.filter((mail) => mail.to.includes(to)) : mails));
		return;
	}
	const page = pageAt(url.pathname, mails);
	response.writeHead(page ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
	response.end(page);
}

function pageAt(pathname: string, mails: Mail[]): string {
	if (pathname === '/codes') return codesPage(new Date());
	return pathname === '/' ? mailboxPage(mails) : '';
}
