import { expect, test } from 'vitest';
import { isGround, tellBy, tierFits } from '#lib/domain/case/tier.ts';

test('enhanced rights need a ground and standard rights have none', () => {
	expect(tierFits('enhanced', ['vulnerable'])).toBe(true);
	expect(tierFits('enhanced', [])).toBe(false);
	expect(tierFits('standard', [])).toBe(true);
	expect(tierFits('standard', ['intimidated'])).toBe(false);
});

test('with enhanced rights a victim is told within one working day, otherwise within five', () => {
	const friday = new Date('2026-11-20T09:00:00Z');
	expect(tellBy('enhanced', friday)).toEqual(new Date('2026-11-23T17:00:00Z'));
	expect(tellBy('standard', friday)).toEqual(new Date('2026-11-27T17:00:00Z'));
});

test('only the grounds of the Code are grounds', () => {
	expect(isGround('most_serious_crime')).toBe(true);
	expect(isGround('rich')).toBe(false);
});
