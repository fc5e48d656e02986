import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '#lib/server/config.ts';

export type Running = {
	/** Resolves with a sentence if it ends without having been told to. */
	crashed: Promise<string>;
	/** Tells it to end and waits; what outstays `seconds` is killed. */
	stop(seconds?: number): Promise<void>;
};

/** Starts one of our scripts as a process of its own that writes its lines to `logFile`. */
export function startScript(
	name: 'serve' | 'worker',
	options: { root: string; env: Environment; logFile: string }
): Running {
	const log = openSync(options.logFile, 'w', 0o600);
	const child = spawn(process.execPath, [path.join(options.root, 'scripts', `${name}.ts`)], {
		cwd: options.root,
		env: options.env,
		// The channel is never used: its closing tells the process that we were killed.
		stdio: ['ignore', log, log, 'ipc'],
		// Out of the terminal's group: Ctrl-C is for us, who stop things in order.
		detached: true
	});
	const ended = once(child, 'exit');
	let told = false;
	const crashed = new Promise<string>((resolve) => {
		ended.then(
			async ([code, signal]) => {
				if (told) return;
				const last = await lastLines(options.logFile);
				resolve(`The ${name} process ended by itself (${String(code ?? signal)}).\n${last}`);
			},
			(error: unknown) => resolve(`The ${name} process could not start: ${String(error)}`)
		);
	});
	return {
		crashed,
		async stop(seconds = 15) {
			told = true;
			if (hasEnded(child)) return;
			child.kill('SIGTERM');
			const late = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
			await ended.catch(() => undefined);
			clearTimeout(late);
		}
	};
}

/** Waits until a GET of `url` is answered with `200`, or gives what came instead in the end. */
export async function untilAnswers(
	url: string,
	seconds: number
): Promise<{ ok: true } | { ok: false; last: string }> {
	const until = Date.now() + seconds * 1000;
	let last = 'no answer';
	while (Date.now() < until) {
		try {
			const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) });
			await response.body?.cancel();
			if (response.status === 200) return { ok: true };
			last = `status ${String(response.status)}`;
		} catch {
			last = 'no answer';
		}
		await sleep(100);
	}
	return { ok: false, last };
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

async function lastLines(file: string): Promise<string> {
	const text = await readFile(file, 'utf8').catch(() => '');
	return text.trim().split('\n').slice(-12).join('\n');
}
