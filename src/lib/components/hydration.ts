// True in a browser until the page that the server sent has come alive. It is about this one
// browser: the server never sets it.
let waking = typeof document !== 'undefined';

/** Whether the page that the server sent is still coming alive; asked while a component starts. */
export function isWaking(): boolean {
	return waking;
}

/** Says that the page is alive; the root layout calls it once. */
export function awake(): void {
	waking = false;
}
