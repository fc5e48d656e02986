/** The few things a service may throw; everything expected is a value instead. */
export class AppError extends Error {
	readonly kind: 'not_found' | 'conflict' | 'unavailable';

	constructor(kind: 'not_found' | 'conflict' | 'unavailable') {
		super(kind);
		this.kind = kind;
	}
}

/** Missing and forbidden look the same. */
export function notFound(): AppError {
	return new AppError('not_found');
}

/** Whether an error says that PostgreSQL could not be reached or cut us off. */
export function isUnavailable(error: unknown): boolean {
	if (error instanceof AppError) return error.kind === 'unavailable';
	if (typeof error !== 'object' || error === null) return false;
	const { code, message } = error as { code?: unknown; message?: unknown };
	if (typeof code === 'string' && /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code))
		return true;
	return (
		typeof message === 'string' && /connection|timeout exceeded|Query read timeout/i.test(message)
	);
}
