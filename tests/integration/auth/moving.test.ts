import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as sessions from '#lib/server/auth/sessions.ts';
import * as me from '#lib/server/me/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;
let token: string;

beforeAll(async () => {
	w = await world(t);
});
beforeEach(async () => {
	const { forceId, accountId } = w.victim.actor;
	const issued = { db: t.app, forceId, accountId: accountId ?? '' };
	token = (await sessions.issue({ ...issued, view: 'plain' })).token;
});
afterAll(() => t.close());

const find = (given: string) => sessions.find(t.app, w.forceId, given);
const moved = (given: string) => sessions.hasMoved(t.app, w.forceId, given);

const changes: [string, () => Promise<{ token: string } | null>][] = [
	['more is shown', () => me.showMore(w.victim, token)],
	['the phone is said to be one’s own', () => me.trustDevice(w.victim, token)],
	[
		'another case is opened',
		() => sessions.setParticipation(t.app, w.forceId, token, w.case.participationId)
	],
	['the secret is given again', () => sessions.stepUp(t.app, w.forceId, token)]
];

describe.each(changes)('when %s', (_, change) => {
	test('the session goes on under a new id, with the end it had; the old one is dead', async () => {
		const before = await find(token);
		const next = await change();
		expect(next?.token).not.toBe(token);
		expect(await find(token)).toBeNull();
		const after = await find(next?.token ?? '');
		expect(after?.session.expiresAt).toEqual(before?.session.expiresAt);
		expect(await sessions.showAll(t.app, w.forceId, token)).toBeNull();
		expect(await sessions.stepUp(t.app, w.forceId, token)).toBeNull();
	});

	test('of presses at once one is followed; the others know that it moved', async () => {
		const all = await Promise.all([change(), change(), change()]);
		const followed = all.filter((one) => one !== null);
		expect(followed).toHaveLength(1);
		expect(await moved(token)).toBe(true);
		expect(await find(followed[0]?.token ?? '')).not.toBeNull();
	});

	test('whoever leaves with the old id leaves for good', async () => {
		const next = await change();
		await sessions.end(t.app, w.forceId, token);
		expect(await find(next?.token ?? '')).toBeNull();
		expect(await moved(token)).toBe(false);
	});
});

test('less is shown under the id there is: nothing more is to be had by it', async () => {
	await me.showLess(w.victim, token);
	expect((await find(token))?.session.view).toBe('plain');
	expect(await moved(token)).toBe(false);
});

test('a case chosen twice at once is no error, and one that is not theirs is', async () => {
	const choose = (given: string, id: string) => me.choose(w.victim, given, id);
	const both = await Promise.all([
		choose(token, w.case.participationId),
		choose(token, w.case.participationId)
	]);
	expect(both.every(({ ok }) => ok)).toBe(true);
	const unknown = randomBytes(32).toString('hex');
	expect(await choose(unknown, w.case.participationId)).toEqual({ ok: false, error: 'not_yours' });
});

test('an id of one force has not moved in another', async () => {
	await me.showMore(w.victim, token);
	expect(await sessions.hasMoved(t.app, randomUUID(), token)).toBe(false);
});
