import { expect, test } from 'vitest';
import { mayBreakGlass, toldOfBrokenGlass } from '#lib/domain/access/break-glass.ts';
import { roles } from '#lib/domain/access/role.ts';

test('the glass is for police, and shut to everybody who is barred', () => {
	expect(roles.filter((role) => mayBreakGlass({ role, barred: false }))).toEqual([
		...['officer', 'supervisor']
	]);
	expect(roles.filter((role) => mayBreakGlass({ role, barred: true }))).toEqual([]);
});

test('of a restricted case the line supervisor is not the one who hears of it', () => {
	expect(toldOfBrokenGlass({ restricted: true })).toBe('professional_standards');
	expect(toldOfBrokenGlass({ restricted: false })).toBe('supervisor');
});
