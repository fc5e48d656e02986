import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wholeRules } from '#lib/domain/contact/safety-plan.ts';
import { parseAddress } from '#lib/domain/notice/address.ts';
import * as activation from '#lib/server/accounts/activation.ts';
import * as contact from '#lib/server/contact/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as safety from '#lib/server/safety/service.ts';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { about, testKeys, world, type TestCase, type World } from '../../support/world.ts';
import { openOffice, victimWith, type Channel, type Office } from '../notice/office.ts';
import { value } from '../support/asking.ts';

let t: TestDatabase;
let w: World;
let office: Office;
let person: Ctx;
let chosen: TestCase;
let address: string;

beforeAll(async () => {
	t = await testDatabase();
});
afterAll(() => t.close());
beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
	w.now.at = new Date();
	office = await openOffice(t, w);
	await setUp({});
});
afterEach(() => office.close());

async function setUp(channel: Channel): Promise<void> {
	const made = await victimWith(t, w, channel);
	({ chosen, address } = made);
	person = about(made.person, chosen);
	await sql`update crime_case set category = 'burglary' where id = ${chosen.id}`.execute(t.owner);
}
const invite = () => invitations.invite(w.officer, chosen, randomUUID(), true);
const page = () => invitations.read(w.officer, chosen);
const outside = () => ({ db: t.app, forceId: w.forceId, keys: testKeys, requestId: 'test' });
const begin = (codes: { code: string; second: string }) =>
	activation.begin(outside(), codes, '192.0.2.77');
const stored = async () => {
	const { rows } = await sql<{ state: string; kept: boolean }>`
		select state, code_sealed is not null as kept from mailed_code
		where force_id = ${w.forceId}`.execute(t.owner);
	return rows;
};

describe('where mail is safe', () => {
	test('the code is mailed and forgotten, and the second number is nowhere in the mail', async () => {
		expect((await page()).mayMail).toBe(true);
		const codes = value(await invite());
		expect(await stored()).toEqual([{ state: 'waiting', kept: true }]);
		await office.runJobs();
		const [arrived] = office.post.arrived;
		expect(arrived?.to).toEqual([address]);
		const words = `${arrived?.mail.text ?? ''} ${String(arrived?.mail.html)} ${arrived?.mail.subject ?? ''}`;
		expect(words.replaceAll(' ', '')).toContain(codes.code);
		expect(words).not.toContain(codes.second);
		expect(words).not.toMatch(/https?:|waymark|police|officer/i);
		expect(await stored()).toEqual([{ state: 'sent', kept: false }]);
		expect((await page()).invitations).toMatchObject([{ state: 'open', mailed: 'sent' }]);
		expect((await begin(codes)).ok).toBe(true);
	});

	test('a code that was not asked to be mailed is not', async () => {
		value(await invitations.invite(w.officer, chosen, randomUUID()));
		await office.runJobs();
		expect([office.post.arrived.length, await stored()]).toEqual([0, []]);
	});

	test('it is not sent when it was ended before, and opens nothing once mail is unsafe', async () => {
		value(await invite());
		await invitations.revoke(w.officer, chosen, randomUUID());
		await office.runJobs();
		expect(office.post.arrived).toEqual([]);
		expect(await stored()).toEqual([{ state: 'withheld', kept: false }]);

		const codes = value(await invite());
		await office.runJobs();
		expect(office.post.arrived).toHaveLength(1);
		const { mail } = await contact.mail(w.officer, chosen);
		const told = { address: value(parseAddress(address)), safe: false, version: mail.version };
		value(await contact.confirmMail(w.officer, chosen.person, told, randomUUID()));
		expect(await begin(codes)).toEqual({ ok: false, error: { kind: 'refused' } });
	});

	test('with the mail server away it is kept and tried again', async () => {
		const codes = value(await invite());
		await office.post.close();
		await office.runJobs();
		expect(await stored()).toEqual([{ state: 'waiting', kept: true }]);
		expect((await begin(codes)).ok).toBe(true);
	});
});

describe('where mail is not known to be safe nothing is mailed or made', () => {
	test.each<[string, Channel]>([
		['nobody checked the address', { state: 'held' }],
		['they never said it is safe', { safe: 'unknown' }],
		['they said it is not', { safe: 'unsafe' }]
	])('when %s', async (_when, channel) => {
		await setUp(channel);
		expect((await page()).mayMail).toBe(false);
		expect(await invite()).toEqual({ ok: false, error: 'mail' });
		expect((await page()).invitations).toEqual([]);
	});

	test('when their plan closes mail, now or by the time it is sent', async () => {
		const fresh = { ...person.actor, steppedUpUntil: new Date(w.now.at.getTime() + 60_000) };
		value(await invite());
		const rules = wholeRules({ safe: ['call'], hours: 'any', phone: 'nobody' });
		value(await safety.save({ ...person, actor: fresh }, rules, 0));
		await office.runJobs();
		expect(office.post.arrived).toEqual([]);
		expect(await stored()).toEqual([{ state: 'withheld', kept: false }]);
		expect(await invite()).toEqual({ ok: false, error: 'mail' });
	});

	test('when they were asked and left mail out', async () => {
		const said = { safe: ['site', 'phone'], note: '' } as const;
		await invitations.recordConversation(w.officer, chosen, said, randomUUID());
		expect(await invite()).toEqual({ ok: false, error: 'mail' });
		const again = { safe: ['site', 'mail'], note: '' } as const;
		await invitations.recordConversation(w.officer, chosen, again, randomUUID());
		expect((await invite()).ok).toBe(true);
	});
});
