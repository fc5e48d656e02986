import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parseAddress, type MailAddress } from '#lib/domain/notice/address.ts';
import * as contact from '#lib/server/contact/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

function address(typed: string): MailAddress {
	const read = parseAddress(typed);
	if (!read.ok) throw new Error('No address.');
	return read.value;
}

const told = (typed: string, version: string) => ({
	...{ address: address(typed), safe: true, version }
});
const standing = async () => (await contact.mail(w.officer, w.case)).mail;
const confirm = (given: ReturnType<typeof told>, key: string = randomUUID()) =>
	contact.confirmMail(w.officer, w.case.person, given, key);

test('an address is recorded and replaced by whoever saw the one before', async () => {
	expect((await confirm(told('one@example.com', ''))).ok).toBe(true);
	const first = await standing();
	expect(first).toMatchObject({ address: 'one@example.com', safe: 'safe' });
	expect((await confirm(told('two@example.com', first.version))).ok).toBe(true);
	expect((await standing()).address).toBe('two@example.com');
});

test('of ten at once who saw the same, one is recorded and nine are told', async () => {
	const all = Array.from({ length: 10 }, (_, n) => confirm(told(`n${String(n)}@example.com`, '')));
	const outcomes = await Promise.all(all);
	expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
	expect(outcomes.filter((outcome) => !outcome.ok && outcome.error === 'stale')).toHaveLength(9);
	const kept = outcomes.findIndex((outcome) => outcome.ok);
	expect((await standing()).address).toBe(`n${String(kept)}@example.com`);
});

test('one form pressed twice records once and is no clash with itself', async () => {
	const key = randomUUID();
	const twice = [1, 2].map(() => confirm(told('one@example.com', ''), key));
	expect((await Promise.all(twice)).every((outcome) => outcome.ok)).toBe(true);
});

test('another officer and a supervisor record no address', async () => {
	for (const ctx of [w.otherOfficer, w.supervisor, w.victim, w.caseworker]) {
		const tried = contact.confirmMail(ctx, w.case.person, told('x@example.com', ''), randomUUID());
		await expect(tried).rejects.toMatchObject({ kind: 'not_found' });
	}
});
