import { randomUUID } from 'node:crypto';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import { parseAddress } from '#lib/domain/notice/address.ts';
import * as contact from '#lib/server/contact/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import { done, type OnStage, type Stage } from '#lib/server/demo/seed/play.ts';
import { accountName } from '#lib/server/demo/seed/stories.ts';
import { instant } from '#lib/server/demo/seed/times.ts';
import * as reach from '#lib/server/reach/service.ts';
import * as safety from '#lib/server/safety/service.ts';

/** The person's rules for being reached, and an address that an officer confirmed. */
export async function playContact(stage: Stage, one: OnStage): Promise<void> {
	const { person, story } = one;
	const at = instant(stage.today, story.reported);
	const name = accountName(person);
	if (person.plan && name) {
		const victim = stage.cast.as(name, at, one.participationId);
		done(await safety.save(steppedUp(victim), wholeRules(person.plan), 0), person.name);
	}
	if (person.mail) {
		const address = done(parseAddress(person.mail), person.mail);
		const officer = stage.cast.as(story.officer, at);
		const told = { address, safe: true, version: '' };
		done(await contact.confirmMail(officer, one.reference, told, randomUUID()), person.name);
	}
	if (person.wants && name) {
		const { channel, value, ago } = person.wants;
		const victim = stage.cast.as(name, instant(stage.today, ago), one.participationId);
		const asked = { channel, value, safe: 'safe' } as const;
		done(await reach.ask(steppedUp(victim), asked, randomUUID()), person.name);
	}
}

/** The plan that a person looked at again after what happened in the case. */
export async function playPlanAgain(
	stage: Stage,
	{ person, participationId }: OnStage
): Promise<void> {
	const name = accountName(person);
	if (!person.plan || person.planAgain === undefined || name === null) return;
	const victim = stage.cast.as(name, instant(stage.today, person.planAgain), participationId);
	done(await safety.save(steppedUp(victim), wholeRules(person.plan), 1), person.name);
}

/** As if whoever acts had shown a moment ago that it is them. */
export function steppedUp(ctx: Ctx): Ctx {
	return {
		...ctx,
		actor: { ...ctx.actor, steppedUpUntil: new Date(ctx.clock().getTime() + 60_000) }
	};
}
