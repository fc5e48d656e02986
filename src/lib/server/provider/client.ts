import { importJWK, type CryptoKey, type JWK } from 'jose';
import * as oidc from 'openid-client';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ProviderSettings } from '#lib/server/config-provider.ts';

/** What one way to the provider and back is held together by; none of it is ever used twice. */
export type Knots = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** `away`: the provider did not answer. The rest is one refusal, with a word for the log. */
export type Trouble = { readonly kind: 'away' | 'refused'; readonly why: string };

export type Claims = oidc.IDToken;

/** The force's sign-in service, seen from here. */
export type Provider = {
	readonly settings: ProviderSettings;
	/** Gives the address that asks the provider who somebody is; `fresh`: they must show it again. */
	ask(returnTo: string, knots: Knots, fresh: boolean): Promise<Result<URL, Trouble>>;
	/** Takes the address somebody came back to; gives their verified claims. */
	verify(cameBackTo: URL, knots: Knots, fresh: boolean): Promise<Result<Claims, Trouble>>;
	/** Gives where somebody signs out at the provider, or nothing where it has no such page. */
	leaving(returnTo: string): Promise<URL | null>;
};

// An hour: a provider that moves its addresses is found again without a restart.
const discoveredFor = 3_600_000;
const patience = 8;

/** Takes the settings; gives the provider. It is asked for its addresses when first needed. */
export function provider(settings: ProviderSettings, clock: () => Date): Provider {
	let found: { at: number; client: Promise<oidc.Configuration> } | undefined;
	const client = (): Promise<oidc.Configuration> => {
		const at = clock().getTime();
		if (!found || at - found.at > discoveredFor) {
			const asked = { at, client: discover(settings) };
			found = asked;
			// What failed is asked for again the next time.
			asked.client.catch(() => {
				if (found === asked) found = undefined;
			});
		}
		return found.client;
	};
	return {
		settings,
		ask: (returnTo, knots, fresh) =>
			attempt(async () => addressFor(await client(), settings, { returnTo, knots, fresh })),
		verify: (cameBackTo, knots, fresh) =>
			attempt(async () => claimsFrom(await client(), cameBackTo, knots, fresh)),
		leaving: async (returnTo) => {
			const asked = await attempt(async () => leavingFrom(await client(), returnTo));
			return asked.ok ? asked.value : null;
		}
	};
}

async function discover(settings: ProviderSettings): Promise<oidc.Configuration> {
	const { issuer, clientId, client } = settings;
	const proof =
		client.kind === 'secret'
			? oidc.ClientSecretBasic(client.secret)
			: oidc.PrivateKeyJwt(await privateKey(client.key));
	const local = new URL(issuer).protocol === 'http:';
	return oidc.discovery(new URL(issuer), clientId, undefined, proof, {
		timeout: patience,
		// The signature is checked too, not only that the token came from the right address.
		execute: [oidc.enableNonRepudiationChecks, ...(local ? [oidc.allowInsecureRequests] : [])]
	});
}

async function privateKey(jwk: JWK): Promise<{ key: CryptoKey; kid: string }> {
	const key = await importJWK(jwk, jwk.alg);
	if (key instanceof Uint8Array) throw new Error('the client key is not a private key');
	return { key, kid: jwk.kid ?? '' };
}

async function addressFor(
	client: oidc.Configuration,
	{ scopes }: ProviderSettings,
	{ returnTo, knots, fresh }: { returnTo: string; knots: Knots; fresh: boolean }
): Promise<URL> {
	return oidc.buildAuthorizationUrl(client, {
		redirect_uri: returnTo,
		scope: scopes,
		state: knots.state,
		nonce: knots.nonce,
		code_challenge: await oidc.calculatePKCECodeChallenge(knots.verifier),
		code_challenge_method: 'S256',
		...(fresh ? { prompt: 'login', max_age: '0' } : {})
	});
}

async function claimsFrom(
	client: oidc.Configuration,
	cameBackTo: URL,
	{ state, nonce, verifier }: Knots,
	fresh: boolean
): Promise<Claims> {
	const tokens = await oidc.authorizationCodeGrant(client, cameBackTo, {
		expectedState: state,
		expectedNonce: nonce,
		pkceCodeVerifier: verifier,
		idTokenExpected: true,
		// With this the library insists on an `auth_time`, and on one of just now.
		...(fresh ? { maxAge: 0 } : {})
	});
	const claims = tokens.claims();
	if (!claims) throw new Error('there is no ID token');
	return claims;
}

function leavingFrom(client: oidc.Configuration, returnTo: string): URL | null {
	if (!client.serverMetadata().end_session_endpoint) return null;
	return oidc.buildEndSessionUrl(client, { post_logout_redirect_uri: returnTo });
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, Trouble>> {
	try {
		return ok(await work());
	} catch (thrown) {
		return err(troubleOf(thrown));
	}
}

// Only words that are ours or of a standard go into the log: a provider's own may name somebody.
function troubleOf(thrown: unknown): Trouble {
	if (thrown instanceof oidc.AuthorizationResponseError) {
		return { kind: 'refused', why: `provider ${plainWord(thrown.error)}` };
	}
	if (thrown instanceof oidc.ResponseBodyError) {
		const kind = thrown.status >= 500 ? 'away' : 'refused';
		return { kind, why: `token ${plainWord(thrown.error)}` };
	}
	if (thrown instanceof oidc.ClientError) {
		const gone = /^OAUTH_(TIMEOUT|ABORT|RESPONSE_IS_NOT_CONFORM|RESPONSE_IS_NOT_JSON)$/;
		const code = plainWord(thrown.code);
		return { kind: gone.test(code) ? 'away' : 'refused', why: code };
	}
	// What `fetch` throws when nobody answers.
	if (thrown instanceof TypeError && thrown.message === 'fetch failed') {
		return { kind: 'away', why: 'no answer' };
	}
	return { kind: 'refused', why: thrown instanceof Error ? plainWord(thrown.name) : 'unknown' };
}

function plainWord(text: string | undefined): string {
	return text !== undefined && /^[A-Za-z_]{1,60}$/.test(text) ? text : 'unknown';
}
