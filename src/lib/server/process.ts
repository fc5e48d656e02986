// The terminal, npm and our own runner may each pass on the same Ctrl-C.
const sameMoment = 1000;

/** Gives what `read` gives; when it throws, prints the message alone and ends the process. */
export function orExplain<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	}
}

/**
 * Calls `stop` once when the process is told to end (a signal, or the death of the runner that
 * started it), then exits. A second telling, after a moment, exits at once.
 */
export function onStop(stop: (reason: string) => Promise<void>): void {
	let first: number | undefined;
	const told = (reason: string) => {
		if (first !== undefined) {
			if (Date.now() - first > sameMoment) process.exit(1);
			return;
		}
		first = Date.now();
		void stop(reason).then(
			() => process.exit(0),
			(error: unknown) => {
				process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
				process.exit(1);
			}
		);
	};
	process.on('SIGINT', () => told('SIGINT'));
	process.on('SIGTERM', () => told('SIGTERM'));
	process.on('SIGHUP', () => told('SIGHUP'));
	process.on('disconnect', () => told('disconnect'));
	// Without a listener on it, an open channel would not keep us, nor its closing be noticed.
	process.channel?.unref();
}
