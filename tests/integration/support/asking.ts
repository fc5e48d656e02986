import { randomUUID } from 'node:crypto';
import type { Ask } from '#lib/forms/support-ask.ts';
import type { Ctx } from '#lib/server/context.ts';
import type { Result } from '#lib/domain/result.ts';
import * as support from '#lib/server/support/service.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { World } from '../../support/world.ts';

/** What a victim asks for in the tests, of the police's own desk. */
export function asked(w: World, more: Partial<Ask> = {}): Ask {
	return {
		kind: 'money',
		urgency: 'two_days',
		reach: { channels: ['text'], words: 'After 2pm.' },
		deskId: w.policeDeskId,
		words: 'The rent is due on Friday.',
		...more
	};
}

/** Gives the value of a result that must be a good one. */
export function value<T>(result: Result<T, unknown>): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
	return result.value;
}

/** Asks, and gives the request's number and its reference at the desk. */
export async function ask(
	t: TestDatabase,
	w: World,
	more: Partial<Ask> = {},
	who: Ctx = w.victim
): Promise<{ number: number; reference: string }> {
	const number = value(await support.ask(who, randomUUID(), asked(w, more)));
	const row = await t.owner
		.selectFrom('support_request')
		.select('reference')
		.where('participation_id', '=', who.actor.participationId)
		.where('number', '=', number)
		.executeTakeFirstOrThrow();
	return { number, reference: row.reference };
}

/** A form about a request as it is now, with a key of its own. */
export async function form(
	t: TestDatabase,
	reference: string
): Promise<{ key: string; version: number }> {
	const row = await t.owner
		.selectFrom('support_request')
		.select('version')
		.where('reference', '=', reference)
		.executeTakeFirstOrThrow();
	return { key: randomUUID(), version: row.version };
}

/** Moves the clock of a world on by some minutes. */
export function later(w: World, minutes: number): void {
	w.now.at = new Date(w.now.at.getTime() + minutes * 60_000);
}
