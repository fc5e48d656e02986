import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { Provider, type Configuration } from 'oidc-provider';
import type { Environment } from '#lib/server/config.ts';
import { freePort } from '#lib/server/http/free-port.ts';

/** Somebody in the directory of the made-up force. */
export type Colleague = {
	readonly subject: string;
	readonly roles: readonly string[];
	readonly label?: string;
	readonly mail?: string;
	/** The force that the directory says they belong to. */
	readonly tenant?: string;
	/** How they signed in there, as the provider puts it. */
	readonly amr?: readonly string[];
};

/** Signs anything with the provider's own key: what a provider that went wrong could send. */
export type Sign = (claims: JWTPayload) => Promise<string>;

export type DemoProvider = {
	readonly issuer: string;
	/** The settings of a Waymark that uses it, and of one that shows a key in place of a secret. */
	readonly env: Environment;
	readonly envWithKey: Environment;
	/** Puts somebody into the directory, or says something else of them. */
	put(colleague: Colleague): void;
	/** From now on changes the ID token on its way out; null: leaves it as it is. */
	tamper(change: ((claims: JWTPayload, sign: Sign) => Promise<string>) | null): void;
	stop(): Promise<void>;
};

const client = { id: 'waymark', keyed: 'waymark-keyed', secret: 'a secret of the made-up force' };
const tenant = 'midshire';

type Key = NonNullable<Configuration['jwks']>['keys'][number];

/**
 * Starts a real OpenID Connect provider on loopback for a Waymark at `origin`. Its sign-in page asks
 * for a subject and believes it: for the journeys and the tests only.
 */
export async function startProvider(origin: string): Promise<DemoProvider> {
	const port = await freePort();
	const issuer = `http://127.0.0.1:${String(port)}`;
	const people = new Map<string, Colleague>();
	const key = await generateKeyPair('RS256', { extractable: true });
	const jwk = { ...(await exportJWK(key.privateKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
	const ours = await generateKeyPair('ES256', { extractable: true });
	const ourKey = { kid: 'w1', use: 'sig', alg: 'ES256' };
	const shown = { ...(await exportJWK(ours.publicKey)), ...ourKey };
	const kept = { ...(await exportJWK(ours.privateKey)), ...ourKey };
	const provider = new Provider(issuer, settings(origin, people, { theirs: jwk, ours: shown }));
	const sign: Sign = (claims) =>
		new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).sign(key.privateKey);
	let change: Parameters<DemoProvider['tamper']>[0] = null;
	const answer = provider.callback();
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', issuer);
		const work = pathname.startsWith('/interaction/')
			? interact(provider, people, request, response)
			: pathname === '/token' && change && !request.headers['x-untouched']
				? tampered(issuer, request, response, (claims) => change?.(claims, sign))
				: answer(request, response);
		void Promise.resolve(work).catch(() => response.writeHead(500).end());
	});
	await listen(server, port);
	return {
		issuer,
		env: { ...environment(issuer), WAYMARK_OIDC_CLIENT_SECRET: client.secret },
		envWithKey: {
			...environment(issuer),
			WAYMARK_OIDC_CLIENT_ID: client.keyed,
			WAYMARK_OIDC_CLIENT_KEY: JSON.stringify(kept)
		},
		put: (colleague) => void people.set(colleague.subject, colleague),
		tamper: (next) => void (change = next),
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		}
	};
}

function environment(issuer: string): Environment {
	return {
		WAYMARK_OIDC_ISSUER: issuer,
		WAYMARK_OIDC_CLIENT_ID: client.id,
		WAYMARK_OIDC_ROLE_CLAIM: 'groups',
		WAYMARK_OIDC_ROLES:
			'wm-supervisors=supervisor, wm-officers=officer, wm-care=caseworker, wm-oversight=oversight',
		WAYMARK_OIDC_FORCE_CLAIM: 'tid',
		WAYMARK_OIDC_FORCE_VALUE: tenant,
		WAYMARK_OIDC_LABEL_CLAIM: 'collar',
		WAYMARK_OIDC_SECOND_STEP: 'mfa',
		WAYMARK_OIDC_SIGN_OUT: '1'
	};
}

function settings(
	origin: string,
	people: Map<string, Colleague>,
	keys: { theirs: Key; ours: Key }
): Configuration {
	const addresses = {
		redirect_uris: [`${origin}/sign-in/force/return`],
		post_logout_redirect_uris: [`${origin}/sign-in?ended`]
	};
	return {
		clients: [
			{ ...addresses, client_id: client.id, client_secret: client.secret },
			{
				...{ ...addresses, client_id: client.keyed, jwks: { keys: [keys.ours] } },
				token_endpoint_auth_method: 'private_key_jwt'
			}
		],
		jwks: { keys: [keys.theirs] },
		cookies: { keys: ['of the made-up force'] },
		claims: { openid: ['sub', 'amr', 'auth_time', 'groups', 'tid', 'collar', 'email'] },
		conformIdTokenClaims: false,
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
		findAccount: (_ctx, subject) => {
			const known = people.get(subject);
			if (!known) return undefined;
			const { roles, label, mail } = known;
			const rest = { ...(label ? { collar: label } : {}), ...(mail ? { email: mail } : {}) };
			const claims = { sub: subject, groups: [...roles], tid: known.tenant ?? tenant, ...rest };
			return { accountId: subject, claims: () => claims };
		},
		// Nobody is asked whether Waymark may know who they are.
		loadExistingGrant: async (ctx) => {
			const grant = new ctx.oidc.provider.Grant({
				clientId: ctx.oidc.client?.clientId ?? '',
				accountId: ctx.oidc.session?.accountId ?? ''
			});
			grant.addOIDCScope('openid profile email');
			await grant.save();
			return grant;
		}
	};
}

async function interact(
	provider: Provider,
	people: ReadonlyMap<string, Colleague>,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	if (request.method !== 'POST') {
		response.setHeader('content-type', 'text/html; charset=utf-8').end(signInPage);
		return;
	}
	const subject = new URLSearchParams(await bodyOf(request)).get('subject') ?? '';
	const amr = [...(people.get(subject)?.amr ?? ['pwd', 'mfa'])];
	await provider.interactionFinished(request, response, { login: { accountId: subject, amr } });
}

const signInPage = `<!doctype html><html lang="en"><title>Midshire sign-in</title>
<form method="post"><label>Staff number <input name="subject"></label><button>Go on</button></form>
</html>`;

async function tampered(
	issuer: string,
	request: IncomingMessage,
	response: ServerResponse,
	change: (claims: JWTPayload) => Promise<string> | undefined
): Promise<void> {
	const { authorization = '', 'content-type': type = '' } = request.headers;
	const asked = await fetch(`${issuer}/token`, {
		method: 'POST',
		headers: { authorization, 'content-type': type, 'x-untouched': '1' },
		body: await bodyOf(request)
	});
	const body = (await asked.json()) as { id_token?: string };
	const [, middle = ''] = body.id_token?.split('.') ?? [];
	const claims = JSON.parse(Buffer.from(middle, 'base64url').toString() || '{}') as JWTPayload;
	const token = await change(claims);
	response.writeHead(asked.status, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ ...body, id_token: token }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString();
}

async function listen(server: Server, port: number): Promise<void> {
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
}
