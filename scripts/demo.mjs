// `npm run demo`: checks the machine, installs what is missing, and goes on with our own Node.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { checkPorts, explain, prepare, root, wantedPort } from './prepare.mjs';

await explain(async () => {
	const port = wantedPort();
	const mailbox = process.env.SMTP_URL ? [] : [port + 1];
	await checkPorts([port, ...mailbox], 'npm run demo');
	const node = await prepare();
	return goOn(node, path.join(root, 'scripts', 'demo.ts'), process.argv.slice(2));
});

function goOn(node, script, words) {
	return new Promise((resolve) => {
		// The channel is never used: its closing tells the demo that we were killed.
		const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
		const child = spawn(node, [script, ...words], { cwd: root, stdio });
		// The terminal sends Ctrl-C to both; the demo takes two in one moment for one.
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
			process.on(signal, () => child.kill(signal));
		}
		child.on('exit', (code) => resolve(code ?? 1));
		child.on('error', (error) => {
			console.error(error.message);
			resolve(1);
		});
	});
}
