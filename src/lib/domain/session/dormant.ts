/**
 * After how long without signing in a victim's own way in is closed until somebody has checked that
 * it is still them, in days. The account and all that was said in it stay. The database holds the
 * same in `dormant_after`; a test compares the two.
 */
export const dormantAfterDays = 365;

/** Whether an account that was last used at an instant (null: there is none) is dormant by now. */
export function isDormant(lastUsedAt: Date | null, now: Date): boolean {
	return (
		lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() >= dormantAfterDays * 86_400_000
	);
}
