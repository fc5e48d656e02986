import { randomUUID } from 'node:crypto';
import * as acting from '#lib/server/acting/service.ts';
import { steppedUp } from '#lib/server/demo/seed/play-contact.ts';
import { done, type OnStage, type Stage } from '#lib/server/demo/seed/play.ts';
import { dayFrom, instant } from '#lib/server/demo/seed/times.ts';

/** The parent of a child: named and approved by the officer, with an account of their own. */
export async function playParent(stage: Stage, one: OnStage): Promise<void> {
	const { parent } = one.person;
	if (!parent) return;
	const at = instant(stage.today, one.story.reported);
	const officer = steppedUp(stage.cast.as(one.story.officer, at));
	const place = { reference: one.caseReference, person: one.reference };
	// Half a year past the birthday, so that the child keeps that age while the demo is looked at.
	const birth = dayFrom(stage.today, -Math.round((parent.childIs + 0.5) * 365.25));
	const who = { given: parent.given, family: parent.family, number: '', address: '', birth };
	const named = { role: 'parent_guardian', who, until: null, consent: false } as const;
	done(await acting.name(officer, place, named, randomUUID()), parent.given);
	const { id } = await stage.owner
		.selectFrom('representative')
		.select('id')
		.where('participation_id', '=', one.participationId)
		.executeTakeFirstOrThrow();
	const decision = { id, words: '', formKey: randomUUID() };
	done(await acting.approve(officer, place, decision), parent.given);
	await stage.owner
		.updateTable('representative')
		.set({ account_id: stage.cast.actors.get(parent.account)?.accountId ?? null })
		.where('id', '=', id)
		.execute();
}
