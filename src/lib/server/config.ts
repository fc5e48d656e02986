import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import { readProvider, type ProviderSettings } from '#lib/server/config-provider.ts';

export type KeyRing = {
	/** The name of the key that wraps what is written from now on. */
	current: string;
	keys: Readonly<Record<string, Uint8Array>>;
};

export type Config = Readonly<{
	production: boolean;
	host: string;
	port: number;
	/** The one address people use, such as `https://waymark.example.police.uk`; no path. */
	origin: string;
	/** How many proxies of ours a request passes; each adds to X-Forwarded-For. */
	proxies: number;
	databaseUrl: string;
	databaseOwnerUrl: string | undefined;
	databaseWorkerUrl: string | undefined;
	databaseOversightUrl: string | undefined;
	smtpUrl: string | undefined;
	mailFrom: MailAddress;
	/** Absent where no key ring was given; whoever seals or opens a text must insist on it. */
	keys: KeyRing | undefined;
	/** The force's own sign-in service for staff; absent where they sign in with a password. */
	provider: ProviderSettings | undefined;
	/** Whether this is the demo world, with its known passwords. */
	demo: boolean;
	/** How long requests under way may take to finish after we are told to stop. */
	shutdownSeconds: number;
}>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the settings: names every variable and what it should be, never a value. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(`The settings are not usable:\n${problems.map((each) => `  ${each}`).join('\n')}`);
		this.problems = problems;
	}
}

const requiredNode = 24;

/**
 * Reads the settings from `env` and gives them frozen. Throws a ConfigError that names every bad
 * or missing variable at once, so that an operator mends them in one go.
 */
export function readConfig(env: Environment, nodeVersion = process.versions.node): Config {
	// An empty line in an .env file means "not set".
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
	const parsed = shape.safeParse(given);
	const problems = parsed.success ? [] : parsed.error.issues.map(describe);
	const provider = readProvider(given, problems);
	if (given.NODE_ENV === 'production') problems.push(...productionProblems(given, nodeVersion));
	if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)].sort());
	const value = parsed.data;
	return Object.freeze({
		production: value.NODE_ENV === 'production',
		host: value.HOST,
		port: value.PORT,
		origin: value.ORIGIN ?? `http://localhost:${String(value.PORT)}`,
		proxies: value.WAYMARK_PROXIES,
		databaseUrl: value.DATABASE_URL,
		databaseOwnerUrl: value.DATABASE_OWNER_URL,
		databaseWorkerUrl: value.DATABASE_WORKER_URL,
		databaseOversightUrl: value.DATABASE_OVERSIGHT_URL,
		smtpUrl: value.SMTP_URL,
		mailFrom: value.MAIL_FROM,
		keys: value.WAYMARK_KEYS,
		provider,
		demo: value.WAYMARK_DEMO === '1',
		shutdownSeconds: value.SHUTDOWN_SECONDS
	});
}

const database = z.string().refine(isUrlOf('postgres:', 'postgresql:'), {
	error: 'must look like postgres://user:password@host:5432/name'
});

const keyRing = z.object({
	current: z.string().min(1),
	keys: z.record(z.string().min(1), z.string().regex(/^[A-Za-z0-9_-]{43}=?$/))
});

const shape = z.object({
	NODE_ENV: z
		.enum(['production', 'development', 'test'], {
			error: 'must be production, development or test'
		})
		.default('development'),
	HOST: z
		.string()
		.regex(/^[A-Za-z0-9.:-]+$/, { error: 'must be a host name or address to listen on' })
		.default('127.0.0.1'),
	PORT: wholeNumber(1, 65_535, 'must be a port number from 1 to 65535').default(3000),
	ORIGIN: z
		.string()
		.refine(isOrigin, {
			error: 'must be an origin such as https://waymark.example.org, without a path or final slash'
		})
		.optional(),
	WAYMARK_PROXIES: wholeNumber(0, 5, 'must be the number of proxies in front, 0 to 5').default(0),
	DATABASE_URL: database,
	DATABASE_OWNER_URL: database.optional(),
	DATABASE_WORKER_URL: database.optional(),
	DATABASE_OVERSIGHT_URL: database.optional(),
	SMTP_URL: z
		.string()
		.refine(isUrlOf('smtp:', 'smtps:'), {
			error: 'must look like smtp://host:25 or smtps://user:password@host:465'
		})
		.optional(),
	MAIL_FROM: z.string().transform(parseSender).prefault('noreply@notices.example.com'),
	WAYMARK_KEYS: z.string().transform(parseKeys).optional(),
	WAYMARK_DEMO: z.enum(['0', '1'], { error: 'must be 1, or left out' }).default('0'),
	SHUTDOWN_SECONDS: wholeNumber(0, 600, 'must be a whole number of seconds up to 600').default(10)
});

function wholeNumber(min: number, max: number, error: string) {
	return z
		.string()
		.refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
			error
		})
		.transform(Number);
}

function isUrlOf(...protocols: string[]) {
	return (text: string) => {
		const url = URL.parse(text);
		return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
	};
}

function isOrigin(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && url.origin === text;
}

function parseSender(text: string, context: z.RefinementCtx): MailAddress {
	const address = parseAddress(text);
	if (address.ok) return address.value;
	context.addIssue({
		code: 'custom',
		message: 'must be one plain mail address such as noreply@example.org'
	});
	return z.NEVER;
}

function parseKeys(text: string, context: z.RefinementCtx): KeyRing {
	const refuse = (message: string) => {
		context.addIssue({ code: 'custom', message });
		return z.NEVER;
	};
	let found: unknown;
	try {
		found = JSON.parse(text.startsWith('file:') ? readFileSync(fileURLToPath(text), 'utf8') : text);
	} catch {
		return refuse('must be a key ring in JSON, or file:/path/to/one that can be read');
	}
	const ring = keyRing.safeParse(found);
	if (!ring.success) {
		return refuse(
			'must be {"current":"k1","keys":{"k1":"..."}} with keys of 32 bytes in base64url'
		);
	}
	if (!Object.hasOwn(ring.data.keys, ring.data.current)) {
		return refuse('must hold the key that "current" names');
	}
	const keys = Object.entries(ring.data.keys).map(([name, key]) => [
		name,
		new Uint8Array(Buffer.from(key, 'base64url'))
	]);
	return Object.freeze({
		current: ring.data.current,
		keys: Object.freeze(Object.fromEntries(keys))
	});
}

function productionProblems(given: Environment, nodeVersion: string): string[] {
	const problems: string[] = [];
	if (Number(nodeVersion.split('.')[0]) !== requiredNode) {
		problems.push(`Node ${String(requiredNode)} is required in production`);
	}
	if (given.WAYMARK_DEMO === '1') {
		problems.push(
			'WAYMARK_DEMO must not be set when NODE_ENV is production: its passwords are public'
		);
	}
	for (const name of ['ORIGIN', 'WAYMARK_KEYS', 'SMTP_URL']) {
		if (!given[name]) problems.push(`${name} is required when NODE_ENV is production`);
	}
	return problems;
}

// Zod's own messages may quote what was given, so only the ones written here are let through.
function describe(issue: z.core.$ZodIssue): string {
	const name = issue.path.map(String).join('.');
	const missing = issue.code === 'invalid_type' && issue.input === undefined;
	return missing ? `${name} is required: ${hint(name)}` : `${name} ${issue.message}`;
}

function hint(name: string): string {
	return name === 'DATABASE_URL'
		? 'the PostgreSQL address of the role waymark_app (to try Waymark without one: npm run demo)'
		: 'see .env.example';
}
