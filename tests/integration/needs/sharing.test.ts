import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { within, type Ctx } from '#lib/server/context.ts';
import * as needs from '#lib/server/needs/service.ts';
import { neededForSupport } from '#lib/server/needs/sharing.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { says } from './acts.ts';

const t = await testDatabase();
let w: World;

beforeAll(async () => {
	w = await world(t);
	const [support, contact] = [says('SUP1', ['yes']), says('CON5', [], 0, 'a word')];
	await needs.say(w.victim, { key: randomUUID(), area: 'support', answers: [support] });
	await needs.say(w.victim, { key: randomUUID(), area: 'contact', answers: [contact] });
});
afterAll(() => t.close());

/** How many statements PostgreSQL alone lets the service's caseworker see. */
async function statements(): Promise<number> {
	const { rows } = await within(w.serviceCaseworker, (tx) =>
		sql<{ n: number }>`select count(*)::int as n from statement`.execute(tx)
	);
	return rows[0]?.n ?? -1;
}

describe('an independent service', () => {
	test('reads a need only with her consent, even when it has taken her request', async () => {
		const read = () =>
			within(w.serviceCaseworker, (tx) =>
				neededForSupport(tx, w.serviceCaseworker.actor, w.case.participationId)
			);
		await takenRequest(w.serviceCaseworker);
		expect(await read()).toEqual([]);
		expect(await statements()).toBe(0);

		await t.owner
			.insertInto('consent')
			.values({
				force_id: w.forceId,
				participation_id: w.case.participationId,
				controller_id: w.serviceControllerId,
				need_ids: ['SUP1', 'CON5'],
				given_by: w.victim.actor.accountId ?? '',
				revoked_at: null
			})
			.execute();
		// The safe word is for those who ring only: consent does not widen what the catalogue sends.
		expect((await read()).map((need) => need.needId)).toEqual(['SUP1']);
		// Row security knows consent alone; that one is the narrower lock is on purpose.
		expect(await statements()).toBe(2);
	});

	async function takenRequest(by: Ctx): Promise<void> {
		const state = {
			state: 'in_progress',
			taken_by: by.actor.accountId,
			taken_at: w.now.at
		} as const;
		await t.owner
			.insertInto('support_request')
			.values({
				...{ force_id: w.forceId, id: randomUUID(), participation_id: w.case.participationId },
				...{ number: 1, reference: 'SR-000001', controller_id: w.serviceControllerId },
				...{ desk_id: w.serviceDeskId, kind: 'talk', urgency: 'today', ...state },
				...{ reach_sealed: 'ey', words_sealed: 'ey', taken_label: 'An advocate' },
				...{ asked_at: w.now.at, due_at: new Date('2026-11-23T17:00:00Z'), closed_at: null }
			})
			.execute();
	}
});
