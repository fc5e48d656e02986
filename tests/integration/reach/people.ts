import { randomUUID } from 'node:crypto';
import type { ContactChannel, Safe } from '#lib/domain/contact/held-change.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as checking from '#lib/server/reach/checking.ts';
import * as reach from '#lib/server/reach/service.ts';
import { seal } from '#lib/server/sealing/seal.ts';
import type { TestDatabase } from '../../support/database.ts';
import { about, type TestCase, type World } from '../../support/world.ts';
import { victimOf } from '../notice/office.ts';

/** The same person, who gave their secret again a moment ago. */
export function steppedUp(w: World, ctx: Ctx): Ctx {
	const steppedUpUntil = new Date(w.now.at.getTime() + 60_000);
	return { ...ctx, actor: { ...ctx.actor, steppedUpUntil } };
}

/** Asks for a change as a person would, and gives what became of it. */
export function ask(
	w: World,
	ctx: Ctx,
	channel: ContactChannel,
	value: string,
	more: { safe?: Safe; key?: string } = {}
) {
	const asked = { channel, value, safe: more.safe ?? 'safe' };
	return reach.ask(steppedUp(w, ctx), asked, more.key ?? randomUUID());
}

/** Gives what an officer's form confirms of the change that is held, face to face. */
export async function shown(ctx: Ctx, place: checking.Place): Promise<checking.Checked> {
	const { held } = await checking.read(ctx, place);
	if (!held) throw new Error('nothing is held');
	const { id: change, instead, safe } = held;
	const standing = instead?.id ?? '';
	return { change, standing, safe, route: 'in_person', words: 'Met at the station' };
}

/** Keeps a checked number or address of a victim, as from `since`. */
export async function keep(
	t: TestDatabase,
	w: World,
	chosen: TestCase,
	detail: { channel: ContactChannel; value: string; safe: Safe; since?: Date }
): Promise<void> {
	const { key, victimId } = await victimOf(t, chosen);
	await t.owner
		.insertInto('contact_detail')
		.values({
			...{ force_id: w.forceId, victim_id: victimId, channel: detail.channel },
			...{ value_sealed: await seal(key, detail.value), safe: detail.safe, state: 'confirmed' },
			...{ confirmed_by: null, confirmed_at: detail.since ?? new Date('2026-11-01T10:00:00Z') }
		})
		.execute();
}

/** Makes somebody who stands in for the victim of the world's case. */
export async function standIn(
	t: TestDatabase,
	w: World,
	role: 'supporter_readonly' | 'family_spokesperson'
): Promise<Ctx> {
	const friend = await w.person('victim');
	await t.owner
		.insertInto('representative')
		.values({
			...{ force_id: w.forceId, participation_id: w.case.participationId },
			...{ account_id: friend.actor.accountId ?? '', role, revoked_at: null },
			...{ approved_by: w.officer.actor.accountId, approved_at: new Date('2026-11-20T10:00:00Z') },
			until_at: new Date('2100-01-01T00:00:00Z')
		})
		.execute();
	return about(friend, w.case);
}

/** Gives the changes of a case as they are stored, the oldest first. */
export function stored(t: TestDatabase, { participationId }: TestCase) {
	return t.owner
		.selectFrom('contact_change')
		.select(['id', 'channel', 'state', 'asked_sealed', 'words_sealed', 'due_at', 'route'])
		.where('participation_id', '=', participationId)
		.orderBy('asked_at')
		.orderBy('settled_at')
		.execute();
}

/** Gives what was written down about a case, the oldest first. */
export async function written(t: TestDatabase, { participationId }: TestCase): Promise<string[]> {
	const rows = await t.owner
		.selectFrom('audit')
		.select('action')
		.where('participation_id', '=', participationId)
		.where('action', 'like', 'contact.%')
		.orderBy('at')
		.execute();
	return rows.map(({ action }) => action);
}
