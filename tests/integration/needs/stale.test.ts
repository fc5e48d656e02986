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

describe('stale forms and second presses', () => {
	test('an answer over one that somebody else gave meanwhile is refused, with theirs', async () => {
		await act.sayCourt(0, ['ready']);
		const second = await act.sayCourt(0, ['very_worried']);
		expect(second).toMatchObject({ ok: false, error: { kind: 'stale' } });
		if (second.ok) throw new Error('it was taken');
		expect(second.error.clashes).toEqual([
			{
				needId: 'CRT1',
				version: 1,
				theirs: expect.objectContaining({ text: { choices: ['ready'], words: '' } })
			}
		]);
		expect((await act.victimCard('CRT1')).lines).toBe(1);
	});

	test('a form refused as stale can be sent again with the key it has', async () => {
		await act.sayCourt(0, ['ready']);
		const key = randomUUID();
		const send = (version: number) =>
			needs.say(w.victim, { key, area: 'court', answers: [says('CRT1', ['know_more'], version)] });
		expect((await send(0)).ok).toBe(false);
		expect(await send(1)).toEqual({ ok: true, value: { said: 1 } });
		expect(await send(1)).toEqual({ ok: true, value: 'repeated' });
	});

	test('two presses at once act once', async () => {
		const key = randomUUID();
		const form = { key, area: 'court', answers: [says('CRT1', ['ready'])] } as const;
		const outcomes = await Promise.all([needs.say(w.victim, form), needs.say(w.victim, form)]);
		expect(outcomes.every((one) => one.ok)).toBe(true);
		expect((await act.victimCard('CRT1')).lines).toBe(1);
	});

	test('an answer to a statement that was answered or replaced meanwhile is refused', async () => {
		await act.sayCourt(0, ['ready']);
		const old = (await act.staffCard(w.officer, 'CRT1')).waiting?.statementId ?? '';
		await act.sayCourt(1, ['very_worried']);
		const send = (statementId: string) =>
			answering.review(w.officer, {
				key: randomUUID(),
				place: act.place,
				answer: { needId: 'CRT1', statementId, answer: 'agreed', words: 'Yes' }
			});
		expect(await send(old)).toMatchObject({
			ok: false,
			error: { kind: 'stale', newer: { said: { choices: ['very_worried'] } } }
		});
		const now = (await act.staffCard(w.officer, 'CRT1')).waiting?.statementId ?? '';
		expect((await send(now)).ok).toBe(true);
		expect(await send(now)).toMatchObject({ ok: false, error: { theirs: { words: 'Yes' } } });
	});

	test('an entry over a newer entry is refused; so is a confirmation of what has changed', async () => {
		const put = (version: number) =>
			recording.recordEntry(w.officer, {
				key: randomUUID(),
				place: act.place,
				line: line('CRT1', ['ready'], version)
			});
		expect((await put(0)).ok).toBe(true);
		expect(await put(0)).toEqual({ ok: false, error: { kind: 'stale', version: 1 } });
		expect((await put(1)).ok).toBe(true);

		const confirm = (version: number) =>
			recording.confirm(w.officer, { key: randomUUID(), place: act.place, version });
		const { assessment } = await viewing.person(w.officer, act.place);
		expect((await confirm(assessment.version)).ok).toBe(true);
		expect((await confirm(assessment.version)).ok).toBe(false);
	});

	test('saying it again does not put the officer’s clock back', async () => {
		await act.sayCourt(0, ['ready']);
		w.now.at = new Date('2026-11-26T10:00:00Z');
		await act.sayCourt(1, ['very_worried']);
		expect((await act.victimCard('CRT1')).dueAt).toEqual(new Date('2026-11-30T17:00:00Z'));
	});
});
