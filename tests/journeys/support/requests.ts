import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { nextCode } from './codes.ts';

export const base = process.env.BASE_URL ?? 'http://localhost:3000';
export const demoPassword = 'walk by the water';

export type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Asked = {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	port?: number;
};

/** Sends one request exactly as written, following nothing; gives what came back. */
export function send(path: string, asked: Asked = {}): Promise<Answer> {
	const { hostname, port, host } = new URL(base);
	return new Promise((resolve, reject) => {
		const sent = plainRequest(
			{
				host: hostname === 'localhost' ? '127.0.0.1' : hostname,
				port: asked.port ?? port,
				path,
				method: asked.method ?? 'GET',
				headers: { host, accept: 'text/html', ...asked.headers }
			},
			(answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('error', reject);
				answer.on('end', () => {
					const { statusCode = 0, headers } = answer;
					resolve({ status: statusCode, headers, body: Buffer.concat(parts).toString('utf8') });
				});
			}
		);
		sent.on('error', reject);
		sent.end(asked.body);
	});
}

/** Posts a form as a browser on our own page would. */
export function post(
	path: string,
	fields: Record<string, string>,
	more: { cookie?: string; headers?: Record<string, string>; port?: number } = {}
): Promise<Answer> {
	return send(path, {
		method: 'POST',
		...(more.port === undefined ? {} : { port: more.port }),
		headers: {
			origin: base,
			'content-type': 'application/x-www-form-urlencoded',
			...(more.cookie ? { cookie: more.cookie } : {}),
			...more.headers
		},
		body: new URLSearchParams(fields).toString()
	});
}

const atWork = new Map<string, string>();

/** Signs someone in, with a code where one is asked for; gives the cookie to send from then on. */
export async function signedIn(name: string, port?: number): Promise<string> {
	const known = atWork.get(name);
	if (known !== undefined) return known;
	const more = port === undefined ? {} : { port };
	const answer = await post('/sign-in', { name, password: demoPassword }, more);
	const half = cookieIn(answer, /^(__Host-)?step=./);
	if (half === undefined) return sessionIn(answer, name);
	for (const again of [true, false]) {
		const code = await nextCode(name);
		const coded = await post('/sign-in/code?/code', { code }, { ...more, cookie: half });
		// A journey before this one may have spent the first code; then the next one is right.
		if (again && coded.status === 422) continue;
		const cookie = sessionIn(coded, name);
		atWork.set(name, cookie);
		return cookie;
	}
	throw new Error(`${name} has no code that is right`);
}

function sessionIn(answer: Answer, name: string): string {
	const cookie = cookieIn(answer, /^(__Host-)?session=./);
	if (answer.status !== 303 || cookie === undefined)
		throw new Error(`${name} could not sign in: ${answer.status}`);
	return cookie;
}

function cookieIn(answer: Answer, form: RegExp): string | undefined {
	return (answer.headers['set-cookie'] ?? [])
		.map((line) => line.split(';')[0] ?? '')
		.find((pair) => form.test(pair));
}
