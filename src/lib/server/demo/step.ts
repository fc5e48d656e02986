/** Says what is being done, does it, and says how long it took. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A Step that speaks through `say`. */
export function stepper(say: (line: string) => void): Step {
	return async (name, work) => {
		const started = performance.now();
		say(name);
		const result = await work();
		say(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
		return result;
	};
}
