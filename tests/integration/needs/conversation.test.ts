import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as answering from '#lib/server/needs/answering.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
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

describe('what the victim says, the officer answers, the victim reads', () => {
	test('a need said stands with the officer, with its limit, until the answer is there', async () => {
		expect(await act.sayCourt()).toEqual({ ok: true, value: { said: 1 } });
		const mine = await act.victimCard('CRT1');
		expect(mine).toMatchObject({ standing: 'with_officer', version: 1, reply: null });
		expect(mine.told).toMatchObject({ mine: true, text: { choices: ['very_worried'] } });
		expect(mine.dueAt).toEqual(new Date('2026-11-30T17:00:00Z'));

		const card = await act.staffCard(w.officer, 'CRT1');
		expect(card.told?.text?.choices).toEqual(['very_worried']);
		const statementId = card.waiting?.statementId ?? '';
		w.now.at = new Date('2026-11-24T09:00:00Z');
		const answer = {
			needId: 'CRT1',
			statementId,
			answer: 'agreed_in_part',
			words: 'A visit'
		} as const;
		const done = await answering.review(w.officer, { key: randomUUID(), place: act.place, answer });
		expect(done).toEqual({ ok: true, value: 'answered' });

		const after = await act.victimCard('CRT1');
		expect(after).toMatchObject({ standing: 'answered', dueAt: null });
		expect(after.reply).toMatchObject({
			answer: 'agreed_in_part',
			words: 'A visit',
			by: w.officer.actor.label,
			at: w.now.at,
			seen: false
		});
	});

	test('a supervisor of the team may answer, but only the officer records', async () => {
		await act.sayCourt();
		const card = await act.staffCard(w.supervisor, 'CRT1');
		const statementId = card.waiting?.statementId ?? '';
		const answer = { needId: 'CRT1', statementId, answer: 'agreed', words: 'We agree' } as const;
		const done = await answering.review(w.supervisor, {
			key: randomUUID(),
			place: act.place,
			answer
		});
		expect(done.ok).toBe(true);
		const recorded = recording.recordEntry(w.supervisor, {
			key: randomUUID(),
			place: act.place,
			line: line('CRT1', ['ready'])
		});
		await expect(recorded).rejects.toMatchObject({ kind: 'not_found' });
	});

	test('both voices stand side by side, and a difference is seen; neither replaces the other', async () => {
		await act.sayCourt();
		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place: act.place,
			line: line('CRT1', ['ready'])
		});
		const card = await act.victimCard('CRT1');
		expect(card.differs).toBe(true);
		expect(card.told?.text?.choices).toEqual(['very_worried']);
		expect(card.recorded).toMatchObject({ source: 'waymark', by: w.officer.actor.label });
		expect(card.recorded?.outcome).toEqual({
			kind: 'action',
			words: 'We will ask the court',
			owner: 'officer',
			by: '2026-12-01'
		});
	});

	test('only what is new becomes a statement, and its officer is told once', async () => {
		await act.sayCourt();
		expect(await act.sayCourt(1)).toEqual({ ok: true, value: { said: 0 } });
		expect((await act.victimCard('CRT1')).lines).toBe(1);
		const told = await t.owner
			.selectFrom('notice')
			.select(['account_id', 'kind'])
			.where('force_id', '=', w.forceId)
			.execute();
		expect(told).toEqual([{ account_id: w.officer.actor.accountId, kind: 'staff_work' }]);
	});

	test('what is agreed at once for a whole area answers each statement, and tells her once', async () => {
		await needs.say(w.victim, {
			key: randomUUID(),
			area: 'court',
			answers: [says('CRT1', ['ready']), says('CRT6', ['visit'])]
		});
		const { cards } = await viewing.area(w.officer, act.place, 'court');
		const statementIds = cards.flatMap((card) => card.waiting?.statementId ?? []);
		expect(statementIds).toHaveLength(2);
		const agree = (ids: string[]) =>
			answering.agreeWithAll(w.officer, {
				key: randomUUID(),
				place: act.place,
				area: 'court',
				agreement: { statementIds: ids, words: 'We agree with all of this' }
			});
		expect(await agree(statementIds.slice(1))).toEqual({ ok: false, error: 'stale' });
		expect(await agree(statementIds)).toEqual({ ok: true, value: 'answered' });
		expect((await act.victimCard('CRT1')).standing).toBe('agreed');
		expect((await act.victimCard('CRT6')).reply?.words).toBe('We agree with all of this');
		const news = await t.owner
			.selectFrom('notice')
			.select('account_id')
			.where('force_id', '=', w.forceId)
			.where('kind', '=', 'victim_news')
			.execute();
		expect(news).toEqual([{ account_id: w.victim.actor.accountId }]);
	});
});
