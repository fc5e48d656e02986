import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles } from '#lib/domain/access/role.ts';
import {
	staffRoute,
	victimRoute,
	type StaffFacts,
	type VictimFacts,
	type Withheld
} from '#lib/domain/notice/route.ts';

const colleague: StaffFacts = {
	role: 'officer',
	active: true,
	shutOut: false,
	mail: 'pc4021@example.com'
};

const person: VictimFacts = {
	role: 'victim',
	active: true,
	theirs: true,
	erased: false,
	checkOpen: false,
	mail: { address: 'sam@example.com', confirmed: true, safe: 'safe' },
	plan: { safe: ['mail'], unsafe: ['post'] }
};

describe('a notice to a member of staff', () => {
	test('goes to the address the force keeps', () => {
		expect(staffRoute(colleague)).toEqual({ ok: true, value: 'pc4021@example.com' });
	});

	test.each<[string, Partial<StaffFacts>, Withheld]>([
		['whose account is closed', { active: false }, 'account_closed'],
		['who was barred from the case since', { shutOut: true }, 'shut_out'],
		['who is a victim', { role: 'victim' }, 'other_role'],
		['without an address', { mail: null }, 'no_channel'],
		['with an address that is two', { mail: 'a@example.com,b@example.com' }, 'bad_address']
	])('%s is withheld', (_name, change, reason) => {
		expect(staffRoute({ ...colleague, ...change })).toEqual({ ok: false, error: reason });
	});
});

describe('a notice to a victim', () => {
	test('goes to a confirmed address that they said is safe', () => {
		expect(victimRoute(person)).toEqual({ ok: true, value: 'sam@example.com' });
	});

	test('goes there without a safety plan, or with one that calls mail "email"', () => {
		expect(victimRoute({ ...person, plan: null }).ok).toBe(true);
		expect(victimRoute({ ...person, plan: { safe: ['email'], unsafe: [] } }).ok).toBe(true);
	});

	const mail = { address: 'sam@example.com', confirmed: true, safe: 'safe' } as const;
	test.each<[string, Partial<VictimFacts>, Withheld]>([
		['without an address', { mail: null }, 'no_channel'],
		['with one nobody has checked', { mail: { ...mail, confirmed: false } }, 'no_channel'],
		['who never said it is safe', { mail: { ...mail, safe: 'unknown' } }, 'not_safe'],
		['who said it is not safe', { mail: { ...mail, safe: 'unsafe' } }, 'not_safe'],
		['whose plan forbids mail', { plan: { safe: [], unsafe: ['mail'] } }, 'not_safe'],
		['whose plan forbids email', { plan: { safe: ['email'], unsafe: ['email'] } }, 'not_safe'],
		['whose plan names nothing as safe', { plan: { safe: [], unsafe: [] } }, 'not_safe'],
		['whose plan names only calls', { plan: { safe: ['call'], unsafe: [] } }, 'not_safe'],
		['whose account is closed', { active: false }, 'account_closed'],
		['who left the case', { theirs: false }, 'not_theirs'],
		['who was erased', { erased: true, mail: null }, 'erased'],
		['who is a colleague', { role: 'officer' }, 'other_role'],
		['with a broken address', { mail: { ...mail, address: 'sam@' } }, 'bad_address']
	])('%s is withheld', (_name, change, reason) => {
		expect(victimRoute({ ...person, ...change })).toEqual({ ok: false, error: reason });
	});
});

test('of ten thousand people nobody hears who was not asked, was not checked or said no', () => {
	const channels = fc.subarray(['portal', 'text', 'email', 'mail', 'call', 'post']);
	const anyMail = fc.record({
		address: fc.constantFrom('sam@example.com', 'a@example.com,b@example.com', ''),
		confirmed: fc.boolean(),
		safe: fc.constantFrom('safe' as const, 'unsafe' as const, 'unknown' as const)
	});
	const anybody = fc.record({
		role: fc.constantFrom(...roles),
		active: fc.boolean(),
		theirs: fc.boolean(),
		erased: fc.boolean(),
		checkOpen: fc.boolean(),
		mail: fc.option(anyMail),
		plan: fc.option(fc.record({ safe: channels, unsafe: channels }))
	});
	let sent = 0;
	fc.assert(
		fc.property(anybody, (facts) => {
			if (!victimRoute(facts).ok) return;
			sent += 1;
			const { mail, plan } = facts;
			const { role, active, theirs, erased, checkOpen } = facts;
			expect([role, active, theirs, erased, checkOpen]).toEqual([
				...['victim', true, true, false, false]
			]);
			expect(mail).toEqual({ address: 'sam@example.com', confirmed: true, safe: 'safe' });
			expect(plan?.unsafe.filter((way) => /mail/.test(way)) ?? []).toEqual([]);
			if (plan) expect(plan.safe.some((way) => /mail/.test(way))).toBe(true);
		}),
		{ numRuns: 10_000, seed: 4711 }
	);
	expect(sent).toBeGreaterThan(0);
});
