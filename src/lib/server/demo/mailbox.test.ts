import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'node:http';
import { once } from 'node:events';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMailbox, type Mailbox } from '#lib/server/demo/mailbox.ts';

let folder: string;
let file: string;
let mailbox: Mailbox;

beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
	file = path.join(folder, 'mails.jsonl');
	mailbox = await startMailbox({ file });
});

afterEach(async () => {
	await mailbox.stop();
	await rm(folder, { recursive: true });
});

async function send(subject: string, text = 'Sign in to read it.', bcc?: string): Promise<void> {
	const transport = nodemailer.createTransport(mailbox.smtpUrl);
	const from = 'noreply@notices.example.com';
	await transport.sendMail({ from, to: 'ana@example.com', subject, text, ...(bcc ? { bcc } : {}) });
	transport.close();
}

describe('the demo mailbox', () => {
	test('takes mail over SMTP and shows the newest first', async () => {
		await send('First');
		await send('Second', 'Dydd da – ہیلو');
		expect(mailbox.messages().map((mail) => mail.subject)).toEqual(['Second', 'First']);
		expect(mailbox.messages()[0]).toMatchObject({
			from: 'noreply@notices.example.com',
			to: ['ana@example.com'],
			text: 'Dydd da – ہیلو\n'
		});
		const page = await (await fetch(mailbox.webUrl)).text();
		expect(page.indexOf('Second')).toBeGreaterThan(0);
		expect(page.indexOf('Second')).toBeLessThan(page.indexOf('First'));
		expect(page).toContain('This is a demonstration');
	});

	test('shows what it was sent as words, never as markup', async () => {
		await send('<script>alert(1)</script>', '<img src=x onerror=alert(1)> & more');
		const response = await fetch(mailbox.webUrl);
		const page = await response.text();
		expect(page).not.toContain('<script');
		expect(page).not.toContain('<img');
		expect(page).toContain('&lt;script&gt;');
		expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	});

	test('says who really gets a mail, and finds it for them', async () => {
		await send('To two', 'x', 'blind@example.com');
		await send('To one');
		const found = await fetch(`${mailbox.webUrl}/messages.json?to=blind@example.com`);
		expect(await found.json()).toMatchObject([{ subject: 'To two' }]);
	});

	test('keeps what arrived over a restart, until cleared', async () => {
		await send('Kept');
		await mailbox.stop();
		mailbox = await startMailbox({ file });
		expect(mailbox.messages()).toMatchObject([{ subject: 'Kept' }]);
		await mailbox.clear();
		expect(mailbox.messages()).toEqual([]);
		expect(await readFile(file, 'utf8')).toBe('');
	});

	test('answers nobody who calls it by another name', async () => {
		const outgoing = request(mailbox.webUrl, { headers: { host: 'evil.example' } }).end();
		const [incoming] = await once(outgoing, 'response');
		incoming.resume();
		expect(incoming.statusCode).toBe(404);
	});
});
