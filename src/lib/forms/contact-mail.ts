import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import { ok } from '#lib/domain/result.ts';
import { refuse, text, type FieldError, type Parse } from '#lib/forms/form.ts';

export type ContactMail = {
	readonly address: MailAddress;
	readonly safe: boolean;
	/** The record that the officer was shown; empty for none. */
	readonly version: string;
};

/** Reads an officer's record of a person's mail address and whether it is safe. */
export const parse: Parse<ContactMail> = (data) => {
	const address = parseAddress(text(data, 'address'));
	const safe = text(data, 'safe');
	const errors: FieldError[] = [];
	if (!address.ok) errors.push({ field: 'address', key: 'staff-contact:error.address' });
	if (safe !== 'yes' && safe !== 'no') {
		errors.push({ field: 'safe', key: 'staff-contact:error.safe' });
	}
	if (!address.ok || errors.length > 0) return refuse(data, errors);
	return ok({ address: address.value, safe: safe === 'yes', version: text(data, 'version') });
};
