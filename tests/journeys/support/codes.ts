import { Secret, TOTP } from 'otpauth';

const period = 30_000;
const used = new Map<string, number>();

/**
 * Gives the next code of someone's authenticator that was not given before. One a step ahead is
 * taken too; beyond that it waits for the clock, as a person would.
 */
export async function nextCode(name: string, key = process.env.STAFF_KEY ?? ''): Promise<string> {
	const step = Math.max(Math.floor(Date.now() / period), (used.get(name) ?? 0) + 1);
	const early = (step - 1) * period - Date.now();
	if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
	used.set(name, step);
	return new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: step * period });
}
