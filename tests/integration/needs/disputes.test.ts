import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#lib/server/context.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as recording from '#lib/server/needs/recording.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { acts, line, says, type Acts } from './acts.ts';

const t = await testDatabase();
let w: World;
let act: Acts;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	act = acts(w);
});
afterAll(() => t.close());

describe('this is right, this is not right', () => {
	async function recordedSafety(): Promise<string> {
		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place: act.place,
			line: line('SAF5', ['phone'])
		});
		return (await act.victimCard('SAF5')).recorded?.id ?? '';
	}

	test('“not right” gives a limit, and someone else than its writer decides about safety', async () => {
		const entryId = await recordedSafety();
		const about = { needId: 'SAF5', entryId, version: 0, words: 'The post too' } as const;
		const sent = { key: randomUUID(), area: 'safety', kind: 'not_right', about } as const;
		expect((await needs.respond(w.victim, sent)).ok).toBe(true);
		const card = await act.victimCard('SAF5', act.steppedUp(w.victim));
		expect(card).toMatchObject({ standing: 'not_right', dueAt: new Date('2026-11-24T17:00:00Z') });
		expect(card.response?.text?.words).toBe('The post too');

		const staff = await act.staffCard(w.officer, 'SAF5');
		expect(staff.waiting).toMatchObject({ kind: 'not_right', mayOnlyAgree: true });
		const send = (ctx: Ctx) =>
			answering.review(ctx, {
				key: randomUUID(),
				place: act.place,
				answer: {
					needId: 'SAF5',
					statementId: staff.waiting?.statementId ?? '',
					answer: 'not_agreed',
					words: 'We keep it'
				}
			});
		expect(await send(w.officer)).toEqual({ ok: false, error: { kind: 'someone_else' } });
		expect((await send(w.supervisor)).ok).toBe(true);
	});

	test('“this is right” settles it, until the officer writes something new', async () => {
		const entryId = await recordedSafety();
		const about = { needId: 'SAF5', entryId, version: 0, words: '' } as const;
		const sent = { key: randomUUID(), area: 'safety', kind: 'still_right', about } as const;
		expect((await needs.respond(w.victim, sent)).ok).toBe(true);
		expect(await act.victimCard('SAF5')).toMatchObject({ standing: 'agreed', dueAt: null });

		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place: act.place,
			line: line('SAF5', ['email'], 1)
		});
		expect((await act.victimCard('SAF5')).standing).toBe('tell_more');
		const again = await needs.respond(w.victim, {
			...sent,
			key: randomUUID(),
			about: { ...about, version: 1 }
		});
		expect(again).toMatchObject({ ok: false, error: { kind: 'stale' } });
	});
});

describe('who is asked what', () => {
	test('a bereaved relative is not asked about injuries, nor may answer by a forged form', async () => {
		const relative = await w.person('victim');
		const theirs = await w.caseOf(w.officer, relative, 'bereaved_relative');
		const ctx = {
			...relative,
			actor: { ...relative.actor, participationId: theirs.participationId }
		};
		const { cards } = await needs.area(ctx, 'health', false);
		expect(cards.map((card) => card.id)).not.toContain('HEA1');
		const forged = needs.say(ctx, {
			key: randomUUID(),
			area: 'health',
			answers: [says('HEA1', ['pain'])]
		});
		await expect(forged).rejects.toMatchObject({ kind: 'not_found' });
	});

	test('a supporter who reads is shown no safety answer and cannot speak for her', async () => {
		await needs.say(w.victim, {
			key: randomUUID(),
			area: 'safety',
			answers: [says('SAF1', ['no'])]
		});
		const supporter = await w.person('victim', { participationId: w.case.participationId });
		await t.owner
			.insertInto('representative')
			.values({
				force_id: w.forceId,
				participation_id: w.case.participationId,
				account_id: supporter.actor.accountId ?? '',
				role: 'supporter_readonly',
				approved_by: w.officer.actor.accountId,
				approved_at: w.now.at,
				until_at: new Date('2030-01-01T00:00:00Z'),
				revoked_at: null
			})
			.execute();
		const view = await needs.area(act.steppedUp(supporter), 'safety', true);
		expect(view.maySay).toBe(false);
		expect(view.cards.find((card) => card.id === 'SAF1')?.told?.text ?? null).toBeNull();
		const spoken = needs.say(supporter, {
			key: randomUUID(),
			area: 'court',
			answers: [says('CRT1', ['ready'])]
		});
		await expect(spoken).rejects.toMatchObject({ kind: 'not_found' });
	});
});
