// Letters that are written in several ways but mean one and the same here. Decomposition takes
// accents and vowel signs off; these are letters of their own.
const alike: Readonly<Record<string, string>> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ħ: 'h',
	ı: 'i',
	ŋ: 'n',
	// Arabic, Urdu, Panjabi and Persian keyboards have their own forms of these.
	ٱ: 'ا',
	ى: 'ی',
	ي: 'ی',
	ے: 'ی',
	ك: 'ک',
	ة: 'ہ',
	ه: 'ہ',
	ھ: 'ہ',
	ۃ: 'ہ',
	ە: 'ہ',
	ۀ: 'ہ',
	ڻ: 'ن',
	ں: 'ن'
};

/**
 * Gives the bare letters and digits of a text, with one space between words: no case, no accents,
 * no vowel signs, no joiners, and one form for letters that are typed in several.
 */
export function bare(text: string): string {
	const decomposed = asciiDigits(text).normalize('NFKD').replaceAll(/\p{M}/gu, '');
	const letters = [...decomposed.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '')];
	return letters
		.map((letter) => alike[letter] ?? letter)
		.join('')
		.replaceAll(/[\p{Cf}\p{Lm}'’‘ʼ`´]/gu, '')
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Gives a text with every digit of any script as 0 to 9. */
export function asciiDigits(text: string): string {
	return text.replaceAll(/\p{Nd}/gu, (digit) => String(valueOf(digit)));
}

// The digits of a script stand together, its zero first: the zero is as far back as there are
// digits without a gap, counted in tens.
function valueOf(digit: string): number {
	const point = digit.codePointAt(0) ?? 0;
	let zero = point;
	while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && point - zero < 9) zero -= 1;
	return point - zero;
}
