import type { Role } from '#lib/domain/access/role.ts';
import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import type { Result } from '#lib/domain/result.ts';

/** Why a notice goes nowhere; kept with it, and no more is kept. */
export type Withheld =
	| 'account_closed'
	| 'other_role'
	| 'shut_out'
	| 'not_theirs'
	| 'erased'
	| 'check_open'
	| 'no_channel'
	| 'not_safe'
	| 'bad_address';

/** What is known, at the moment of sending, of a member of staff who is to be told. */
export type StaffFacts = {
	readonly role: Role;
	readonly active: boolean;
	/** Barred from the case, or not named on a restricted one. */
	readonly shutOut: boolean;
	readonly mail: string | null;
};

/** Which channels the person's safety plan opens and closes; mail is called `mail` or `email`. */
export type PlanRules = { readonly safe: readonly string[]; readonly unsafe: readonly string[] };

/** What is known, at the moment of sending, of a victim who may be told. */
export type VictimFacts = {
	readonly role: Role;
	readonly active: boolean;
	/** Whether the participation is this account's own, and not ended. */
	readonly theirs: boolean;
	/** Whether the person's key was destroyed. */
	readonly erased: boolean;
	/** Whether a person has to look first, because this one may be somebody linked to the case. */
	readonly checkOpen: boolean;
	readonly mail: {
		readonly address: string;
		readonly confirmed: boolean;
		readonly safe: 'safe' | 'unsafe' | 'unknown';
	} | null;
	readonly plan: PlanRules | null;
};

/** Says where a notice to a member of staff goes, or why it does not. */
export function staffRoute(facts: StaffFacts): Result<MailAddress, Withheld> {
	if (!facts.active) return withheld('account_closed');
	if (facts.role === 'victim') return withheld('other_role');
	if (facts.shutOut) return withheld('shut_out');
	return facts.mail === null ? withheld('no_channel') : parseAddress(facts.mail);
}

/**
 * Says where a notice to a victim goes, or why it does not. Nothing is sent unless somebody
 * checked the address and the person said that mail to it is safe: silence means no.
 */
export function victimRoute(facts: VictimFacts): Result<MailAddress, Withheld> {
	if (!facts.active) return withheld('account_closed');
	if (facts.role !== 'victim') return withheld('other_role');
	if (!facts.theirs) return withheld('not_theirs');
	if (facts.erased) return withheld('erased');
	if (facts.checkOpen) return withheld('check_open');
	if (facts.mail === null || !facts.mail.confirmed) return withheld('no_channel');
	if (facts.mail.safe !== 'safe' || closesMail(facts.plan)) return withheld('not_safe');
	return parseAddress(facts.mail.address);
}

// A plan names the channels that are safe, and so closes those it leaves out.
function closesMail(plan: PlanRules | null): boolean {
	if (plan === null) return false;
	return plan.unsafe.some(isMail) || !plan.safe.some(isMail);
}

function isMail(channel: string): boolean {
	return channel === 'mail' || channel === 'email';
}

function withheld(error: Withheld): Result<never, Withheld> {
	return { ok: false, error };
}
