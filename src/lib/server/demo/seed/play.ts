import { sql, type Kysely } from 'kysely';
import { isCategory } from '#lib/domain/case/category.ts';
import { isGround } from '#lib/domain/case/tier.ts';
import type { EventSource } from '#lib/domain/case/story.ts';
import { milestoneById, type Agency } from '#lib/domain/milestone/catalogue.ts';
import type { Result } from '#lib/domain/result.ts';
import { londonDay } from '#lib/domain/time/working-days.ts';
import * as cases from '#lib/server/cases/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import type { DemoForce } from '#lib/server/demo/seed/force.ts';
import { agencySystem, type Cast } from '#lib/server/demo/seed/people.ts';
import { playNeeds } from '#lib/server/demo/seed/play-needs.ts';
import { playLinked } from '#lib/server/demo/seed/play-linked.ts';
import { playParent } from '#lib/server/demo/seed/play-parent.ts';
import { playContact, playPlanAgain } from '#lib/server/demo/seed/play-contact.ts';
import { playSupport } from '#lib/server/demo/seed/play-support.ts';
import { accountName, stories } from '#lib/server/demo/seed/stories.ts';
import type { Story, StoryPerson } from '#lib/server/demo/seed/story.ts';
import { instant, sittingDay } from '#lib/server/demo/seed/times.ts';
import * as events from '#lib/server/events/service.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';

export type Stage = {
	readonly app: Kysely<Database>;
	readonly owner: Kysely<Database>;
	readonly keys: KeyRing;
	readonly force: DemoForce;
	readonly cast: Cast;
	readonly today: Date;
};

const sources = {
	police: 'records',
	cps: 'cps',
	court: 'courts',
	witness_care: 'witness_care',
	probation: 'probation',
	prison: 'prison',
	parole_board: 'parole_board',
	support_service: 'support_service'
} as const satisfies Record<Agency, EventSource>;

/** One person of a story, once they are in the tables. */
export type OnStage = {
	readonly story: Story;
	readonly person: StoryPerson;
	readonly participationId: string;
	readonly reference: string;
	readonly caseReference: string;
};

/** Plays every story through the services that the pages use, each act at its own instant. */
export async function playWorld(stage: Stage): Promise<void> {
	for (const story of stories) await playStory(stage, story);
	// What happened before today was told before today: nothing of it is mailed now.
	await stage.owner
		.updateTable('notice')
		.set({ state: 'withheld', reason: 'before_today', settled_at: sql`now()` })
		.where('state', '=', 'waiting')
		.execute();
}

async function playStory(stage: Stage, story: Story): Promise<void> {
	const reported = instant(stage.today, story.reported);
	const officer = stage.cast.as(story.officer, reported);
	const people = await openCase(story, officer, reported);
	for (const one of people) {
		await attach(stage, one, officer);
		await playParent(stage, one);
		await playContact(stage, one);
	}
	const caseReference = people[0]?.caseReference ?? '';
	await playEvents(stage, story, caseReference);
	await playLinked(officer, story, caseReference);
	for (const one of people) {
		await playPlanAgain(stage, one);
		await playNeeds(stage, one);
		await playSupport(stage, one);
	}
}

async function openCase(story: Story, officer: Ctx, reportedAt: Date): Promise<OnStage[]> {
	const [first, ...rest] = story.people;
	if (!first || !isCategory(story.category)) throw new Error(`a story is wrong: ${story.crime}`);
	const opening = {
		crimeReference: story.crime,
		category: story.category,
		reportedAt,
		person: newPerson(first),
		...(story.restricted ? { insider: { restrict: true, ...story.restricted } } : {})
	};
	const opened = done(await cases.open(officer, opening), story.crime);
	const caseReference = opened.reference;
	const people: OnStage[] = [
		{
			...{ story, caseReference, person: first },
			...{ participationId: opened.participationId, reference: opened.person }
		}
	];
	for (const person of rest) {
		const added = done(
			await cases.addVictim(officer, caseReference, newPerson(person)),
			person.name
		);
		people.push({
			...{ story, caseReference, person },
			...{ participationId: added.participationId, reference: added.person }
		});
	}
	return people;
}

function newPerson(person: StoryPerson): cases.NewPerson {
	const named = (person.grounds ?? []).filter(isGround);
	const { role = 'self' } = person;
	if (role === 'supporter_readonly') throw new Error('a supporter is no victim');
	return {
		name: person.name,
		role,
		language: person.language ?? 'en',
		tier: named.length > 0 ? 'enhanced' : 'standard',
		grounds: named
	};
}

async function attach(stage: Stage, one: OnStage, officer: Ctx): Promise<void> {
	const name = accountName(one.person);
	const accountId = name === null ? null : stage.cast.actors.get(name)?.accountId;
	if (accountId)
		done(await cases.attachAccount(officer, one.participationId, accountId), name ?? '');
}

async function playEvents(stage: Stage, story: Story, caseReference: string): Promise<void> {
	const { today, cast, app, keys, force } = stage;
	const last = new Map<string, string>();
	for (const event of story.events) {
		const at = instant(today, event.ago);
		const milestone = milestoneById(event.milestone);
		if (!milestone) throw new Error(`no milestone ${event.milestone}`);
		const taken = done(
			await events.take(agencySystem(app, keys, force.forceId, at), {
				caseReference,
				milestone: event.milestone,
				agency: milestone.agency,
				happenedOn: londonDay(at),
				next: event.next ? planned(today, event.next) : null,
				source: sources[milestone.agency],
				supersedes: event.moves ? (last.get(event.milestone) ?? null) : null
			}),
			event.milestone
		);
		last.set(event.milestone, taken.id);
		if (milestone.humanFirst && event.told) {
			done(await events.markTold(cast.as(story.officer, at), taken.id), event.milestone);
		}
	}
}

function planned(today: Date, [days, precision]: NonNullable<Story['events'][number]['next']>) {
	return { on: sittingDay(today, days, precision), precision };
}

/** Gives what a service gave; a demo world that a service refuses is a mistake in the story. */
export function done<T>(result: Result<T, unknown>, what: string): T {
	if (!result.ok)
		throw new Error(`the demo world: ${what} was refused: ${JSON.stringify(result.error)}`);
	return result.value;
}
