import { expect, test } from 'vitest';
import { keyRing } from '#lib/server/sealing/keyring.ts';
import { sourceHash, waitFor, type Pressure } from './throttle.ts';

const none: Pressure = {
	subjectFailures: 0,
	subjectQuiet: 900,
	subjectSources: 0,
	ownFailures: 0,
	ownQuiet: 900,
	sourceFailures: 0,
	sourceQuiet: 900
};

/** `failures` at one name, all from one place, the last one `quiet` seconds ago. */
function fromHere(failures: number, quiet = 0): Pressure {
	return {
		subjectFailures: failures,
		subjectQuiet: quiet,
		subjectSources: 1,
		ownFailures: failures,
		ownQuiet: quiet,
		sourceFailures: failures,
		sourceQuiet: quiet
	};
}

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
])('after %i failures at one name from one place the wait is %i seconds', (failures, seconds) => {
	expect(waitFor(fromHere(failures))).toBe(seconds);
});

test('the wait runs down and ends', () => {
	expect(waitFor(fromHere(8, 0.2))).toBe(8);
	expect(waitFor(fromHere(8, 7.5))).toBe(1);
	expect(waitFor(fromHere(8, 8))).toBe(0);
	expect(waitFor(fromHere(10_000, 30))).toBe(0);
});

test('a source that fails at many names waits after twenty', () => {
	const spraying = { ...none, sourceQuiet: 0 };
	expect(waitFor({ ...spraying, sourceFailures: 19 })).toBe(0);
	expect(waitFor({ ...spraying, sourceFailures: 20 })).toBe(1);
	expect(waitFor({ ...spraying, sourceFailures: 24 })).toBe(16);
});

test('somebody guessing elsewhere does not hold up the person whose name it is', () => {
	const attacked = { ...none, subjectFailures: 10_000, subjectQuiet: 0, subjectSources: 1 };
	expect(waitFor(attacked)).toBe(0);
	const mistyped = { ...attacked, subjectSources: 2, ownFailures: 6, ownQuiet: 2 };
	expect(waitFor(mistyped)).toBe(0);
	expect(waitFor({ ...mistyped, ownQuiet: 1.5 })).toBe(1);
});

test('guessing from a crowd of places slows everybody at that name, for at most half a minute', () => {
	const crowd = { ...none, subjectFailures: 1000, subjectQuiet: 0 };
	expect(waitFor({ ...crowd, subjectSources: 10 })).toBe(0);
	expect(waitFor({ ...crowd, subjectSources: 11 })).toBe(30);
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
