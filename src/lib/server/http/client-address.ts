import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** The header that tells the framework where a request came from. Only this module ever sets it. */
export const addressHeader = 'x-waymark-address';

/**
 * Notes on a request the address it came from, seen through `proxies` proxies of ours. Each of
 * them adds the address it was asked from to the end of X-Forwarded-For; what stands before those
 * was sent by the client, who may write what they like. Without a proxy the header counts for
 * nothing, and so it does when it is shorter than it must be: then the connection's end is taken.
 */
export function noteAddress(request: IncomingMessage, proxies: number): void {
	const nearest = request.socket.remoteAddress ?? '';
	const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
	const seen = proxies === 0 ? undefined : forwarded.at(-proxies);
	request.headers[addressHeader] = (seen !== undefined && addressIn(seen)) || nearest;
}

// Some proxies add the port.
function addressIn(text: string): string | undefined {
	const bare = text.trim();
	const address = /^\[(.+)\](?::\d+)?$/.exec(bare)?.[1] ?? /^([\d.]+):\d+$/.exec(bare)?.[1] ?? bare;
	return isIP(address) === 0 ? undefined : address;
}
