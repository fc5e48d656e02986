import { createTransport } from 'nodemailer';
import type { MailAddress } from '#lib/domain/notice/address.ts';
import type { NoticeText } from '#lib/server/notice/message.ts';

/** A mail ready to go: one recipient, and a name of its own that a second attempt repeats. */
export type Outgoing = NoticeText & {
	readonly id: string;
	readonly from: MailAddress;
	readonly to: MailAddress;
};

/** Whatever takes mail from here. `send` resolves once the next server has answered for the mail. */
export type Transport = { send(mail: Outgoing): Promise<void>; close(): void };

/** That a mail was not taken. Says how it failed and never to whom it was going. */
export class NotTaken extends Error {
	override readonly name = 'NotTaken';
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.code = code;
	}
}

/**
 * Sends through the mail server at an `smtp://` or `smtps://` address, over connections that are
 * kept. In production a server on `smtp://` that offers no encryption is refused.
 */
export function smtpTransport(options: { url: string; production: boolean }): Transport {
	const server = serverAt(options.url);
	const mailer = createTransport({
		...server,
		requireTLS: options.production && !server.secure,
		disableFileAccess: true,
		disableUrlAccess: true,
		pool: true,
		maxConnections: 2,
		// The job queue repeats what failed; a second go unknown to it might deliver twice.
		maxRequeues: 0,
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 30_000
	});
	return {
		async send(mail) {
			try {
				await mailer.sendMail(asMail(mail));
			} catch (error) {
				throw new NotTaken(codeOf(error));
			}
		},
		close: () => mailer.close()
	};
}

// Read here, because in nodemailer's own reading a query (`?requireTLS=false`) wins over options.
function serverAt(text: string) {
	const url = new URL(text);
	const user = decodeURIComponent(url.username);
	const pass = decodeURIComponent(url.password);
	const secure = url.protocol === 'smtps:';
	return {
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
		secure,
		...(user === '' ? {} : { auth: { user, pass } })
	};
}

function asMail(mail: Outgoing) {
	return {
		messageId: `<${mail.id}@${mail.from.split('@')[1] ?? ''}>`,
		// Objects are taken as they are; a string would be parsed as a list of addresses.
		from: { name: '', address: mail.from },
		to: { name: '', address: mail.to },
		envelope: { from: mail.from, to: [mail.to] },
		subject: mail.subject,
		text: mail.text,
		html: mail.html,
		xMailer: false as const,
		headers: {
			'Content-Language': mail.language,
			'Auto-Submitted': 'auto-generated',
			'X-Auto-Response-Suppress': 'All'
		}
	};
}

// The messages of a mail server quote the recipient, so only codes are let out.
function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return 'unknown';
	const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
	const said = typeof responseCode === 'number' ? ` ${String(responseCode)}` : '';
	return `${typeof code === 'string' ? code : 'unknown'}${said}`;
}
