import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, type Environment } from '#lib/server/config.ts';

const least: Environment = { DATABASE_URL: 'postgres://app:secret@localhost:5432/waymark' };
const whole: Environment = {
	...least,
	WAYMARK_OIDC_ISSUER: 'https://login.example.org/realms/midshire',
	WAYMARK_OIDC_CLIENT_ID: 'waymark',
	WAYMARK_OIDC_CLIENT_SECRET: 'zanzibar',
	WAYMARK_OIDC_ROLES: '/waymark/sergeants=supervisor, a=b=officer',
	WAYMARK_OIDC_FORCE_CLAIM: 'tid',
	WAYMARK_OIDC_FORCE_VALUE: 'midshire'
};

function refusal(env: Environment): string {
	try {
		readConfig(env);
	} catch (error) {
		if (error instanceof ConfigError) return error.message;
		throw error;
	}
	throw new Error('The settings were accepted.');
}

describe('the settings of single sign-on', () => {
	test('are absent when none is set', () => {
		expect(readConfig(least).provider).toBeUndefined();
	});

	test('have defaults for what most providers agree on', () => {
		expect(readConfig(whole).provider).toEqual({
			issuer: 'https://login.example.org/realms/midshire',
			clientId: 'waymark',
			client: { kind: 'secret', secret: 'zanzibar' },
			scopes: 'openid profile email',
			roleClaim: 'roles',
			roles: [
				['/waymark/sergeants', 'supervisor'],
				['a=b', 'officer']
			],
			forceClaim: 'tid',
			forceValue: 'midshire',
			labelClaim: null,
			secondStep: [],
			signsOut: false
		});
	});

	test('take a private key in place of a secret', () => {
		const key = { kty: 'OKP', crv: 'Ed25519', d: 'zanzibar', x: 'y', kid: 'k1', alg: 'EdDSA' };
		const { WAYMARK_OIDC_CLIENT_SECRET: _, ...rest } = whole;
		const read = readConfig({ ...rest, WAYMARK_OIDC_CLIENT_KEY: JSON.stringify(key) });
		expect(read.provider?.client).toEqual({ kind: 'key', key });
	});

	test('are named when they are missing, all at once', () => {
		const said = refusal({ ...least, WAYMARK_OIDC_CLIENT_ID: 'waymark' });
		for (const name of ['ISSUER', 'CLIENT_SECRET', 'ROLES', 'FORCE_CLAIM', 'FORCE_VALUE']) {
			expect(said).toContain(`WAYMARK_OIDC_${name}`);
		}
	});

	test.each([
		['WAYMARK_OIDC_ISSUER', 'zanzibar'],
		['WAYMARK_OIDC_ISSUER', 'http://zanzibar.example.org'],
		['WAYMARK_OIDC_ISSUER', 'https://zanzibar.example.org/?a=b'],
		['WAYMARK_OIDC_ROLES', 'zanzibar'],
		['WAYMARK_OIDC_ROLES', 'zanzibar=victim'],
		['WAYMARK_OIDC_ROLES', 'zanzibar=operator'],
		['WAYMARK_OIDC_SCOPES', 'zanzibar'],
		['WAYMARK_OIDC_SIGN_OUT', 'zanzibar'],
		['WAYMARK_OIDC_CLIENT_KEY', '{"kty":"zanzibar"}'],
		['WAYMARK_OIDC_TYPING_MISTAKE', 'zanzibar']
	])('%s=%s is refused by name and never quoted', (name, value) => {
		const said = refusal({ ...whole, [name]: value });
		expect(said).toContain(name);
		expect(said).not.toContain('zanzibar');
	});

	test('insist on https in production, on this machine too', () => {
		const local = { ...whole, WAYMARK_OIDC_ISSUER: 'http://localhost:9000' };
		expect(readConfig(local).provider?.issuer).toBe('http://localhost:9000');
		expect(refusal({ ...local, NODE_ENV: 'production' })).toContain('WAYMARK_OIDC_ISSUER');
	});
});
