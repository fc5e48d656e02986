import { ok } from '#lib/domain/result.ts';
import { refuse, text, type Parse } from '#lib/forms/form.ts';

/** What a browser answers for a passkey is far smaller; more is nobody's passkey. */
const longest = 20_000;

/** Reads a browser's answer for a passkey; what it says is for the server to verify. */
export const parse: Parse<{ response: string }> = (data) => {
	const response = text(data, 'response');
	if (response !== '' && response.length <= longest) return ok({ response });
	return refuse(data, [{ field: 'passkey', key: 'passkeys:error.none' }], ['response']);
};
