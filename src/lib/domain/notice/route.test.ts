import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roles } from '#lib/domain/access/role.ts';
import type { SafetyPlan } from '#lib/domain/contact/may-reach.ts';
import {
	safeChannels,
	unsafeChannels,
	wholeRules,
	type SafetyRules
} from '#lib/domain/contact/safety-plan.ts';
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

const now = new Date('2026-11-27T10:00:00Z');
const longAgo = new Date('2026-05-30T10:00:00Z');
const yesterday = new Date('2026-11-26T10:00:00Z');
function planOf(rules: Partial<SafetyRules>, more: Partial<SafetyPlan> = {}): SafetyPlan {
	return { rules: wholeRules(rules), confirmedAt: yesterday, askAgainAt: null, ...more };
}

const person: VictimFacts = {
	role: 'victim',
	active: true,
	theirs: true,
	erased: false,
	checkOpen: false,
	mail: { address: 'sam@example.com', confirmedAt: yesterday, safe: 'safe' },
	plan: planOf({ safe: ['email'], unsafe: ['post'] })
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
		expect(victimRoute(person, now)).toEqual({ ok: true, value: { to: 'sam@example.com' } });
		expect(victimRoute({ ...person, plan: null }, now).ok).toBe(true);
	});

	test('waits on a day away until it is over', () => {
		const away = [{ from: '2026-11-27', until: '2026-11-28' }];
		const plan = planOf({ safe: ['email'], away });
		expect(victimRoute({ ...person, plan }, now)).toEqual({
			...{ ok: true, value: { waitUntil: new Date('2026-11-29T00:00:00Z') } }
		});
	});

	const mail = { address: 'sam@example.com', confirmedAt: yesterday, safe: 'safe' } as const;
	test.each<[string, Partial<VictimFacts>, Withheld]>([
		['without an address', { mail: null }, 'no_channel'],
		['with one nobody has checked', { mail: { ...mail, confirmedAt: null } }, 'no_channel'],
		['who never said it is safe', { mail: { ...mail, safe: 'unknown' } }, 'not_safe'],
		['who said it is not safe', { mail: { ...mail, safe: 'unsafe' } }, 'not_safe'],
		['whose plan forbids mail', { plan: planOf({ unsafe: ['email'] }) }, 'not_safe'],
		[
			'whose plan says both of it',
			{ plan: planOf({ safe: ['email'], unsafe: ['email'] }) },
			'not_safe'
		],
		['whose plan names nothing as safe', { plan: planOf({}) }, 'not_safe'],
		['whose plan names only calls', { plan: planOf({ safe: ['call'] }) }, 'not_safe'],
		[
			'who has to be asked again',
			{ plan: planOf({ safe: ['email'] }, { askAgainAt: now }) },
			'plan_old'
		],
		[
			'who said it too long ago',
			{ mail: { ...mail, confirmedAt: longAgo }, plan: null },
			'plan_old'
		],
		['whose account is closed', { active: false }, 'account_closed'],
		['who left the case', { theirs: false }, 'not_theirs'],
		['who was erased', { erased: true, mail: null }, 'erased'],
		['who is a colleague', { role: 'officer' }, 'other_role'],
		['with a broken address', { mail: { ...mail, address: 'sam@' } }, 'bad_address']
	])('%s is withheld', (_name, change, reason) => {
		expect(victimRoute({ ...person, ...change }, now)).toEqual({ ok: false, error: reason });
	});
});

test('of ten thousand people nobody hears who was not asked, was not checked or said no', () => {
	const days = fc.constantFrom(null, longAgo, yesterday);
	const anyMail = fc.record({
		address: fc.constantFrom('sam@example.com', 'a@example.com,b@example.com', ''),
		confirmedAt: days,
		safe: fc.constantFrom('safe' as const, 'unsafe' as const, 'unknown' as const)
	});
	const anyPlan = fc.record({
		rules: fc.record({
			safe: fc.subarray([...safeChannels]),
			unsafe: fc.subarray([...unsafeChannels]),
			away: fc.constantFrom([], [{ from: '2026-11-27', until: '2026-11-27' }])
		}),
		confirmedAt: fc.constantFrom(longAgo, yesterday),
		askAgainAt: fc.constantFrom(null, longAgo, now)
	});
	const anybody = fc.record({
		role: fc.constantFrom(...roles),
		...{ active: fc.boolean(), theirs: fc.boolean(), erased: fc.boolean() },
		...{ checkOpen: fc.boolean(), mail: fc.option(anyMail), plan: fc.option(anyPlan) }
	});
	let sent = 0;
	fc.assert(
		fc.property(anybody, ({ plan, ...facts }) => {
			const whole = plan && { ...plan, rules: wholeRules(plan.rules) };
			const route = victimRoute({ ...facts, plan: whole }, now);
			if (!route.ok || 'waitUntil' in route.value) return;
			sent += 1;
			const { role, active, theirs, erased, checkOpen, mail } = facts;
			expect([role, active, theirs, erased, checkOpen]).toEqual([
				...['victim', true, true, false, false]
			]);
			expect(mail).toMatchObject({ address: 'sam@example.com', safe: 'safe' });
			expect([mail?.confirmedAt, plan?.confirmedAt]).toContain(yesterday);
			if (!plan) return;
			expect(plan.rules.safe).toContain('email');
			expect([plan.rules.unsafe.includes('email'), plan.rules.away.length]).toEqual([false, 0]);
			expect(plan.askAgainAt).not.toEqual(now);
		}),
		{ numRuns: 10_000, seed: 4711 }
	);
	expect(sent).toBeGreaterThan(0);
});
