import type { Result } from '#lib/domain/result.ts';

/** One mail address that no mail program can read as two, or as another. */
export type MailAddress = string & { readonly __form: 'mail address' };

// RFC 5321 4.5.3.1: the longest local part and the longest path, less its brackets.
const localLimit = 64;
const limit = 254;

// A dot-atom (RFC 5322 3.2.3) without `%` and `!`, by which old relays chose another recipient, and
// without a leading dash, which a mail program might take for an option. Quoted local parts,
// comments, groups and lists are legal mail and refused here: parsers disagree about them.
const localForm = /^[A-Za-z0-9_'+][A-Za-z0-9#$&'*+/=?^_`{|}~-]*(\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*$/;
const labelForm = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const lastLabelForm = /^([A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})$/i;

/**
 * Takes what was stored as somebody's mail address; gives it when it is exactly one plain address,
 * changed in nothing. An address in another script must come in its ASCII form (`xn--`), because
 * a letter that only looks Latin names another domain.
 */
export function parseAddress(text: string): Result<MailAddress, 'bad_address'> {
	const parts = text.split('@');
	const [local = '', domain = ''] = parts;
	return parts.length === 2 && text.length <= limit && isLocal(local) && isDomain(domain)
		? { ok: true, value: text as MailAddress }
		: { ok: false, error: 'bad_address' };
}

function isLocal(local: string): boolean {
	return local.length <= localLimit && localForm.test(local);
}

function isDomain(domain: string): boolean {
	const labels = domain.split('.');
	return (
		labels.length >= 2 &&
		labels.every((label) => labelForm.test(label)) &&
		lastLabelForm.test(labels.at(-1) ?? '')
	);
}
