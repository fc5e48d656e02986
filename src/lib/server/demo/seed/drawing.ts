import type { Draw } from '#lib/server/context.ts';

/** Gives a draw that always draws the same: the demo world has the same references each time. */
export function drawing(seed = 20_261_123): Draw {
	let state = seed;
	return (low, high) => {
		// Mulberry32: small, even enough, and the same on every machine.
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		const part = ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
		return low + Math.floor(part * (high - low));
	};
}
