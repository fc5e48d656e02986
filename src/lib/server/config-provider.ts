import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { claimedRoles, type ClaimedRole, type ClaimRules } from '#lib/domain/access/claims.ts';

/** How a force's own sign-in service is reached, and what its claims mean here. */
export type ProviderSettings = ClaimRules & {
	readonly issuer: string;
	readonly clientId: string;
	/** How we show that we are the client: a secret they gave us, or a private key (JWK) of ours. */
	readonly client:
		| { readonly kind: 'secret'; readonly secret: string }
		| { readonly kind: 'key'; readonly key: Readonly<Record<string, unknown>> };
	readonly scopes: string;
	/** Whether signing out here offers to sign out there too. */
	readonly signsOut: boolean;
};

type Given = Readonly<Record<string, string | undefined>>;

const name = (rest: string) => `WAYMARK_OIDC_${rest}`;

const known = [
	...['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET', 'CLIENT_KEY', 'SCOPES', 'ROLE_CLAIM', 'ROLES'],
	...['FORCE_CLAIM', 'FORCE_VALUE', 'LABEL_CLAIM', 'SECOND_STEP', 'SIGN_OUT']
].map(name);

/**
 * Reads the settings of the force's sign-in service; gives nothing when none is set, and otherwise
 * adds to `problems` every one that is missing or bad, by name and never by value.
 */
export function readProvider(given: Given, problems: string[]): ProviderSettings | undefined {
	const set = Object.keys(given).filter((each) => each.startsWith(name('')));
	if (set.length === 0) return undefined;
	for (const each of set) {
		if (!known.includes(each)) problems.push(`${each} is not a setting: see .env.example`);
	}
	const must = (rest: string) => {
		const value = given[name(rest)];
		if (!value) problems.push(`${name(rest)} is required when single sign-on is set up`);
		return value ?? '';
	};
	return Object.freeze({
		issuer: issuerOf(must('ISSUER'), given.NODE_ENV === 'production', problems),
		clientId: must('CLIENT_ID'),
		client: clientOf(given, problems),
		scopes: scopesOf(given[name('SCOPES')] ?? 'openid profile email', problems),
		roleClaim: given[name('ROLE_CLAIM')] ?? 'roles',
		roles: rolesOf(must('ROLES'), problems),
		forceClaim: must('FORCE_CLAIM'),
		forceValue: must('FORCE_VALUE'),
		labelClaim: given[name('LABEL_CLAIM')] ?? null,
		secondStep: words(given[name('SECOND_STEP')] ?? ''),
		signsOut: flagOf(given[name('SIGN_OUT')], problems)
	});
}

function issuerOf(text: string, production: boolean, problems: string[]): string {
	if (text === '') return text;
	const url = URL.parse(text);
	const local = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
	const fine = url?.protocol === 'https:' || (local && !production);
	if (!fine || url.search || url.hash) {
		problems.push(
			`${name('ISSUER')} must be the issuer's https address, as its discovery document gives it`
		);
	}
	return text;
}

function clientOf(given: Given, problems: string[]): ProviderSettings['client'] {
	const secret = given[name('CLIENT_SECRET')];
	const key = given[name('CLIENT_KEY')];
	if ((secret === undefined) === (key === undefined)) {
		problems.push(`${name('CLIENT_SECRET')} or ${name('CLIENT_KEY')} is required, and not both`);
	}
	if (key !== undefined) return { kind: 'key', key: keyOf(key, problems) };
	return { kind: 'secret', secret: secret ?? '' };
}

function keyOf(text: string, problems: string[]): Readonly<Record<string, unknown>> {
	try {
		const read = text.startsWith('file:') ? readFileSync(fileURLToPath(text), 'utf8') : text;
		const found = JSON.parse(read) as Record<string, unknown>;
		const says = (part: string) => typeof found[part] === 'string';
		if (says('kty') && says('d') && says('alg') && says('kid')) return Object.freeze(found);
	} catch {
		// The reason may quote the key, so it is not passed on.
	}
	problems.push(
		`${name('CLIENT_KEY')} must be a private key as a JWK with kid and alg, or file:/path/to/one`
	);
	return {};
}

function scopesOf(text: string, problems: string[]): string {
	const scopes = text.trim().split(/\s+/);
	if (!scopes.includes('openid')) problems.push(`${name('SCOPES')} must name openid`);
	return scopes.join(' ');
}

/** `waymark-officers=officer, …`: the first that somebody has is the one that counts. */
function rolesOf(text: string, problems: string[]): readonly (readonly [string, ClaimedRole])[] {
	const found = words(text).map((pair) => {
		const at = pair.lastIndexOf('=');
		const role = claimedRoles.find((one) => one === pair.slice(at + 1).trim());
		const value = pair.slice(0, Math.max(at, 0)).trim();
		return role === undefined || value === '' ? null : ([value, role] as const);
	});
	if (text !== '' && (found.length === 0 || found.includes(null))) {
		problems.push(
			`${name('ROLES')} must look like value=role, value=role with roles ${claimedRoles.join(', ')}`
		);
	}
	return found.filter((pair) => pair !== null);
}

function words(text: string): string[] {
	return text
		.split(',')
		.map((each) => each.trim())
		.filter((each) => each !== '');
}

function flagOf(text: string | undefined, problems: string[]): boolean {
	if (text !== undefined && text !== '0' && text !== '1') {
		problems.push(`${name('SIGN_OUT')} must be 1, or left out`);
	}
	return text === '1';
}
