import type { Category } from '#lib/domain/case/category.ts';
import type { Ground } from '#lib/domain/case/tier.ts';

/** Ways in which a person may say that they can be reached, or use this site, safely. */
export const safeWays = ['site', 'phone', 'mail', 'post'] as const;
export type SafeWay = (typeof safeWays)[number];

// Crimes in which the person who did it is often close, and looks at phones and post: police
// portals leave these out or ask first. A force may ask everybody; nobody may ask fewer.
const riskyCategories: readonly Category[] = [
	'domestic_abuse',
	'sexual_offence',
	'stalking_harassment',
	'child_abuse',
	'modern_slavery',
	'kidnap',
	'threats'
];
const riskyGrounds: readonly Ground[] = ['intimidated', 'persistently_targeted'];

/**
 * Whether a person may be invited only after a recorded conversation about what is safe (domain
 * file 6.1: off by default where the risk is high). The database holds the same rule in
 * `needs_safety_conversation`; a test compares the two.
 */
export function needsConversation(about: {
	readonly category: Category;
	readonly grounds: readonly Ground[];
	readonly restricted: boolean;
}): boolean {
	return (
		about.restricted ||
		riskyCategories.includes(about.category) ||
		about.grounds.some((ground) => riskyGrounds.includes(ground))
	);
}
