import { argon2Sync } from 'node:crypto';
import { beforeEach, expect, test, vi } from 'vitest';
import * as password from './password.ts';

const counted = vi.hoisted(() => ({ hashes: 0, costs: [] as string[], together: 0, most: 0 }));

vi.mock('node:crypto', async (original) => {
	const crypto = await original<typeof import('node:crypto')>();
	const argon2: typeof crypto.argon2 = (algorithm, parameters, done) => {
		counted.hashes += 1;
		const { memory, passes, parallelism, tagLength } = parameters;
		counted.costs.push([algorithm, memory, passes, parallelism, tagLength].join());
		counted.together += 1;
		counted.most = Math.max(counted.most, counted.together);
		crypto.argon2(algorithm, parameters, (error, key) => {
			counted.together -= 1;
			done(error, key);
		});
	};
	return { ...crypto, argon2 };
});

beforeEach(() => {
	Object.assign(counted, { hashes: 0, costs: [], together: 0, most: 0 });
});

test('a password is checked against its own hash and no other', async () => {
	const stored = await password.hash('lantern orchard nine');
	expect(await password.verify(stored, 'lantern orchard nine')).toBe(true);
	expect(await password.verify(stored, 'lantern orchard ten')).toBe(false);
	expect(await password.verify(stored, '')).toBe(false);
});

test('the same password twice gives two hashes', async () => {
	expect(await password.hash('same')).not.toBe(await password.hash('same'));
});

test('a hash is a PHC string that costs at least what OWASP asks', async () => {
	const [, , , numbers = ''] = (await password.hash('x')).split('$');
	const [, memory, passes, lanes] = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(numbers) ?? [];
	expect(Number(memory)).toBeGreaterThanOrEqual(19 * 1024);
	expect(Number(passes)).toBeGreaterThanOrEqual(2);
	expect(Number(lanes)).toBeGreaterThanOrEqual(1);
});

test('the cost comes from the stored string, so older hashes go on working', async () => {
	const salt = Buffer.alloc(16, 7);
	const key = argon2Sync('argon2id', {
		message: 'older',
		nonce: salt,
		memory: 19_456,
		passes: 3,
		parallelism: 1,
		tagLength: 32
	});
	const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
	const stored = `$argon2id$v=19$m=19456,t=3,p=1$${plain(salt)}$${plain(key)}`;
	expect(await password.verify(stored, 'older')).toBe(true);
	expect(counted.costs).toEqual(['argon2id,19456,3,1,32']);
});

test('letters composed differently are the same password', async () => {
	const stored = await password.hash('caf\u00e9');
	expect(await password.verify(stored, 'cafe\u0301')).toBe(true);
});

test('with nothing stored the same work is done and the answer is no', async () => {
	const stored = await password.hash('x');
	counted.costs = [];
	await password.verify(stored, 'y');
	await password.verify(null, 'y');
	await password.verify('$argon2id$v=19$m=8,t=1,p=1$broken', 'y');
	const [wrong, ...others] = counted.costs;
	expect(others).toEqual([wrong, wrong]);
	expect(await password.verify(null, '')).toBe(false);
});

// Nine real hashes: how long they take is the machine's affair.
test(
	'no more than four hashes are made at once, and all are made',
	{ timeout: 60_000 },
	async () => {
		const all = Promise.all(Array.from({ length: 9 }, () => password.verify(null, 'x')));
		expect(password.load()).toEqual({ running: 4, waiting: 5 });
		await all;
		expect(counted.most).toBe(4);
		expect(counted.hashes).toBe(9);
		expect(password.load()).toEqual({ running: 0, waiting: 0 });
	}
);
