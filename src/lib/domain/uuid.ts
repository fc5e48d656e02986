const form = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a word from outside is an id as we write them; PostgreSQL fails on any other. */
export function isUuid(value: string): boolean {
	return form.test(value);
}
