import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { needById, type NeedId } from '#lib/domain/need/catalogue.ts';
import type { EntryLine } from '#lib/forms/need-entry.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as answering from '#lib/server/needs/answering.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as recording from '#lib/server/needs/recording.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
let place: { reference: string; person: string };

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	place = { reference: w.case.reference, person: w.case.person };
});
afterAll(() => t.close());

const areaOf = (needId: NeedId) => needById(needId)?.area ?? 'safety';

const says = (needId: NeedId, choices: string[], version = 0, words = '') => ({
	needId,
	version,
	answer: { kind: 'answered' as const, choices, words }
});

const line = (needId: NeedId, choices: string[], version = 0): EntryLine => ({
	needId,
	version,
	choices,
	words: '',
	source: 'waymark',
	outcome: { kind: 'action', words: 'We will ask the court', owner: 'officer', by: '2026-12-01' }
});

function steppedUp(ctx: Ctx): Ctx {
	const steppedUpUntil = new Date(w.now.at.getTime() + 60_000);
	return { ...ctx, actor: { ...ctx.actor, steppedUpUntil } };
}

async function staffCard(ctx: Ctx, needId: NeedId) {
	const { cards } = await viewing.area(ctx, place, areaOf(needId));
	const card = cards.find((one) => one.id === needId);
	if (!card) throw new Error(`${needId} is not shown`);
	return card;
}

async function victimCard(needId: NeedId, ctx: Ctx = w.victim) {
	const { cards } = await needs.area(ctx, areaOf(needId), true);
	const card = cards.find((one) => one.id === needId);
	if (!card) throw new Error(`${needId} is not shown`);
	return card;
}

async function sayCourt(version = 0, choices = ['very_worried']) {
	return needs.say(w.victim, {
		key: randomUUID(),
		area: 'court',
		answers: [says('CRT1', choices, version)]
	});
}

describe('what the victim says, the officer answers, the victim reads', () => {
	test('a need said stands with the officer, with its limit, until the answer is there', async () => {
		expect(await sayCourt()).toEqual({ ok: true, value: { said: 1 } });
		const mine = await victimCard('CRT1');
		expect(mine).toMatchObject({ standing: 'with_officer', version: 1, reply: null });
		expect(mine.told).toMatchObject({ mine: true, text: { choices: ['very_worried'] } });
		expect(mine.dueAt).toEqual(new Date('2026-11-30T17:00:00Z'));

		const card = await staffCard(w.officer, 'CRT1');
		expect(card.told?.text?.choices).toEqual(['very_worried']);
		const statementId = card.waiting?.statementId ?? '';
		w.now.at = new Date('2026-11-24T09:00:00Z');
		const answer = {
			needId: 'CRT1',
			statementId,
			answer: 'agreed_in_part',
			words: 'A visit'
		} as const;
		const done = await answering.review(w.officer, { key: randomUUID(), place, answer });
		expect(done).toEqual({ ok: true, value: 'answered' });

		const after = await victimCard('CRT1');
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
		await sayCourt();
		const card = await staffCard(w.supervisor, 'CRT1');
		const statementId = card.waiting?.statementId ?? '';
		const answer = { needId: 'CRT1', statementId, answer: 'agreed', words: 'We agree' } as const;
		const done = await answering.review(w.supervisor, { key: randomUUID(), place, answer });
		expect(done.ok).toBe(true);
		const recorded = recording.recordEntry(w.supervisor, {
			key: randomUUID(),
			place,
			line: line('CRT1', ['ready'])
		});
		await expect(recorded).rejects.toMatchObject({ kind: 'not_found' });
	});

	test('both voices stand side by side, and a difference is seen; neither replaces the other', async () => {
		await sayCourt();
		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place,
			line: line('CRT1', ['ready'])
		});
		const card = await victimCard('CRT1');
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
		await sayCourt();
		expect(await sayCourt(1)).toEqual({ ok: true, value: { said: 0 } });
		expect((await victimCard('CRT1')).lines).toBe(1);
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
		const { cards } = await viewing.area(w.officer, place, 'court');
		const statementIds = cards.flatMap((card) => card.waiting?.statementId ?? []);
		expect(statementIds).toHaveLength(2);
		const agree = (ids: string[]) =>
			answering.agreeWithAll(w.officer, {
				key: randomUUID(),
				place,
				area: 'court',
				agreement: { statementIds: ids, words: 'We agree with all of this' }
			});
		expect(await agree(statementIds.slice(1))).toEqual({ ok: false, error: 'stale' });
		expect(await agree(statementIds)).toEqual({ ok: true, value: 'answered' });
		expect((await victimCard('CRT1')).standing).toBe('agreed');
		expect((await victimCard('CRT6')).reply?.words).toBe('We agree with all of this');
		const news = await t.owner
			.selectFrom('notice')
			.select('account_id')
			.where('force_id', '=', w.forceId)
			.where('kind', '=', 'victim_news')
			.execute();
		expect(news).toEqual([{ account_id: w.victim.actor.accountId }]);
	});
});

describe('stale forms and second presses', () => {
	test('an answer over one that somebody else gave meanwhile is refused, with theirs', async () => {
		await sayCourt(0, ['ready']);
		const second = await sayCourt(0, ['very_worried']);
		expect(second).toMatchObject({ ok: false, error: { kind: 'stale' } });
		if (second.ok) throw new Error('it was taken');
		expect(second.error.clashes).toEqual([
			{
				needId: 'CRT1',
				version: 1,
				theirs: expect.objectContaining({ text: { choices: ['ready'], words: '' } })
			}
		]);
		expect((await victimCard('CRT1')).lines).toBe(1);
	});

	test('a form refused as stale can be sent again with the key it has', async () => {
		await sayCourt(0, ['ready']);
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
		expect((await victimCard('CRT1')).lines).toBe(1);
	});

	test('an answer to a statement that was answered or replaced meanwhile is refused', async () => {
		await sayCourt(0, ['ready']);
		const old = (await staffCard(w.officer, 'CRT1')).waiting?.statementId ?? '';
		await sayCourt(1, ['very_worried']);
		const send = (statementId: string) =>
			answering.review(w.officer, {
				key: randomUUID(),
				place,
				answer: { needId: 'CRT1', statementId, answer: 'agreed', words: 'Yes' }
			});
		expect(await send(old)).toMatchObject({
			ok: false,
			error: { kind: 'stale', newer: { said: { choices: ['very_worried'] } } }
		});
		const now = (await staffCard(w.officer, 'CRT1')).waiting?.statementId ?? '';
		expect((await send(now)).ok).toBe(true);
		expect(await send(now)).toMatchObject({ ok: false, error: { theirs: { words: 'Yes' } } });
	});

	test('an entry over a newer entry is refused; so is a confirmation of what has changed', async () => {
		const put = (version: number) =>
			recording.recordEntry(w.officer, {
				key: randomUUID(),
				place,
				line: line('CRT1', ['ready'], version)
			});
		expect((await put(0)).ok).toBe(true);
		expect(await put(0)).toEqual({ ok: false, error: { kind: 'stale', version: 1 } });
		expect((await put(1)).ok).toBe(true);

		const confirm = (version: number) =>
			recording.confirm(w.officer, { key: randomUUID(), place, version });
		const { assessment } = await viewing.person(w.officer, place);
		expect((await confirm(assessment.version)).ok).toBe(true);
		expect((await confirm(assessment.version)).ok).toBe(false);
	});

	test('saying it again does not put the officer’s clock back', async () => {
		await sayCourt(0, ['ready']);
		w.now.at = new Date('2026-11-26T10:00:00Z');
		await sayCourt(1, ['very_worried']);
		expect((await victimCard('CRT1')).dueAt).toEqual(new Date('2026-11-30T17:00:00Z'));
	});
});

describe('this is right, this is not right', () => {
	async function recordedSafety(): Promise<string> {
		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place,
			line: line('SAF5', ['phone'])
		});
		return (await victimCard('SAF5')).recorded?.id ?? '';
	}

	test('“not right” gives a limit, and someone else than its writer decides about safety', async () => {
		const entryId = await recordedSafety();
		const about = { needId: 'SAF5', entryId, version: 0, words: 'The post too' } as const;
		const sent = { key: randomUUID(), area: 'safety', kind: 'not_right', about } as const;
		expect((await needs.respond(w.victim, sent)).ok).toBe(true);
		const card = await victimCard('SAF5', steppedUp(w.victim));
		expect(card).toMatchObject({ standing: 'not_right', dueAt: new Date('2026-11-24T17:00:00Z') });
		expect(card.response?.text?.words).toBe('The post too');

		const staff = await staffCard(w.officer, 'SAF5');
		expect(staff.waiting).toMatchObject({ kind: 'not_right', mayOnlyAgree: true });
		const send = (ctx: Ctx) =>
			answering.review(ctx, {
				key: randomUUID(),
				place,
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
		expect(await victimCard('SAF5')).toMatchObject({ standing: 'agreed', dueAt: null });

		await recording.recordEntry(w.officer, {
			key: randomUUID(),
			place,
			line: line('SAF5', ['email'], 1)
		});
		expect((await victimCard('SAF5')).standing).toBe('tell_more');
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
		const view = await needs.area(steppedUp(supporter), 'safety', true);
		expect(view.maySay).toBe(false);
		expect(view.cards.find((card) => card.id === 'SAF1')?.told?.text).toBeNull();
		const spoken = needs.say(supporter, {
			key: randomUUID(),
			area: 'court',
			answers: [says('CRT1', ['ready'])]
		});
		await expect(spoken).rejects.toMatchObject({ kind: 'not_found' });
	});
});
