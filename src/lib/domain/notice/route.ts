import { mayMail, type ConfirmedMail, type SafetyPlan } from '#lib/domain/contact/may-reach.ts';
import type { Role } from '#lib/domain/access/role.ts';
import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import { ok, type Result } from '#lib/domain/result.ts';

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
	| 'plan_old'
	| 'bad_address';

/** What is known, at the moment of sending, of a member of staff who is to be told. */
export type StaffFacts = {
	readonly role: Role;
	readonly active: boolean;
	/** Barred from the case, or not named on a restricted one. */
	readonly shutOut: boolean;
	readonly mail: string | null;
};

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
	readonly mail: (ConfirmedMail & { readonly address: string }) | null;
	readonly plan: SafetyPlan | null;
};

/** Where a notice goes, or until when it waits because of a day away. */
export type VictimRoute = { readonly to: MailAddress } | { readonly waitUntil: Date };

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
export function victimRoute(facts: VictimFacts, now: Date): Result<VictimRoute, Withheld> {
	if (!facts.active) return withheld('account_closed');
	if (facts.role !== 'victim') return withheld('other_role');
	if (!facts.theirs) return withheld('not_theirs');
	if (facts.erased) return withheld('erased');
	if (facts.checkOpen) return withheld('check_open');
	if (!facts.mail?.confirmedAt) return withheld('no_channel');
	const may = mayMail(facts.mail, facts.plan, now);
	if (!may.ok) {
		const { why, again } = may.error;
		if (why === 'away') return again ? ok({ waitUntil: again }) : withheld('not_safe');
		return withheld(why);
	}
	const address = parseAddress(facts.mail.address);
	return address.ok ? ok({ to: address.value }) : address;
}

function withheld(error: Withheld): Result<never, Withheld> {
	return { ok: false, error };
}
