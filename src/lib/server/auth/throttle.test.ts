import { expect, test } from 'vitest';
import { keyRing } from '#lib/server/sealing/keyring.ts';
import { sourceHash, waitAfter } from './throttle.ts';

test.each([
	[0, 0],
	[4, 0],
	[5, 1],
	[6, 2],
	[7, 4],
	[8, 8],
	[9, 16],
	[10, 30],
	[10_000, 30]
])('after %i failures of which five cost nothing the wait is %i seconds', (failures, seconds) => {
	expect(waitAfter(failures, 5)).toBe(seconds);
});

test('an IPv6 household is one source, and IPv4 addresses stay apart however they are written', () => {
	const keys = keyRing({ current: 'k1', keys: { k1: Buffer.alloc(32, 1) } });
	const of = (address: string) => sourceHash(keys, address).toString('hex');
	expect(of('2001:db8:1:2:a::1')).toBe(of('2001:0DB8:1:2::ffff'));
	expect(of('2001:db8:1:2::1')).not.toBe(of('2001:db8:1:3::1'));
	expect(of('2001:db8::1')).toBe(of('2001:db8:0:0:5:6:7:8'));
	expect(of('::ffff:192.0.2.1')).toBe(of('192.0.2.1'));
	expect(of('::ffff:192.0.2.1')).not.toBe(of('::ffff:192.0.2.2'));
	expect(of('fe80::1%eth0')).toBe(of('fe80::2'));
});
