import type { SafetyRules } from '#lib/domain/contact/safety-plan.ts';
import { parseAddress } from '#lib/domain/notice/address.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { dueAfter } from '#lib/domain/time/working-days.ts';

/** Ways for which a number or an address is kept. */
export const contactChannels = ['mail', 'text', 'call', 'post'] as const;
/** Ways by which the police may check a change with the person. The portal is none: it came by it. */
export const checkRoutes = ['in_person', 'call', 'text', 'mail', 'post', 'supporter'] as const;

export type ContactChannel = (typeof contactChannels)[number];
export type CheckRoute = (typeof checkRoutes)[number];
export type Safe = 'safe' | 'unsafe' | 'unknown';

/** How soon a held change is checked; safety-critical, like a statement of class C. To confirm. */
export const heldChangeRule = { id: 'REACH-T1', workingDays: 1 } as const;

/** Longest number or address, in characters. */
export const longestReach = 250;

/** Gives the instant by which somebody has checked a change with the person. */
export function changeDue(askedAt: Date): Date {
	return dueAfter(askedAt, heldChangeRule.workingDays);
}

/** What is known of how a person is reached, when a change that they asked for is to be checked. */
export type Known = {
	readonly details: readonly {
		readonly channel: ContactChannel;
		readonly safe: Safe;
		readonly since: Date;
	}[];
	readonly plan: { readonly rules: SafetyRules; readonly since: Date } | null;
};

/**
 * Gives the routes by which a change may be checked: face to face, and those that were known to be
 * safe before it was asked for. Whoever holds the account can open a route with a new safety plan,
 * so what was said later opens none; but it closes, because a warning is believed at once.
 */
export function knownSafe({ details, plan }: Known, askedAt: Date): CheckRoute[] {
	const rules = plan?.rules;
	const before = plan !== null && plan.since < askedAt;
	const opens = (route: CheckRoute): boolean => {
		if (route === 'in_person') return true;
		const name = route === 'mail' ? 'email' : route;
		const planned = rules?.safe.includes(name) ?? false;
		const detail = details.find((one) => one.channel === route);
		const forbidden = name !== 'supporter' && (rules?.unsafe.includes(name) ?? false);
		// A plan names the ways that are safe, and so closes those it leaves out.
		if (forbidden || detail?.safe === 'unsafe' || (plan !== null && !planned)) return false;
		return (planned && before) || (detail?.safe === 'safe' && detail.since < askedAt);
	};
	return checkRoutes.filter(opens);
}

/**
 * Whether the address before it hears, in neutral words, that something waits: only of a change of
 * mail, only when mail to it is safe, and never when the new one is not.
 */
export function tellsOld(channel: ContactChannel, asked: Safe, old: Safe | null): boolean {
	return channel === 'mail' && asked === 'safe' && old === 'safe';
}

/** Takes what was typed as a number or an address for a way of being reached. */
export function parseReach(channel: ContactChannel, typed: string): Result<string, 'bad_value'> {
	const value = typed.replaceAll(/\s+/g, ' ').trim();
	switch (channel) {
		case 'mail':
			return parseAddress(value).ok ? ok(value) : err('bad_value');
		case 'text':
		case 'call':
			return isNumber(value) ? ok(value) : err('bad_value');
		case 'post':
			return value.length >= 8 && value.length <= longestReach ? ok(value) : err('bad_value');
	}
}

// A number as people write it: ten digits or more from 0, or with the country's code after a plus.
function isNumber(value: string): boolean {
	const digits = value.replaceAll(/[ ().-]/g, '');
	return /^0\d{9,10}$/.test(digits) || /^\+\d{8,15}$/.test(digits);
}
