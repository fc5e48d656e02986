/** What a case is about, as the officer who opens it chooses; never shown on a victim's page. */
export const categories = [
	'violence',
	'domestic_abuse',
	'sexual_offence',
	'stalking_harassment',
	'hate_crime',
	'child_abuse',
	'modern_slavery',
	'kidnap',
	'threats',
	'death',
	'road_death',
	'robbery',
	'burglary',
	'theft',
	'fraud',
	'criminal_damage',
	'arson',
	'other'
] as const;
export type Category = (typeof categories)[number];

/** Whether a word from outside names a category. */
export function isCategory(word: string): word is Category {
	return categories.some((category) => category === word);
}

/**
 * Gives a crime reference as it is stored: capitals, no spaces. Forces write theirs in different
 * ways, so its form is free; null when it is too short, too long or holds anything else.
 */
export function crimeReference(typed: string): string | null {
	const tidy = typed.toUpperCase().replaceAll(/\s/g, '');
	return /^(?=.*[0-9])[A-Z0-9][A-Z0-9/.-]{3,38}$/.test(tidy) ? tidy : null;
}
