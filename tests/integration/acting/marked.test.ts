import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type * as acting from '#lib/server/acting/service.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as viewing from '#lib/server/needs/viewing.ts';
import * as support from '#lib/server/support/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { deskOf, nobody, parent } from './acts.ts';

const t = await testDatabase();
let w: World;
let desk: ReturnType<typeof deskOf>;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	desk = deskOf(t, w, w.case, w.officer);
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };
const supporter = (): acting.Named => ({
	...{ role: 'supporter_readonly', consent: true },
	until: new Date(w.now.at.getTime() + 30 * 86_400_000).toISOString().slice(0, 10),
	who: { ...nobody, given: 'Joy', family: 'Reed' }
});
const food = { kind: 'answered', choices: ['food'], words: '' } as const;
const say = (ctx: Ctx, version = 0) =>
	needs.say(ctx, {
		...{ key: randomUUID(), area: 'practical' },
		answers: [{ needId: 'PRA2', version, answer: food }]
	});
const write = (ctx: Ctx) =>
	messages.start(ctx, randomUUID(), { subject: 'dates', words: 'When is it?' });
const ask = (ctx: Ctx) =>
	support.ask(ctx, randomUUID(), {
		...{ kind: 'money', urgency: 'two_days', deskId: w.policeDeskId, words: 'a form' },
		reach: { channels: ['portal'], words: 'after nine' }
	});

describe('what a parent writes', () => {
	test('is marked as theirs to the victim, and as one’s own to the parent', async () => {
		const { ctx: mother } = await desk.open(parent);
		await say(mother);
		const thread = await write(mother);
		const asked = await ask(mother);
		if (!asked.ok) throw new Error(asked.error);
		const [theirs, own] = [
			await messages.read(w.victim, thread),
			await messages.read(mother, thread)
		];
		expect(theirs.lines).toMatchObject([{ as: 'parent_guardian', mine: false }]);
		expect(own.lines).toMatchObject([{ as: 'parent_guardian', mine: true }]);
		const request = await support.read(w.victim, asked.value);
		expect(request.story[0]).toMatchObject({ state: 'new', as: 'parent_guardian', mine: false });
		const { cards } = await needs.area(w.victim, 'practical', false);
		const card = cards.find(({ id }) => id === 'PRA2');
		expect(card?.told).toMatchObject({ as: 'parent_guardian', mine: false });
	});

	test('is marked as theirs to the officer', async () => {
		const { ctx: mother } = await desk.open(parent);
		await say(mother);
		const thread = await write(mother);
		const page = await messages.threadsFor(w.officer, w.case, thread);
		expect(page.open?.lines).toMatchObject([{ as: 'parent_guardian' }]);
		const { cards } = await viewing.area(w.officer, w.case, 'practical');
		const card = cards.find(({ id }) => id === 'PRA2');
		expect(card?.told).toMatchObject({ as: 'parent_guardian' });
	});

	test('is marked by PostgreSQL, whatever the row says, and the victim’s own is not', async () => {
		const { ctx: mother } = await desk.open(parent);
		await write(mother);
		await write(w.victim);
		const copy = (ctx: Ctx, as: string | null) =>
			within(ctx, (tx) =>
				sql`insert into message (force_id, id, thread_id, participation_id, controller_id, sequence,
						side, words_sealed, language, written_by, written_at, acted_as)
					select force_id, gen_random_uuid(), thread_id, participation_id, controller_id,
						sequence + 1, side, words_sealed, language, ${ctx.actor.accountId}::uuid, written_at, ${as}
					from message where written_by = ${ctx.actor.accountId}`.execute(tx)
			);
		await copy(mother, null);
		await copy(w.victim, 'family_spokesperson');
		const { rows } = await sql<{ mine: boolean; as: string | null }>`
			select written_by = ${w.victim.actor.accountId} as mine, acted_as as as from message
			where force_id = ${w.forceId} order by 1, 2`.execute(t.owner);
		expect(rows).toEqual([
			{ mine: false, as: 'parent_guardian' },
			{ mine: false, as: 'parent_guardian' },
			{ mine: true, as: null },
			{ mine: true, as: null }
		]);
	});
});

describe('a supporter', () => {
	test('is offered no form and refused by every service that writes', async () => {
		const { ctx: friend } = await desk.open(supporter());
		const asked = await ask(w.victim);
		if (!asked.ok) throw new Error(asked.error);
		expect(await messages.threads(friend)).toMatchObject({ mayWrite: false });
		expect(await support.overview(friend)).toMatchObject({ mayAsk: false });
		expect(await support.read(friend, asked.value)).toMatchObject({
			...{ mayWrite: false, mayWithdraw: false }
		});
		await expect(say(friend)).rejects.toMatchObject(gone);
		await expect(write(friend)).rejects.toMatchObject(gone);
		await expect(ask(friend)).rejects.toMatchObject(gone);
		await expect(messages.newPage(friend)).rejects.toMatchObject(gone);
		await expect(support.askPage(friend)).rejects.toMatchObject(gone);
	});

	test('is refused by PostgreSQL too, and marks nothing as read', async () => {
		const { ctx: friend } = await desk.open(supporter());
		const thread = await write(w.victim);
		const answer = { key: randomUUID(), version: 1, words: 'At ten.' };
		await messages.reply(w.officer, w.case, thread, answer);
		expect((await messages.read(friend, thread)).lines).toHaveLength(2);
		expect((await messages.threads(w.victim)).threads).toMatchObject([{ unread: 1 }]);
		const bare = await within(friend, (tx) => sql`update message set read_at = now()`.execute(tx));
		expect(bare.numAffectedRows).toBe(0n);
		const consent = within(friend, (tx) =>
			sql`insert into consent (force_id, participation_id, controller_id, need_ids, given_by)
				values (${w.forceId}, ${w.case.participationId}, ${w.serviceControllerId}, '{PRA1}',
					${friend.actor.accountId})`.execute(tx)
		);
		await expect(consent).rejects.toThrow('row-level security');
		const forged = within(friend, (tx) =>
			sql`insert into message (force_id, id, thread_id, participation_id, controller_id, sequence,
					side, words_sealed, language, written_by, written_at)
				select force_id, gen_random_uuid(), thread_id, participation_id, controller_id, 9, 'victim',
					words_sealed, language, ${friend.actor.accountId}::uuid, now() from message
				where sequence = 1`.execute(tx)
		);
		await expect(forged).rejects.toThrow('row-level security');
	});

	test('is shown nothing of class C: not by the page, not after a secret, not by PostgreSQL', async () => {
		const { ctx: friend } = await desk.open(supporter());
		const safe = { kind: 'answered', choices: [], words: 'he has a key' } as const;
		const { cards } = await needs.area(w.victim, 'safety', true);
		const secret = cards.find((card) => card.sensitivity === 'C' && card.asked === 'page');
		if (!secret) throw new Error('no need of class C');
		const choices = secret.form === 'text' ? [] : secret.options.slice(0, 1);
		const said = await needs.say(w.victim, {
			...{ key: randomUUID(), area: 'safety' },
			answers: [{ needId: secret.id, version: 0, answer: { ...safe, choices } }]
		});
		expect(said.ok).toBe(true);
		const until = new Date(w.now.at.getTime() + 60_000);
		const given = { ...friend, actor: { ...friend.actor, steppedUpUntil: until } };
		const shown = (await needs.area(given, 'safety', true)).cards.find(
			({ id }) => id === secret.id
		);
		expect(shown?.told ?? null).toBeNull();
		const { rows } = await within(given, (tx) => sql`select 1 from statement`.execute(tx));
		expect(rows).toEqual([]);
		const own = await within(w.victim, (tx) => sql`select 1 from statement`.execute(tx));
		expect(own.rows).toHaveLength(1);
	});

	test('is not told how to reach the victim, not even after a secret', async () => {
		const { ctx: friend } = await desk.open(supporter());
		const asked = await ask(w.victim);
		if (!asked.ok) throw new Error(asked.error);
		const until = new Date(w.now.at.getTime() + 60_000);
		const given = (ctx: Ctx) => ({ ...ctx, actor: { ...ctx.actor, steppedUpUntil: until } });
		expect((await support.read(given(friend), asked.value, true)).reach).toBeNull();
		expect((await support.read(given(w.victim), asked.value, true)).reach?.words).toBe(
			'after nine'
		);
	});
});
