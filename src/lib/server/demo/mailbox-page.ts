import type { Mail } from '#lib/server/demo/mailbox.ts';

/** The page that shows what the demo's mail server received, newest first. Runs no script. */
export function mailboxPage(mails: readonly Mail[]): string {
	const count = mails.length === 1 ? '1 message' : `${String(mails.length)} messages`;
	const list = mails.map(article).join('\n');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="10">
<title>Demo mailbox</title>
</head>
<body>
<h1>Demo mailbox</h1>
<p><strong>This is a demonstration.</strong> Mail sent by the demo ends here and goes to nobody.
${count}, newest first. The page looks again every 10 seconds.</p>
<p><a href="/codes">The codes that staff sign in with</a></p>
<hr>
${list || '<p>Nothing has arrived yet.</p>'}
</body>
</html>
`;
}

function article(mail: Mail): string {
	return `<article>
<h2>${escape(mail.subject) || '(no subject)'}</h2>
<dl>
<dt>To</dt><dd>${escape(mail.to.join(', '))}</dd>
<dt>From</dt><dd>${escape(mail.from)}</dd>
<dt>Arrived</dt><dd><time datetime="${mail.at}">${mail.at.replace('T', ' ').slice(0, 19)} UTC</time></dd>
</dl>
<pre>${escape(mail.text)}</pre>
<hr>
</article>`;
}

function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
