/** The statuses that have a page of their own; every other is shown as 500. */
export type PlainStatus = 400 | 403 | 404 | 405 | 408 | 413 | 415 | 417 | 431 | 500 | 503;

type Words = { heading: string; lines: readonly string[] };

const nothingSent = 'Nothing was saved. Go back to the page you came from and try again.';

const words: Record<PlainStatus, Words> = {
	400: { heading: 'This address does not work', lines: ['Check the address and try again.'] },
	403: {
		heading: 'This was not accepted',
		lines: ['It did not come from a page of this site.', nothingSent]
	},
	404: {
		heading: 'Page not found',
		lines: ['If you typed the address, check that it is right.']
	},
	405: { heading: 'This was not accepted', lines: ['This page cannot be used in that way.'] },
	408: { heading: 'This took too long', lines: [nothingSent] },
	413: {
		heading: 'This is too long to send',
		lines: ['What you sent is more than 2 megabytes.', nothingSent]
	},
	415: {
		heading: 'This was not accepted',
		lines: ['It was sent in a form that this site does not read.', nothingSent]
	},
	417: { heading: 'This was not accepted', lines: [nothingSent] },
	431: { heading: 'This address does not work', lines: ['Check the address and try again.'] },
	500: {
		heading: 'Sorry, something went wrong',
		lines: ['We do not know whether what you sent was saved. Check before you send it again.']
	},
	503: {
		heading: 'Sorry, this is not available right now',
		lines: ['Anything you just sent was not saved. Try again later.']
	}
};

// No one may take a broken page for a way of getting help.
const emergency = [
	'If you are in danger now, call 999.',
	'If you cannot speak, call 999 from a mobile and press 55 when asked.'
];

/**
 * A whole page of HTML for when the application itself cannot answer: no script, no style and
 * nothing to load, in English, with a title that says nothing and the way out that every page has.
 */
export function plainPage(status: PlainStatus): string {
	const { heading, lines } = words[status];
	const all = status === 500 || status === 503 ? [...lines, ...emergency] : lines;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Waymark</title>
</head>
<body>
<main>
<p><a href="/exit">Leave this site now</a></p>
<h1>${heading}</h1>
${all.map((line) => `<p>${line}</p>`).join('\n')}
<p><a href="/">Go to the start</a></p>
</main>
</body>
</html>
`;
}
