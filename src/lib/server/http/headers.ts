import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** For answers that bring no policy of their own: nothing may be loaded, run, framed or posted. */
export const closedPolicy =
	"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const closedFeatures = [
	'accelerometer',
	'autoplay',
	'bluetooth',
	'browsing-topics',
	'camera',
	'display-capture',
	'encrypted-media',
	'fullscreen',
	'gamepad',
	'geolocation',
	'gyroscope',
	'hid',
	'idle-detection',
	'local-fonts',
	'magnetometer',
	'microphone',
	'midi',
	'otp-credentials',
	'payment',
	'picture-in-picture',
	'screen-wake-lock',
	'serial',
	'usb',
	'web-share',
	'xr-spatial-tracking'
];

const always: Readonly<Record<string, string>> = {
	'Referrer-Policy': 'same-origin',
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Permissions-Policy': closedFeatures.map((feature) => `${feature}=()`).join(', '),
	'X-Robots-Tag': 'noindex, nofollow'
};

/** The headers that are the same on every answer, for a site at `origin`. */
export function fixedHeaders(origin: string): Readonly<Record<string, string>> {
	if (!origin.startsWith('https:')) return always;
	return { ...always, 'Strict-Transport-Security': 'max-age=31536000' };
}

/**
 * Makes sure that `response`, whoever writes it, leaves with the fixed headers, with a content
 * security policy, and not to be kept unless it is a built file whose name changes with its
 * content. The headers are set at the last moment, so that nothing set before can weaken them.
 */
export function enforceHeaders(
	response: ServerResponse,
	pathname: string,
	fixed: Readonly<Record<string, string>>
): void {
	const writeHead = response.writeHead.bind(response);
	const enforced = (
		status: number,
		message?: string | OutgoingHttpHeaders | OutgoingHttpHeader[],
		headers?: OutgoingHttpHeaders | OutgoingHttpHeader[]
	) => {
		setAll(response, typeof message === 'string' ? headers : (headers ?? message));
		for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
		if (!mayBeKept(response, pathname, status)) response.setHeader('Cache-Control', 'no-store');
		if (!response.hasHeader('Content-Security-Policy')) {
			response.setHeader('Content-Security-Policy', closedPolicy);
		}
		return typeof message === 'string' ? writeHead(status, message) : writeHead(status);
	};
	response.writeHead = enforced;
}

function mayBeKept(response: ServerResponse, pathname: string, status: number): boolean {
	const kept = status === 200 || status === 206 || status === 304;
	if (!kept || !pathname.startsWith('/_app/immutable/')) return false;
	return String(response.getHeader('Cache-Control')).includes('immutable');
}

function setAll(
	response: ServerResponse,
	headers: OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined
): void {
	const pairs = Array.isArray(headers) ? inPairs(headers) : Object.entries(headers ?? {});
	for (const [name, value] of pairs) if (value !== undefined) response.setHeader(name, value);
}

// Node's own way of giving headers as a list: name, value, name, value.
function inPairs(list: OutgoingHttpHeader[]): [string, OutgoingHttpHeader][] {
	const pairs: [string, OutgoingHttpHeader][] = [];
	for (let at = 0; at + 1 < list.length; at += 2)
		pairs.push([String(list[at]), list[at + 1] ?? '']);
	return pairs;
}
