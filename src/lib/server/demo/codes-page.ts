import { codeAt } from '#lib/server/auth/authenticator.ts';

/** The one authenticator key of everybody who works in the demo world: known to all, so no secret. */
export const demoKey = 'DEMOWORLDKEYNOTASECRETATALL22222';

/** The page that stands in for the phone of everybody who works in the demo world; runs no script. */
export function codesPage(now: Date): string {
	const code = codeAt(demoKey, now).replace(/(\d{3})(?=\d)/, '$1 ');
	const left = 30 - (Math.floor(now.getTime() / 1_000) % 30);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${String(left)}">
<title>Demo codes</title>
</head>
<body>
<h1>Demo codes</h1>
<p><strong>This is a demonstration.</strong> Everybody who works in the demo world has this code now.
Each can use it once; the next one comes in ${String(left)} seconds, and the page turns by itself.</p>
<p><output><b>${code}</b></output></p>
<p>To have it on a phone instead, add this key to an authenticator app:
<code>${demoKey.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code></p>
<p><a href="/">The mail that was sent</a></p>
</body>
</html>
`;
}
