import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Safe } from '#lib/domain/contact/held-change.ts';
import { within } from '#lib/server/context.ts';
import { asWorker } from '#lib/server/jobs/worker-context.ts';
import * as checking from '#lib/server/reach/checking.ts';
import { testDatabase } from '../../support/database.ts';
import { testKeys, world, type World } from '../../support/world.ts';
import { openOffice, say, victimNews, victimOf, type Office } from '../notice/office.ts';
import { ask, keep, shown } from './people.ts';

const t = await testDatabase();
let w: World;
let office: Office;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	office = await openOffice(t, w);
});
afterEach(() => office.close());
afterAll(() => t.close());

const old = 'old@example.com';
const wanted = 'new@example.com';
const arrived = () => office.post.arrived.flatMap((each) => each.to).sort();
const officer = () => `${w.officer.actor.accountId ?? ''}@example.com`;
const ofTheVictim = () => arrived().filter((to) => to === old || to === wanted);

test('a mail goes to the old address while a change is held, and to the new one after', async () => {
	await keep(t, w, w.case, { channel: 'mail', value: old, safe: 'safe' });
	await ask(w, w.victim, 'mail', wanted, { safe: 'unknown' });
	await say(w.officer, victimNews(w.victim, w.case));
	await office.runJobs();
	expect(ofTheVictim()).toEqual([old]);
	await checking.confirm(
		w.officer,
		w.case,
		{ ...(await shown(w.officer, w.case)), safe: 'safe' },
		randomUUID()
	);
	await say(w.officer, victimNews(w.victim, w.case));
	await office.runJobs();
	expect(ofTheVictim()).toEqual([wanted, old]);
});

test('with only a held address nothing is mailed', async () => {
	await ask(w, w.victim, 'mail', wanted);
	await say(w.officer, victimNews(w.victim, w.case));
	await office.runJobs();
	expect(arrived()).toEqual([officer()]);
});

test.each<[Safe, Safe, string[]]>([
	['safe', 'safe', [old]],
	['safe', 'unsafe', []],
	['safe', 'unknown', []],
	['unsafe', 'safe', []],
	['unknown', 'safe', []]
])('an old address that is %s hears of a new one that is %s: %j', async (was, asked, told) => {
	await keep(t, w, w.case, { channel: 'mail', value: old, safe: was });
	await ask(w, w.victim, 'mail', wanted, { safe: asked });
	await office.runJobs();
	expect(ofTheVictim()).toEqual(told);
	// The officer hears that something waits, in the same words as ever.
	expect(arrived()).toContain(officer());
});

test('nobody is told by a confirmation', async () => {
	await keep(t, w, w.case, { channel: 'mail', value: old, safe: 'unsafe' });
	await ask(w, w.victim, 'mail', wanted);
	await office.runJobs();
	const before = arrived();
	await checking.confirm(w.officer, w.case, await shown(w.officer, w.case), randomUUID());
	await office.runJobs();
	expect(arrived()).toEqual(before);
});

test('a refusal is told at the address in use, unless the one asked for is not safe', async () => {
	await keep(t, w, w.case, { channel: 'mail', value: old, safe: 'safe' });
	const refuse = async () => {
		const { change } = await shown(w.officer, w.case);
		await checking.refuse(w.officer, w.case, { change, words: 'No.' }, randomUUID());
		await office.runJobs();
	};
	await ask(w, w.victim, 'mail', wanted, { safe: 'unsafe' });
	await refuse();
	expect(ofTheVictim()).toEqual([]);
	await ask(w, w.victim, 'text', '07700 900002');
	await refuse();
	expect(ofTheVictim()).toEqual([old]);
});

test('PostgreSQL gives the role that sends no address but a confirmed and safe one', async () => {
	const { victimId } = await victimOf(t, w.case);
	const ctx = asWorker({ db: t.worker, keys: testKeys, clock: () => w.now.at }, w.forceId);
	const given = () =>
		within(ctx, async (tx) => {
			const { rows } = await sql<{ address: string | null }>`
				select mailable_address(${w.forceId}, ${victimId}) as address`.execute(tx);
			return rows[0]?.address ?? null;
		});
	await keep(t, w, w.case, { channel: 'mail', value: old, safe: 'safe' });
	expect(await given()).toMatch(/^ey/);
	for (const wrong of [
		{ safe: 'unsafe' },
		{ safe: 'unknown' },
		{ safe: 'safe', state: 'held' },
		{ safe: 'safe', state: 'replaced' }
	] as const) {
		await t.owner
			.updateTable('contact_detail')
			.set(wrong)
			.where('victim_id', '=', victimId)
			.execute();
		expect([wrong, await given()]).toEqual([wrong, null]);
	}
	const bare = within(ctx, (tx) => sql`select value_sealed from contact_detail`.execute(tx));
	await expect(bare).rejects.toMatchObject({ code: '42501' });
});
