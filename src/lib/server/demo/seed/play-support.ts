import { randomUUID } from 'node:crypto';
import type { Ctx } from '#lib/server/context.ts';
import { done, type OnStage, type Stage } from '#lib/server/demo/seed/play.ts';
import { accountName } from '#lib/server/demo/seed/stories.ts';
import type { StoryRequest } from '#lib/server/demo/seed/story.ts';
import { instant } from '#lib/server/demo/seed/times.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';

type Step = NonNullable<StoryRequest['then']>[number];
type Asked = { readonly id: string; readonly number: number; readonly reference: string };

/** What the person asked for, and what became of it. */
export async function playSupport(stage: Stage, one: OnStage): Promise<void> {
	for (const request of one.person.asked ?? []) {
		const asked = await ask(stage, one, request);
		for (const step of request.then ?? []) await play(stage, one, { request, asked, step });
	}
}

async function ask(stage: Stage, one: OnStage, request: StoryRequest): Promise<Asked> {
	const victim = victimAt(stage, one, instant(stage.today, request.ago));
	const number = done(
		await support.ask(victim, randomUUID(), {
			kind: request.kind,
			urgency: request.urgency,
			reach: { channels: one.person.plan?.safe ?? ['portal'], words: one.person.plan?.note ?? '' },
			deskId: stage.force[request.desk],
			words: request.words
		}),
		request.kind
	);
	const row = await stage.owner
		.selectFrom('support_request')
		.select(['id', 'number', 'reference'])
		.where('participation_id', '=', one.participationId)
		.where('number', '=', number)
		.executeTakeFirstOrThrow();
	return row;
}

async function play(
	stage: Stage,
	one: OnStage,
	{ request, asked, step }: { request: StoryRequest; asked: Asked; step: Step }
): Promise<void> {
	const at = instant(stage.today, step.ago);
	const form = { key: randomUUID(), version: await versionOf(stage, asked.id) };
	const { reference } = asked;
	const staff = stage.cast.as(request.by ?? 'caseworker', at);
	switch (step.do) {
		case 'take':
			done(await desk.take(staff, reference, form), reference);
			return;
		case 'answer': {
			const victim = victimAt(stage, one, at);
			done(await support.write(victim, asked.number, { ...form, words: step.words }), reference);
			return;
		}
		case 'reply':
			done(await desk.reply(staff, reference, { ...form, words: step.words }), reference);
			return;
		case 'note':
			await desk.note(staff, reference, { key: form.key, words: step.words, attempt: null });
			return;
		default: {
			const outcome = step.do === 'close' ? ('given' as const) : null;
			const move = { move: step.do, words: step.words, outcome };
			done(await desk.moveOn(staff, reference, { ...form, ...move }), reference);
		}
	}
}

function victimAt(stage: Stage, one: OnStage, at: Date): Ctx {
	const name = accountName(one.person);
	if (name === null) throw new Error(`${one.reference} has no sign-in`);
	return stage.cast.as(name, at, one.participationId);
}

async function versionOf(stage: Stage, id: string): Promise<number> {
	const row = await stage.owner
		.selectFrom('support_request')
		.select('version')
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return row.version;
}
