import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as activation from '#lib/server/accounts/activation.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as me from '#lib/server/me/service.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import { testDatabase } from '../../support/database.ts';
import { testKeys, world, type World } from '../../support/world.ts';
import { ask, form, value } from '../support/asking.ts';

const t = await testDatabase();
let w: World;
let reference: string;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
	({ reference } = await ask(t, w));
	value(await desk.take(w.caseworker, reference, await form(t, reference)));
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };
const invite = (by: Ctx, request = reference) => invitations.invite(by, { request }, randomUUID());
const say = (by: Ctx, safe: ('site' | 'phone')[]) =>
	invitations.recordConversation(by, { request: reference }, { safe, note: 'n' }, randomUUID());

describe('a caseworker who took a request', () => {
	test('gives its person a way back in, which the officer and the person see afterwards', async () => {
		const made = value(await invite(w.caseworker));
		const page = await invitations.read(w.officer, w.case);
		expect(page.invitations).toMatchObject([
			{ state: 'open', purpose: 'recovery', madeBy: w.caseworker.actor.label }
		]);
		const outside = { db: t.app, forceId: w.forceId, keys: testKeys, requestId: 'test' };
		const begun = value(await activation.begin(outside, made, '192.0.2.9'));
		const secret = { name: randomUUID(), password: 'lantern orchard nine', own: true };
		value(await activation.withPassword(outside, begun.ticket, secret));
		expect(await me.recoveries(w.victim)).toHaveLength(1);
	});

	test('asks first where the risk is high, and a word that the site is unsafe holds for all', async () => {
		await t.owner.updateTable('crime_case').set({ category: 'domestic_abuse' }).execute();
		expect(await invite(w.caseworker)).toEqual({ ok: false, error: 'conversation' });
		await say(w.caseworker, ['site']);
		expect((await invite(w.caseworker)).ok).toBe(true);
		await say(w.caseworker, ['phone']);
		expect(await invitations.invite(w.officer, w.case, randomUUID())).toEqual({
			...{ ok: false, error: 'unsafe' }
		});
		const page = await invitations.read(w.officer, w.case);
		expect(page.conversation?.heldBy).toBe(w.caseworker.actor.label);
		expect(page.invitations[0]?.state).toBe('revoked');
	});

	test('gives a fresh code of their own first', async () => {
		const tired = { ...w.caseworker, actor: { ...w.caseworker.actor, steppedUpUntil: null } };
		expect(await invite(tired)).toEqual({ ok: false, error: 'not_fresh' });
	});

	test('does not when it is closed, nor by the officer’s address', async () => {
		await expect(invitations.invite(w.caseworker, w.case, randomUUID())).rejects.toMatchObject(
			gone
		);
		await sql`update support_request set state = 'done', closed_at = now()
			where reference = ${reference}`.execute(t.owner);
		await expect(invite(w.caseworker)).rejects.toMatchObject(gone);
		await expect(invitations.read(w.caseworker, { request: reference })).rejects.toMatchObject(
			gone
		);
	});
});

describe('nobody else', () => {
	test('at the desk, in the police or outside makes a code by a request', async () => {
		const colleague = await w.person('caseworker');
		for (const ctx of [colleague, w.serviceCaseworker, w.officer, w.victim]) {
			await expect(invite(ctx)).rejects.toMatchObject(gone);
			await expect(invitations.read(ctx, { request: reference })).rejects.toMatchObject(gone);
		}
	});

	test('of an independent service does for the request that they took', async () => {
		const { reference: theirs } = await ask(t, w, { deskId: w.serviceDeskId });
		value(await desk.take(w.serviceCaseworker, theirs, await form(t, theirs)));
		await expect(invite(w.serviceCaseworker, theirs)).rejects.toMatchObject(gone);
		const bare = within(w.serviceCaseworker, (tx) =>
			sql`insert into invitation (force_id, participation_id, code_hash, second_hash, made_by, expires_at)
				values (${w.forceId}, ${w.case.participationId}, sha256('a'), sha256('b'),
					${w.serviceCaseworker.actor.accountId}, now() + interval '1 day')`.execute(tx)
		);
		await expect(bare).rejects.toThrow('row-level security');
	});
});

test('whoever works on it now ends the code that somebody made before them', async () => {
	value(await invite(w.caseworker));
	await invitations.revoke(w.officer, w.case, randomUUID());
	const page = await invitations.read(w.officer, w.case);
	expect(page.invitations).toMatchObject([{ state: 'revoked' }]);
	value(await invitations.invite(w.officer, w.case, randomUUID()));
	value(await invite(w.caseworker));
	const states = (await invitations.read(w.officer, w.case)).invitations.map(({ state }) => state);
	expect(states.sort()).toEqual(['open', 'revoked', 'revoked']);
});
