import { randomUUID } from 'node:crypto';
import { needById, type AreaId } from '#lib/domain/need/catalogue.ts';
import type { Outcome } from '#lib/forms/need-entry.ts';
import { done, type OnStage, type Stage } from '#lib/server/demo/seed/play.ts';
import { accountName } from '#lib/server/demo/seed/stories.ts';
import type { StoryEntry, StorySaid } from '#lib/server/demo/seed/story.ts';
import { dayFrom, instant } from '#lib/server/demo/seed/times.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as needs from '#lib/server/needs/service.ts';

type Act = { at: Date; run: () => Promise<void> };

/** What the person said, what the officer recorded and answered, in the order of time. */
export async function playNeeds(stage: Stage, one: OnStage): Promise<void> {
	const { person } = one;
	const acts = [
		...(person.said ?? []).flatMap((said) => saying(stage, one, said)),
		...(person.entries ?? []).map((entry) => recordingOf(stage, one, entry)),
		...confirming(stage, one)
	];
	// A stable order: acts of one instant keep the order they were written in.
	for (const act of acts.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await act.run();
}

function saying(stage: Stage, one: OnStage, said: StorySaid): Act[] {
	const at = instant(stage.today, said.ago);
	const name = said.by ?? accountName(one.person);
	const need = needById(said.need);
	if (name === null || !need) throw new Error(`nobody can say ${said.need}`);
	const victim = stage.cast.as(name, at, one.participationId);
	const answer = { kind: 'answered', choices: said.choices, words: said.words ?? '' } as const;
	const say = async (): Promise<void> => {
		const answers = [{ needId: need.id, version: 0, answer }];
		done(await needs.say(victim, { key: randomUUID(), area: need.area, answers }), said.need);
	};
	return [{ at, run: say }, ...answeringOf(stage, one, said, need.area)];
}

function answeringOf(stage: Stage, one: OnStage, said: StorySaid, area: AreaId): Act[] {
	if (!said.answer) return [];
	const [answer, words, ago] = said.answer;
	const at = instant(stage.today, ago);
	const officer = stage.cast.as(one.story.officer, at);
	const place = { reference: one.caseReference, person: one.reference };
	const run = async (): Promise<void> => {
		const statementId = await waitingStatement(stage, one, said.need);
		const given = { needId: said.need, statementId, answer, words };
		done(await answering.review(officer, { key: randomUUID(), place, answer: given }), area);
	};
	return [{ at, run }];
}

async function waitingStatement(stage: Stage, one: OnStage, needId: string): Promise<string> {
	const row = await stage.owner
		.selectFrom('statement')
		.select('id')
		.where('participation_id', '=', one.participationId)
		.where('need_id', '=', needId)
		.orderBy('sequence', 'desc')
		.executeTakeFirstOrThrow();
	return row.id;
}

function recordingOf(stage: Stage, one: OnStage, entry: StoryEntry): Act {
	const at = instant(stage.today, entry.ago);
	const officer = stage.cast.as(one.story.officer, at);
	const line = {
		needId: entry.need,
		version: 0,
		choices: entry.choices ?? [],
		words: entry.recorded,
		source: entry.source ?? 'waymark',
		outcome: outcomeOf(stage, entry)
	} as const;
	const place = { reference: one.caseReference, person: one.reference };
	return {
		at,
		run: async () => {
			done(await recording.recordEntry(officer, { key: randomUUID(), place, line }), entry.need);
		}
	};
}

function outcomeOf(stage: Stage, entry: StoryEntry): Outcome {
	if (entry.action) {
		const [words, owner, days] = entry.action;
		return { kind: 'action', words, owner, by: dayFrom(stage.today, days) };
	}
	return entry.none ? { kind: 'none', words: entry.none } : { kind: 'missing' };
}

function confirming(stage: Stage, one: OnStage): Act[] {
	const { confirmed } = one.person;
	if (confirmed === undefined) return [];
	const at = instant(stage.today, confirmed);
	const officer = stage.cast.as(one.story.officer, at);
	const place = { reference: one.caseReference, person: one.reference };
	return [
		{
			at,
			run: async () => {
				const row = await stage.owner
					.selectFrom('assessment')
					.select('version')
					.where('participation_id', '=', one.participationId)
					.executeTakeFirstOrThrow();
				const { version } = row;
				done(await recording.confirm(officer, { key: randomUUID(), place, version }), 'confirm');
			}
		}
	];
}
