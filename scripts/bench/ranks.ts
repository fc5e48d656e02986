/** Two samples compared by rank: how often a draw of the first is larger, and how likely by chance. */
export type Ranks = {
	/** 0.5 when neither tends to be larger (Mann and Whitney's U over all pairs). */
	readonly larger: number;
	/** Two-sided, by the normal approximation with ties; good for samples of twenty and more. */
	readonly p: number;
	/** The median of the first over that of the second. */
	readonly medians: number;
};

/** Takes two samples of numbers; gives how they compare. */
export function compare(first: readonly number[], second: readonly number[]): Ranks {
	const all = [
		...first.map((value) => ({ value, of: 0 })),
		...second.map((value) => ({ value, of: 1 }))
	];
	all.sort((a, b) => a.value - b.value);
	let [rankSum, ties] = [0, 0];
	for (let from = 0; from < all.length;) {
		let to = from;
		while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
		const tied = to - from;
		const rank = (from + 1 + to) / 2;
		rankSum += rank * all.slice(from, to).filter(({ of }) => of === 0).length;
		ties += tied ** 3 - tied;
		from = to;
	}
	const [n, m] = [first.length, second.length];
	const total = n + m;
	const u = rankSum - (n * (n + 1)) / 2;
	const spread = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
	const z = spread === 0 ? 0 : (u - (n * m) / 2) / spread;
	return {
		larger: round(u / (n * m)),
		p: round(2 * (1 - normal(Math.abs(z)))),
		medians: round(median(first) / median(second))
	};
}

/** The middle of a sample; of an even one the mean of the two in the middle. */
export function median(sample: readonly number[]): number {
	const sorted = [...sample].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return (low + high) / 2;
}

// Abramowitz and Stegun 26.2.17: right to seven decimals.
function normal(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const tail =
		t *
		(0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

function round(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}
