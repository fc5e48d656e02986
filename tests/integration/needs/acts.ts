import { randomUUID } from 'node:crypto';
import { needById, type NeedId } from '#lib/domain/need/catalogue.ts';
import type { EntryLine } from '#lib/forms/need-entry.ts';
import type { NeedAnswer } from '#lib/forms/need-answer.ts';
import type { Ctx } from '#lib/server/context.ts';
import type { NeedCard } from '#lib/server/needs/card.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import type { World } from '../../support/world.ts';

/** Gives the area of a need. */
export function areaOf(needId: NeedId) {
	return needById(needId)?.area ?? 'safety';
}

/** Gives an answer as its form parses it. */
export function says(needId: NeedId, choices: string[], version = 0, words = ''): NeedAnswer {
	return { needId, version, answer: { kind: 'answered', choices, words } };
}

/** Gives an entry with an action, as its form parses it. */
export function line(needId: NeedId, choices: string[], version = 0): EntryLine {
	const outcome = { kind: 'action', words: 'We will ask the court', owner: 'officer' } as const;
	return {
		...{ needId, version, choices, words: '', source: 'waymark' },
		outcome: { ...outcome, by: '2026-12-01' }
	};
}

export type Acts = ReturnType<typeof acts>;

/** What the people of a world do about its first case. */
export function acts(w: World) {
	const place = { reference: w.case.reference, person: w.case.person };
	return {
		place,
		/** The same person with the secret given again a moment ago. */
		steppedUp(ctx: Ctx): Ctx {
			const steppedUpUntil = new Date(w.now.at.getTime() + 60_000);
			return { ...ctx, actor: { ...ctx.actor, steppedUpUntil } };
		},
		async staffCard(ctx: Ctx, needId: NeedId): Promise<viewing.StaffCard> {
			const { cards } = await viewing.area(ctx, place, areaOf(needId));
			return named(cards, needId);
		},
		async victimCard(needId: NeedId, ctx: Ctx = w.victim): Promise<NeedCard> {
			const { cards } = await needs.area(ctx, areaOf(needId), true);
			return named(cards, needId);
		},
		sayCourt(version = 0, choices = ['very_worried']) {
			const answers = [says('CRT1', choices, version)];
			return needs.say(w.victim, { key: randomUUID(), area: 'court', answers });
		}
	};
}

function named<C extends { id: NeedId }>(cards: readonly C[], needId: NeedId): C {
	const card = cards.find((one) => one.id === needId);
	if (!card) throw new Error(`${needId} is not shown`);
	return card;
}
