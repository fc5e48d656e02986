import { expect, test } from 'vitest';
import { hasEnded, holderAfter, journeyOf } from '#lib/domain/case/journey.ts';
import { storyOf, type CaseEvent } from '#lib/domain/case/story.ts';
import { milestoneById, phases, type MilestoneId } from '#lib/domain/milestone/catalogue.ts';

function happened(...ids: MilestoneId[]) {
	const events = ids.map((milestone, index): CaseEvent => ({
		id: `e${index}`,
		milestone,
		agency: milestoneById(milestone)?.agency ?? 'police',
		happenedOn: `2026-11-${String(index + 1).padStart(2, '0')}`,
		next: null,
		heardAt: new Date('2026-11-28T10:00:00Z'),
		source: 'records',
		supersedes: null,
		humanFirst: false,
		toldAt: null
	}));
	return storyOf(events, 'victim');
}

const dots = (...ids: MilestoneId[]) =>
	journeyOf(happened(...ids)).map(({ phase, state }) => `${phase} ${state}`);

test('a case with the prosecutors has two dots behind it and three ahead', () => {
	expect(dots('M01', 'M06', 'M16')).toEqual([
		...['told done', 'looked_into done', 'cps now'],
		...['court ahead', 'result ahead', 'after ahead']
	]);
});

test('before anything is known the first of all six dots is the present one', () => {
	expect(journeyOf(happened()).map(({ phase }) => phase)).toEqual([...phases]);
	expect(dots()[0]).toBe('told now');
});

test('a case that the police ended shows no court that never had it', () => {
	expect(dots('M01', 'M06', 'M18')).toEqual(['told done', 'looked_into now']);
	expect(hasEnded(happened('M01', 'M18'))).toBe(true);
	expect(hasEnded(happened('M01', 'M06'))).toBe(false);
});

test('a phase that nobody spoke of is not claimed', () => {
	expect(dots('M01', 'M19')).toEqual(['told done', 'court now', 'result ahead', 'after ahead']);
});

test('a case that was sent on is with the one it was sent to', () => {
	expect(holderAfter('M06')).toBe('police');
	expect(holderAfter('M16')).toBe('cps');
	expect(holderAfter('M19')).toBe('court');
	expect(holderAfter('M38')).toBe('parole_board');
});

test('what was decided or stopped is said to be with nobody', () => {
	for (const id of ['M18', 'M29', 'M31', 'M43', 'M44'] as const) {
		expect(holderAfter(id)).toBeNull();
	}
});
