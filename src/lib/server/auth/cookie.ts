/** What a session cookie is set and cleared with. Without an age it goes when the browser closes. */
export type SessionCookie = { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean };

/**
 * The session cookie's name for a site's origin. Over https the `__Host-` prefix makes browsers
 * refuse it unless it is Secure, for the whole site and from this host alone. Plain http is for
 * this machine only: throws for any other.
 */
export function cookieName(origin: string): string {
	return isSecure(origin) ? '__Host-session' : 'session';
}

/** The name of the cookie that holds the ticket of somebody who is using a code. */
export function ticketCookieName(origin: string): string {
	return isSecure(origin) ? '__Host-begin' : 'begin';
}

/** The name of the cookie of a sign-in that waits for its second step. */
export function halfCookieName(origin: string): string {
	return isSecure(origin) ? '__Host-step' : 'step';
}

/** The name of the cookie of somebody who is on the way to the force's sign-in service and back. */
export function tripCookieName(origin: string): string {
	return isSecure(origin) ? '__Host-trip' : 'trip';
}

/** The session cookie's attributes for a site's origin; throws as `cookieName` does. */
export function cookieOptions(origin: string): SessionCookie {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(origin) };
}

function isSecure(origin: string): boolean {
	const { protocol, hostname } = new URL(origin);
	if (protocol === 'https:') return true;
	if (protocol === 'http:' && hostname === 'localhost') return false;
	throw new Error('A site signs people in over https, or on http://localhost.');
}
