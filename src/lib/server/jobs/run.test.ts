import type { JobHelpers } from 'graphile-worker';
import { describe, expect, test } from 'vitest';
import { withoutWords } from '#lib/server/jobs/run.ts';

// The tasks below look at neither the payload nor the helpers.
const helpers = {} as JobHelpers;

describe('a job that fails', () => {
	test('leaves its name and code behind, and none of its words', async () => {
		const task = withoutWords(() => {
			const error = new TypeError('Key (email)=(ana@example.com) already exists');
			throw Object.assign(error, { code: '23505' });
		});
		const caught: unknown = await Promise.resolve(task({}, helpers)).catch((error) => error);
		expect(caught).toBeInstanceOf(Error);
		expect(caught).toMatchObject({ message: 'TypeError 23505', stack: 'TypeError 23505' });
	});

	test('does so whatever was thrown', async () => {
		const task = withoutWords(() => Promise.reject('ana@example.com'));
		await expect(task({}, helpers)).rejects.toThrow(/^Error $/);
	});
});

test('a job that succeeds is left as it is', async () => {
	await expect(withoutWords(async () => ['kept'])({}, helpers)).resolves.toEqual(['kept']);
});
