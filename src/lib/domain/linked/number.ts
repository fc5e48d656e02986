import { asciiDigits } from '#lib/domain/linked/writing.ts';

/**
 * Gives a telephone number in the form of E.164, such as `+447700900123`. A number without a
 * country is one of the United Kingdom. Null when it cannot be a number.
 */
export function phoneNumber(typed: string): string | null {
	const text = asciiDigits(typed).normalize('NFKC').trim();
	if (/\p{L}/u.test(text.replace(/\s*(ext|extension|x)\.?\s*\d+$/iu, ''))) return null;
	const digits = text
		.replace(/\s*(ext|extension|x)\.?\s*\d+$/iu, '')
		// As people print it: +44 (0)7700 900123.
		.replace(/\(0\)/u, '')
		.replaceAll(/[^\d+]/gu, '');
	const international = digits.startsWith('+')
		? digits.slice(1)
		: digits.startsWith('00')
			? digits.slice(2)
			: null;
	const bare = (international ?? digits).replaceAll('+', '');
	const whole = international === null ? national(bare) : afterCountry(bare);
	return whole !== null && /^[1-9]\d{6,14}$/.test(whole) ? `+${whole}` : null;
}

function national(digits: string): string | null {
	// 44 before ten digits is the country without its sign; before fewer it is part of a number.
	if (/^44\d{10}$/.test(digits)) return digits;
	if (digits.startsWith('0')) return `44${digits.slice(1)}`;
	return /^[127]\d{8,9}$/.test(digits) ? `44${digits}` : null;
}

// Inside the country the number begins with a nought, which goes when the country stands before it.
function afterCountry(digits: string): string {
	return digits.startsWith('440') ? `44${digits.slice(3)}` : digits;
}
