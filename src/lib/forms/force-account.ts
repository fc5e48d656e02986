/**
 * Gives where to go after somebody showed again who they are: a page for staff, or `start` for
 * anything else (another host, or a page that would ask again).
 */
export function onwards(to: string, start: string): string {
	const own = /^\/(work|cases|requests|board|search|staff|kept)(\/[A-Za-z0-9_-]+)*$/;
	return own.test(to) ? to : start;
}
