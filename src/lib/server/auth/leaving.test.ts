import { expect, test } from 'vitest';
import { endLater } from '#lib/server/auth/leaving.ts';

test('a session that cannot be ended at once is ended at a later try', async () => {
	let tries = 0;
	await endLater(() => {
		tries += 1;
		return tries < 3 ? Promise.reject(new Error('away')) : Promise.resolve();
	}, [0, 0, 0]);
	expect(tries).toBe(3);
});

test('it gives up quietly after the last try', async () => {
	let tries = 0;
	await endLater(() => {
		tries += 1;
		return Promise.reject(new Error('away'));
	}, [0, 0]);
	expect(tries).toBe(3);
});

test('a failed end does not use up its place', async () => {
	for (let n = 0; n < 1_001; n += 1) await endLater(() => Promise.reject(new Error('away')), []);
	let done = false;
	await endLater(() => {
		done = true;
		return Promise.resolve();
	}, []);
	expect(done).toBe(true);
});
