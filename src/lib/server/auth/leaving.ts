import { setTimeout as wait } from 'node:timers/promises';
import { log } from '#lib/server/log.ts';

/** Seconds between tries while PostgreSQL is away: together the longest a victim's idle session lives. */
const pauses = [1, 2, 5, 10, 30, 60, 120, 180, 192, 300, 300, 300, 300];

/** How many may be owed at once, so that a flood of made-up tokens takes no memory. */
const most = 1_000;
let owed = 0;

/**
 * Ends a session behind an answer that does not wait for it. `end` is tried again after each of
 * `delays` (seconds); after the last the idle limit has ended the session anyway. Resolves, never
 * rejects, when the session has ended or there are no more tries.
 */
export async function endLater(end: () => Promise<void>, delays = pauses): Promise<void> {
	if (owed >= most) return log('exit.revocation.dropped');
	owed += 1;
	try {
		for (const seconds of [...delays, null]) {
			if (await ended(end)) return;
			// A process that stops does not stay up for this.
			if (seconds !== null) await wait(seconds * 1_000, undefined, { ref: false });
		}
		log('exit.revocation.failed');
	} finally {
		owed -= 1;
	}
}

async function ended(end: () => Promise<void>): Promise<boolean> {
	try {
		await end();
		return true;
	} catch {
		return false;
	}
}
