import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Result } from '#lib/domain/result.ts';
import type * as cases from '#lib/server/cases/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as access from '#lib/server/restricted/service.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { World } from '../../support/world.ts';

/** Makes somebody who works at the desk of professional standards. */
export async function standardsPerson(t: TestDatabase, w: World): Promise<Ctx> {
	const id = randomUUID();
	await t.owner
		.insertInto('desk')
		.values({
			...{ force_id: w.forceId, id, controller_id: w.forceControllerId },
			...{ kind: 'professional_standards', name: 'Professional standards', next_desk_id: null }
		})
		.execute();
	return w.person('agency_desk', { deskId: id, controllerId: w.forceControllerId });
}

/** Gives what a command gave; throws when it refused. */
export function good<T>(result: Result<T, unknown>): T {
	if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
	return result.value;
}

/** Changes one list of a case as somebody, with a form of its own. */
export function listing(reference: string) {
	const form = () => ({ reason: 'planted reason', key: randomUUID() });
	return {
		restrict: (by: Ctx) => access.restrict(by, reference, form()),
		add: (by: Ctx, act: 'named' | 'barred', whom: Ctx) =>
			access.add(by, reference, { ...form(), act, label: whom.actor.label ?? '' }),
		remove: (by: Ctx, act: 'unnamed' | 'unbarred', whom: Ctx) =>
			access.remove(by, reference, { ...form(), act, accountId: whom.actor.accountId ?? '' }),
		ask: (by: Ctx) => access.askLift(by, reference, form()),
		answer: (by: Ctx, agree: boolean) => access.answerLift(by, reference, { ...form(), agree })
	};
}

let crimes = 0;

/** What an officer says to open a case whose people work where it could be read. */
export function opening(insider: {
	named?: readonly string[];
	barred?: readonly string[];
}): cases.NewCase {
	crimes += 1;
	const person = { name: 'Plantedname Example', role: 'self', language: 'en' } as const;
	return {
		crimeReference: `20/${String(crimes).padStart(6, '0')}/26`,
		category: 'burglary',
		reportedAt: new Date('2026-11-20T09:00:00Z'),
		person: { ...person, tier: 'standard', grounds: [] },
		insider: { restrict: true, named: insider.named ?? [], barred: insider.barred ?? [] }
	};
}

/** Gives who works on a case at this moment, and as what. */
export async function working(t: TestDatabase, caseId: string): Promise<Record<string, string>> {
	const { rows } = await sql<{ account_id: string; kind: string }>`
		select account_id, kind from case_assignment
		where case_id = ${caseId} and ended_at is null`.execute(t.owner);
	return Object.fromEntries(rows.map((row) => [row.account_id, row.kind]));
}
