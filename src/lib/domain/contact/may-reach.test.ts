import { describe, expect, test } from 'vitest';
import {
	askAgain,
	mayCall,
	mayMail,
	planRules,
	storedCall,
	type SafetyPlan
} from '#lib/domain/contact/may-reach.ts';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';

const now = new Date('2026-11-27T10:00:00Z');
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const rules = wholeRules({ safe: ['email', 'call'], hours: 'any' });
const plan: SafetyPlan = { rules, confirmedAt: days(-1), askAgainAt: null };
const mail = { safe: 'safe', confirmedAt: days(-1) } as const;
const holds = planRules.holds.days;

describe('a plan has to be asked again', () => {
	test('when it is as old as the rule says, and not a day before', () => {
		expect(askAgain({ ...plan, confirmedAt: days(-holds + 1) }, now)).toBeNull();
		expect(askAgain({ ...plan, confirmedAt: days(-holds) }, now)).toMatchObject({ since: now });
	});

	test('when something happened since it was said, within a working day', () => {
		const again = askAgain({ ...plan, askAgainAt: new Date('2026-11-27T09:00:00Z') }, now);
		expect(again?.dueAt).toEqual(new Date('2026-11-30T17:00:00Z'));
		expect(askAgain({ ...plan, askAgainAt: days(-2) }, now)).toBeNull();
	});
});

describe('a mail', () => {
	test('goes out on a word that holds', () => {
		expect(mayMail(mail, plan, now).ok).toBe(true);
		expect(mayMail(mail, null, now).ok).toBe(true);
	});

	test('goes out when either word holds: what closes it is believed for ever', () => {
		const old = { ...plan, confirmedAt: days(-400) };
		expect(mayMail(mail, old, now).ok).toBe(true);
		expect(mayMail({ ...mail, confirmedAt: null }, plan, now).ok).toBe(true);
		const closing = { ...old, rules: wholeRules({ safe: ['call'] }) };
		expect(mayMail(mail, closing, now)).toMatchObject({ error: { why: 'not_safe' } });
	});

	test('does not after bail or a move, until somebody asked', () => {
		const asked = { ...plan, askAgainAt: now };
		expect(mayMail(mail, asked, now)).toMatchObject({ error: { why: 'plan_old' } });
		expect(mayMail({ ...mail, confirmedAt: now }, asked, now).ok).toBe(true);
	});
});

describe('a call', () => {
	test('is never a yes when nobody knows', () => {
		expect(mayCall(null, now)).toBeNull();
		expect(mayCall({ ...plan, askAgainAt: now }, now)).toBeNull();
	});

	test('is stored until the rules change or until they are not believed', () => {
		expect(storedCall(plan, now)).toEqual({ okNow: true, nextChangeAt: days(-1 + holds) });
		const away = [{ from: '2026-11-29', until: '2026-11-29' }];
		const leaving = { ...plan, rules: { ...rules, away } };
		expect(storedCall(leaving, now)).toEqual({
			...{ okNow: true, nextChangeAt: new Date('2026-11-29T00:00:00Z') }
		});
		expect(storedCall({ ...plan, askAgainAt: now }, now)).toEqual({
			...{ okNow: false, nextChangeAt: now }
		});
	});
});
