import { Secret, TOTP } from 'otpauth';
import { encode } from 'uqr';

const period = 30;

/** Makes the secret of a new authenticator: 160 bits, in base32. */
export function newSecret(): string {
	return new Secret({ size: 20 }).base32;
}

/**
 * Gives the time step of the code that was typed, when it is right at `now` or one step (30
 * seconds) before or after; otherwise null (RFC 6238, 5.2).
 */
export function stepOf(secret: string, code: string, now: Date): number | null {
	const timestamp = now.getTime();
	const ahead = totp(secret).validate({ token: code, timestamp, window: 1 });
	return ahead === null ? null : Math.floor(timestamp / 1_000 / period) + ahead;
}

/** Gives the code of a secret at an instant, as an authenticator would show it. */
export function codeAt(secret: string, now: Date): string {
	return totp(secret).generate({ timestamp: now.getTime() });
}

/** A picture of squares: how many on a side, with the quiet edge, and the dark ones as an SVG path. */
export type Squares = { readonly size: number; readonly path: string };

/**
 * Gives a secret as authenticators read it: as a picture to be scanned, and in groups of four to be
 * typed. `label` is what the app lists it as.
 */
export function toScan(secret: string, label: string): { picture: Squares; typed: string } {
	const { size, data } = encode(totp(secret, label).toString(), { border: 4 });
	const path = data
		.flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
		.join('');
	return { picture: { size, path }, typed: secret.replaceAll(/(.{4})(?=.)/g, '$1 ') };
}

function totp(secret: string, label = ''): TOTP {
	const issuer = '';
	return new TOTP({ secret: Secret.fromBase32(secret), issuer, label, period });
}
