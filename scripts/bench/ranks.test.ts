import { expect, test } from 'vitest';
import { compare, median } from './ranks.ts';

const draw = (count: number, from: number) =>
	Array.from({ length: count }, (_, at) => from + ((at * 7919) % 1000) / 1000);

test('two samples of one kind are not told apart', () => {
	const { larger, p, medians } = compare(draw(200, 10), draw(210, 10));
	expect(Math.abs(larger - 0.5)).toBeLessThan(0.03);
	expect(p).toBeGreaterThan(0.3);
	expect(medians).toBeCloseTo(1, 2);
});

test('a difference that is there is seen, whichever way it goes', () => {
	expect(compare(draw(200, 10.3), draw(200, 10)).p).toBeLessThan(0.001);
	expect(compare(draw(200, 10), draw(200, 10.3)).larger).toBeLessThan(0.4);
	expect(compare(draw(200, 30), draw(200, 10))).toMatchObject({ larger: 1, p: 0 });
});

test('small samples with ties come out as tables say', () => {
	// Every pair counted by hand: 17 of 25 are larger, a tie counting half.
	expect(compare([3, 4, 5, 6, 7], [1, 3, 4, 5, 6]).larger).toBe(0.68);
	expect(compare([1, 1, 1], [1, 1, 1])).toEqual({ larger: 0.5, p: 1, medians: 1 });
	expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});
