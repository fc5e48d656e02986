import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, type Environment } from '#lib/server/config.ts';

const key = Buffer.alloc(32, 7).toString('base64url');
const ring = JSON.stringify({ current: 'k1', keys: { k1: key } });
const least: Environment = { DATABASE_URL: 'postgres://app:secret@localhost:5432/waymark' };
const production: Environment = {
	...least,
	NODE_ENV: 'production',
	ORIGIN: 'https://waymark.example.org',
	SMTP_URL: 'smtps://mail.example.org',
	WAYMARK_KEYS: ring
};

function refusal(env: Environment, node?: string): string {
	try {
		readConfig(env, node);
	} catch (error) {
		if (error instanceof ConfigError) return error.message;
		throw error;
	}
	throw new Error('The settings were accepted.');
}

describe('the settings', () => {
	test('need only a database, and the rest has defaults', () => {
		const config = readConfig(least);
		expect(config).toMatchObject({
			host: '127.0.0.1',
			port: 3000,
			origin: 'http://localhost:3000',
			proxies: 0,
			mailFrom: 'noreply@notices.example.com',
			production: false,
			demo: false
		});
		expect(Object.isFrozen(config)).toBe(true);
	});

	test('take the origin from the port when none is given', () => {
		expect(readConfig({ ...least, PORT: '4010' }).origin).toBe('http://localhost:4010');
	});

	test('name the database when it is missing, and an empty value counts as missing', () => {
		expect(refusal({})).toContain('DATABASE_URL is required');
		expect(refusal({ DATABASE_URL: ' ' })).toContain('DATABASE_URL is required');
	});

	test.each([
		['PORT', '80 80'],
		['PORT', '70000'],
		['HOST', 'not a host'],
		['ORIGIN', 'https://zanzibar.example.com/path'],
		['ORIGIN', 'https://zanzibar.example.com/'],
		['ORIGIN', 'zanzibar.example.com'],
		['DATABASE_URL', 'mysql://localhost/zanzibar'],
		['DATABASE_WORKER_URL', 'zanzibar'],
		['SMTP_URL', 'https://zanzibar.example.com'],
		['MAIL_FROM', 'zanzibar'],
		['WAYMARK_KEYS', '{"current":"zanzibar"}'],
		['WAYMARK_KEYS', 'zanzibar'],
		['WAYMARK_DEMO', 'zanzibar'],
		['NODE_ENV', 'zanzibar'],
		['WAYMARK_PROXIES', '6'],
		['WAYMARK_PROXIES', 'zanzibar'],
		['SHUTDOWN_SECONDS', '-1']
	])('name %s when it is bad and never repeat the value', (name, value) => {
		const message = refusal({ ...least, [name]: value });
		expect(message).toContain(`${name} must`);
		expect(message).not.toContain(value);
	});

	test('name every bad variable at once', () => {
		const message = refusal({ PORT: 'x', SMTP_URL: 'y' });
		for (const name of ['DATABASE_URL', 'PORT', 'SMTP_URL']) expect(message).toContain(name);
	});

	test('read the key ring from the variable or from a file', () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
		const file = path.join(folder, 'keys.json');
		writeFileSync(file, ring);
		try {
			for (const WAYMARK_KEYS of [ring, pathToFileURL(file).href]) {
				const { keys } = readConfig({ ...least, WAYMARK_KEYS });
				expect(keys?.current).toBe('k1');
				expect(keys?.keys.k1).toEqual(new Uint8Array(32).fill(7));
			}
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	test('refuse a key ring whose current key is not in it or is short', () => {
		const lost = JSON.stringify({ current: 'k2', keys: { k1: key } });
		const short = JSON.stringify({ current: 'k1', keys: { k1: 'abcd' } });
		expect(refusal({ ...least, WAYMARK_KEYS: lost })).toContain('WAYMARK_KEYS must hold the key');
		const message = refusal({ ...least, WAYMARK_KEYS: short });
		expect(message).toContain('32 bytes');
		expect(message).not.toContain('abcd');
	});

	test('are accepted in production when whole, on Node 24', () => {
		expect(readConfig(production, '24.21.0').production).toBe(true);
	});

	test('refuse another Node, the demo world and missing secrets in production', () => {
		expect(refusal(production, '22.1.0')).toContain('Node 24 is required');
		expect(refusal({ ...production, WAYMARK_DEMO: '1' }, '24.0.0')).toContain('WAYMARK_DEMO');
		const bare = refusal({ ...least, NODE_ENV: 'production' }, '24.0.0');
		for (const name of ['ORIGIN', 'WAYMARK_KEYS', 'SMTP_URL']) expect(bare).toContain(name);
	});
});
