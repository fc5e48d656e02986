import { expect, test } from 'vitest';
import { dueText, heardText, plannedText, stepText } from '#lib/i18n/case-words.ts';
import { createTranslate } from '#lib/i18n/create.ts';
import milestones from '#lib/i18n/locales/en/milestones.json' with { type: 'json' };
import staff from '#lib/i18n/locales/en/staff.json' with { type: 'json' };
import victim from '#lib/i18n/locales/en/victim.json' with { type: 'json' };

const t = createTranslate('en', { milestones, staff, victim });
const now = new Date('2026-11-23T10:00:00Z');

test('a date is said as exactly as it is known, with its year when that is not this one', () => {
	const say = (on: string, precision: 'day' | 'week_commencing' | 'warned_list') =>
		plannedText(t, 'en', { on, precision }, now);
	expect(say('2026-12-07', 'day')).toBe('Monday 7 December');
	expect(say('2026-12-07', 'week_commencing')).toBe('the week that starts on Monday 7 December');
	expect(say('2027-02-01', 'day')).toContain('2027');
	expect(say('2026-12-07', 'warned_list')).toContain('some day from Monday 7 December');
});

test('what was heard today has its time, what was heard before has its day', () => {
	expect(heardText(t, 'en', new Date('2026-11-23T09:05:00Z'), now)).toBe('today 09:05');
	expect(heardText(t, 'en', new Date('2026-11-12T09:05:00Z'), now)).toBe('12 November 2026');
});

test('what is due is late, today at a time, or by a day', () => {
	expect(dueText(t, 'en', new Date('2026-11-22T17:00:00Z'), now)).toBe('1 day late');
	expect(dueText(t, 'en', new Date('2026-11-20T17:00:00Z'), now)).toBe('3 days late');
	expect(dueText(t, 'en', new Date('2026-11-23T09:00:00Z'), now)).toBe('Late since today');
	expect(dueText(t, 'en', new Date('2026-11-23T17:00:00Z'), now)).toBe('Today 17:00');
	expect(dueText(t, 'en', new Date('2026-11-26T17:00:00Z'), now)).toBe('By 26 Nov');
});

test('a bereaved relative is not told that they were believed', () => {
	const means = stepText(t, 'bereaved_relative', 'M18', 'means');
	expect(stepText(t, 'self', 'M18', 'means')).toContain('not believed');
	expect(means).not.toContain('believed');
	expect(means).not.toContain('role.');
	expect(stepText(t, 'bereaved_relative', 'M18', 'title')).toBe(
		stepText(t, 'self', 'M18', 'title')
	);
});

test('wherever a role has its own words, both the meaning and the present are there', () => {
	const parts = Object.values(victim.role).flatMap((own) => Object.values(own));
	expect(parts.length).toBeGreaterThan(0);
	for (const part of parts) expect(Object.keys(part).sort()).toEqual(['means', 'now']);
});
