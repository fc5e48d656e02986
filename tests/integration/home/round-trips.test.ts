import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as views from '#lib/server/cases/views.ts';
import * as work from '#lib/server/cases/work.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { connect } from '#lib/server/db/connect.ts';
import * as home from '#lib/server/home/service.ts';
import * as me from '#lib/server/me/service.ts';
import * as messages from '#lib/server/messages/service.ts';
import * as needs from '#lib/server/needs/service.ts';
import * as safety from '#lib/server/safety/service.ts';
import * as desk from '#lib/server/support/desk-service.ts';
import * as support from '#lib/server/support/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { countingWire } from './wire.ts';

const t = await testDatabase();
const wire = await countingWire(t.urls.app);
const app = connect(wire.url, { max: 1 });
let w: World;

beforeAll(async () => {
	w = await world(t);
	// The one connection is there before anything is counted.
	await sql`select 1`.execute(app);
});
afterAll(async () => {
	await app.destroy();
	await wire.close();
	await t.close();
});

/** Counts the round trips that some work makes over the wire. */
async function trips(ctx: Ctx, act: (ctx: Ctx) => Promise<unknown>): Promise<number> {
	const before = wire.turns();
	await act({ ...ctx, db: app });
	return wire.turns() - before;
}

test('the wire counts each wait for an answer', async () => {
	const oneByOne = (ctx: Ctx) =>
		within(ctx, async (tx) => {
			await sql`select 1`.execute(tx);
			await sql`select 1`.execute(tx);
		});
	const together = (ctx: Ctx) =>
		within(ctx, (tx) => Promise.all([sql`select 1`.execute(tx), sql`select 1`.execute(tx)]));
	expect(await trips(w.victim, oneByOne)).toBeGreaterThanOrEqual(3);
	expect(await trips(w.victim, together)).toBe(2);
});

const pages: readonly (readonly [
	string,
	'victim' | 'officer' | 'supervisor' | 'caseworker',
	(ctx: Ctx) => Promise<unknown>
])[] = [
	['home', 'victim', home.read],
	['progress', 'victim', home.progress],
	['about you', 'victim', me.read],
	['who has looked', 'victim', me.looked],
	['needs', 'victim', needs.overview],
	['an area of needs', 'victim', (ctx) => needs.area(ctx, 'practical', false)],
	['support', 'victim', support.overview],
	['asking', 'victim', support.askPage],
	['messages', 'victim', messages.threads],
	['my work', 'officer', work.list],
	['cases', 'officer', views.list],
	['the board', 'supervisor', work.board],
	['the queue', 'caseworker', (ctx) => desk.queue(ctx, { show: 'open', urgency: null })]
];

test.each(pages)('%s is one batch of questions and a commit', async (_page, who, load) => {
	expect(await trips(w[who], load)).toBe(2);
});

test('a case’s page and the page about being reached safely are no more than that either', async () => {
	expect(await trips(w.officer, (ctx) => views.view(ctx, w.case.reference))).toBe(2);
	const steppedUpUntil = new Date(w.now.at.getTime() + 60_000);
	const known = { ...w.victim, actor: { ...w.victim.actor, steppedUpUntil } };
	expect(await trips(known, safety.read)).toBe(2);
});

test('the plain view asks the database for nothing', async () => {
	const plain = { ...w.victim, actor: { ...w.victim.actor, view: 'plain' as const } };
	expect(await trips(plain, home.read)).toBe(0);
});
