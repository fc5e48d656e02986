/** An expected outcome as a value: what was asked for, or why not. */
export type Result<T, E> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Gives the good outcome that carries `value`. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
	return { ok: true, value };
}

/** Gives the other outcome that carries `error`. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
	return { ok: false, error };
}

/** Marks a branch that the types say cannot be reached; throws if it is. */
export function assertNever(value: never): never {
	throw new Error(`unreachable: ${String(value)}`);
}
