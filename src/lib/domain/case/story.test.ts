import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ahead, storyOf, unheard, type CaseEvent, type Planned } from '#lib/domain/case/story.ts';
import { milestoneById, milestoneIds, type MilestoneId } from '#lib/domain/milestone/catalogue.ts';

let made = 0;

function event(
	milestone: MilestoneId,
	happenedOn: string,
	more: Partial<CaseEvent> = {}
): CaseEvent {
	made += 1;
	const known = milestoneById(milestone);
	return {
		id: `e${made}`,
		milestone,
		agency: known?.agency ?? 'police',
		happenedOn,
		next: null,
		heardAt: new Date(`${happenedOn}T15:00:00Z`),
		source: 'records',
		supersedes: null,
		humanFirst: known?.humanFirst ?? false,
		toldAt: null,
		...more
	};
}

const on = (day: string, precision: Planned['precision'] = 'day'): Planned => ({
	on: day,
	precision
});

test('the story is newest first and stands at the latest step', () => {
	const story = storyOf(
		[event('M06', '2026-11-05'), event('M01', '2026-11-01'), event('M16', '2026-11-12')],
		'victim'
	);
	expect(story.steps.map((step) => step.milestone)).toEqual(['M16', 'M06', 'M01']);
	expect(story.now?.milestone).toBe('M16');
	expect(story.phase).toBe('cps');
});

test('what happened on one day is told in the order of the journey', () => {
	const day = '2026-11-01';
	const story = storyOf([event('M06', day), event('M01', day), event('M02', day)], 'victim');
	expect(story.steps.map((step) => step.milestone)).toEqual(['M06', 'M02', 'M01']);
});

test('a case does not go back because something of an earlier phase happens later', () => {
	const story = storyOf([event('M19', '2026-11-01'), event('M07', '2026-11-08')], 'victim');
	expect(story.now?.milestone).toBe('M19');
	expect(story.steps[0]?.milestone).toBe('M07');
});

test('property that comes back while the police look into it moves nothing', () => {
	const story = storyOf([event('M06', '2026-11-01'), event('M34', '2026-11-08')], 'victim');
	expect(story.now?.milestone).toBe('M06');
	expect(story.phase).toBe('looked_into');
});

test('hard news is not there for the victim until a person has told them', () => {
	const before = event('M06', '2026-11-01');
	const hard = event('M18', '2026-11-20');
	expect(hard.humanFirst).toBe(true);
	expect(storyOf([before, hard], 'victim')).toEqual(storyOf([before], 'victim'));
	expect(storyOf([before, hard], 'police').now?.milestone).toBe('M18');
	const told = { ...hard, toldAt: new Date('2026-11-21T10:00:00Z') };
	expect(storyOf([before, told], 'victim').now?.milestone).toBe('M18');
});

test('untold news that replaces a step leaves that step standing', () => {
	const told = event('M12', '2026-11-01', { toldAt: new Date('2026-11-02T10:00:00Z') });
	const change = event('M14', '2026-11-20', { supersedes: told.id });
	expect(storyOf([told, change], 'victim').steps).toEqual([{ ...told, was: [] }]);
});

test('a moved hearing is one step that knows its old dates', () => {
	const first = event('M24', '2026-11-01', { next: on('2027-02-01') });
	const second = event('M24', '2026-11-10', { next: on('2027-03-01'), supersedes: first.id });
	const third = event('M24', '2026-11-15', {
		next: on('2027-03-08', 'week_commencing'),
		supersedes: second.id
	});
	const [step, ...others] = storyOf([second, third, first], 'victim').steps;
	expect(others).toEqual([]);
	expect(step?.next).toEqual(on('2027-03-08', 'week_commencing'));
	expect(step?.was).toEqual([on('2027-02-01'), on('2027-03-01')]);
});

test('a correction that leaves the date alone shows no old date', () => {
	const first = event('M24', '2026-11-01', { next: on('2027-02-01') });
	const second = event('M24', '2026-11-02', { next: on('2027-02-01'), supersedes: first.id });
	expect(storyOf([first, second], 'victim').steps[0]?.was).toEqual([]);
});

test('of two corrections of one event, the one heard last stands', () => {
	const first = event('M24', '2026-11-01', { next: on('2027-02-01') });
	const early = event('M24', '2026-11-02', { next: on('2027-03-01'), supersedes: first.id });
	const late = event('M24', '2026-11-03', { next: on('2027-04-01'), supersedes: first.id });
	expect(storyOf([late, first, early], 'victim').steps.map((step) => step.id)).toEqual([late.id]);
});

test('what lies ahead is the nearest date; a week counts until its Sunday', () => {
	const week = event('M24', '2026-11-01', { next: on('2026-11-23', 'week_commencing') });
	const later = event('M20', '2026-11-01', { next: on('2026-12-01') });
	const story = storyOf([later, week], 'victim');
	expect(ahead(story, '2026-11-29')?.planned.on).toBe('2026-11-23');
	expect(ahead(story, '2026-11-30')?.planned.on).toBe('2026-12-01');
	expect(ahead(story, '2026-12-02')).toBeNull();
});

test('a date that passed without a word is named, until something is heard', () => {
	const planned = event('M20', '2026-11-01', { next: on('2026-11-20') });
	expect(unheard(storyOf([planned], 'victim'), '2026-11-20')).toBeNull();
	expect(unheard(storyOf([planned], 'victim'), '2026-11-21')?.planned.on).toBe('2026-11-20');
	const heard = event('M23', '2026-11-20');
	expect(unheard(storyOf([planned, heard], 'victim'), '2026-11-21')).toBeNull();
});

test('an empty case has an empty story', () => {
	expect(storyOf([], 'victim')).toEqual({ steps: [], now: null, phase: null });
});

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
const anyEvents = fc
	.array(
		fc.record({
			milestone: fc.constantFrom(...milestoneIds),
			happenedOn: day,
			heardOn: day,
			next: fc.option(fc.record({ on: day, precision: fc.constantFrom('day', 'week_commencing') })),
			replaces: fc.nat(),
			corrects: fc.boolean(),
			told: fc.boolean()
		}),
		{ maxLength: 12 }
	)
	.map((drawn) =>
		drawn.map((one, index): CaseEvent => ({
			...event(one.milestone, one.happenedOn),
			id: `e${String(index).padStart(2, '0')}`,
			next: one.next as Planned | null,
			heardAt: new Date(`${one.heardOn}T09:00:00Z`),
			// As in the table, an event can only name one that was there before it.
			supersedes:
				one.corrects && index > 0 ? `e${String(one.replaces % index).padStart(2, '0')}` : null,
			toldAt: one.told ? new Date('2026-11-28T10:00:00Z') : null
		}))
	);

test('the same events give the same story in whatever order they arrive', () => {
	const shuffled = anyEvents.chain((events) =>
		fc.tuple(
			fc.constant(events),
			fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length })
		)
	);
	fc.assert(
		fc.property(
			shuffled,
			fc.constantFrom('victim' as const, 'police' as const),
			([a, b], reader) => {
				expect(storyOf(b, reader)).toEqual(storyOf(a, reader));
			}
		)
	);
});

test('no story for a victim holds a word of what they have not been told', () => {
	fc.assert(
		fc.property(anyEvents, (events) => {
			const { steps, now } = storyOf(events, 'victim');
			for (const step of [...steps, ...(now ? [now] : [])]) {
				expect(step.humanFirst && step.toldAt === null).toBe(false);
			}
		})
	);
});
