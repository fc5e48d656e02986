import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase, type TestDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import {
	jobs,
	notices,
	openOffice,
	say,
	staffWork,
	victimNews,
	victimOf,
	victimWith,
	type Channel,
	type Office
} from './office.ts';

let t: TestDatabase;
let w: World;
let office: Office;

beforeAll(async () => {
	t = await testDatabase();
	w = await world(t);
});
afterAll(() => t.close());
beforeEach(async () => {
	office = await openOffice(t, w);
});
afterEach(() => office.close());

describe('a notice to a victim', () => {
	test('arrives at a confirmed address that is safe, in the reader’s language', async () => {
		const rules = { safe: ['email'], unsafe: ['call'] };
		const { person, chosen, address } = await victimWith(t, w, {}, rules);
		await t.owner
			.updateTable('account')
			.set({ language: 'ur' })
			.where('id', '=', person.actor.accountId ?? '')
			.execute();
		await say(w.officer, victimNews(person, chosen));
		await office.runJobs();
		expect(office.post.arrived.map((each) => each.to)).toEqual([[address]]);
		expect(office.post.arrived[0]?.mail.html).toContain('lang="ur" dir="rtl"');
		expect(office.post.arrived[0]?.mail.subject).toMatch(/[\u0600-\u06ff]/);
		expect(await notices(t)).toMatchObject([{ state: 'sent' }]);
	});

	test('reads exactly like one to a member of staff', async () => {
		const { person, chosen } = await victimWith(t, w, {});
		await say(w.officer, victimNews(person, chosen), staffWork(w.supervisor));
		await office.runJobs();
		const said = office.post.arrived.map(({ mail }) => [
			mail.subject,
			mail.text,
			mail.html,
			mail.from?.text
		]);
		expect(said).toHaveLength(2);
		expect(said[0]).toEqual(said[1]);
	});

	test('without any address is withheld', async () => {
		await say(w.officer, victimNews(w.victim, w.case));
		await office.runJobs();
		expect(office.post.arrived).toEqual([]);
		expect(await notices(t)).toMatchObject([{ state: 'withheld', reason: 'no_channel' }]);
		expect(await jobs(t)).toBe(0);
	});

	test.each<[string, Channel, object | undefined, string]>([
		['nobody has checked', { state: 'held' }, undefined, 'no_channel'],
		['of which they said nothing', { safe: 'unknown' }, undefined, 'not_safe'],
		['they called unsafe', { safe: 'unsafe' }, undefined, 'not_safe'],
		['their plan forbids', {}, { safe: [], unsafe: ['email'] }, 'not_safe']
	])('with an address that %s is withheld', async (_name, channel, rules, reason) => {
		const { person, chosen } = await victimWith(t, w, channel, rules);
		await say(w.officer, victimNews(person, chosen));
		await office.runJobs();
		expect(office.post.arrived).toEqual([]);
		expect(await notices(t)).toMatchObject([{ state: 'withheld', reason }]);
	});

	test('goes by the rules of the moment of sending, not of queueing', async () => {
		const { person, chosen } = await victimWith(t, w, {});
		const { victimId } = await victimOf(t, chosen);
		await say(w.officer, victimNews(person, chosen));
		await t.owner
			.updateTable('contact_detail')
			.set({ safe: 'unsafe' })
			.where('victim_id', '=', victimId)
			.execute();
		await office.runJobs();
		expect(await notices(t)).toMatchObject([{ state: 'withheld', reason: 'not_safe' }]);
	});

	test('about somebody else’s participation is withheld', async () => {
		const { person } = await victimWith(t, w, {});
		const { chosen: another } = await victimWith(t, w, {});
		await say(w.officer, victimNews(person, another));
		await office.runJobs();
		expect(await notices(t)).toMatchObject([{ state: 'withheld', reason: 'not_theirs' }]);
	});
});
