import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { categories } from '#lib/domain/case/category.ts';
import { grounds } from '#lib/domain/case/tier.ts';
import { needsConversation, type SafeWay } from '#lib/domain/invitation/risk.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as queries from '#lib/server/invitations/queries.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

const invite = (by: Ctx = w.officer, key: string = randomUUID()) =>
	invitations.invite(by, w.case, key);
const said = (safe: SafeWay[], note = '') =>
	invitations.recordConversation(w.officer, w.case, { safe, note }, randomUUID());
const about = (category: string) =>
	t.owner.updateTable('crime_case').set({ category }).where('id', '=', w.case.id).execute();
const page = () => invitations.read(w.officer, w.case);

test('an officer invites, and the page shows that a code is open but never the code', async () => {
	await about('burglary');
	const made = await invite();
	expect(made).toMatchObject({ ok: true, value: { code: /^\d{12}$/, second: /^\d{6}$/ } });
	const shown = await page();
	expect(shown.invitations).toMatchObject([{ state: 'open', madeBy: w.officer.actor.label }]);
	const { code } = made.ok ? made.value : { code: '' };
	expect(JSON.stringify(shown)).not.toContain(code);
	const stored = await sql<{ all: string }>`select string_agg(i::text, '') as all
		from invitation i where force_id = ${w.forceId}`.execute(t.owner);
	expect(stored.rows[0]?.all).not.toContain(code);
});

test('nobody is invited by an officer who has not just shown that it is still them', async () => {
	await about('burglary');
	const away: Ctx = { ...w.officer, actor: { ...w.officer.actor, steppedUpUntil: null } };
	expect(await invite(away)).toEqual({ ok: false, error: 'not_fresh' });
	expect((await invitations.read(away, w.case)).fresh).toBe(false);
	expect((await page()).invitations).toEqual([]);
	expect((await page()).fresh).toBe(true);
});

test('in a high-risk case nobody is invited before a conversation says the site is safe', async () => {
	await about('domestic_abuse');
	expect(await invite()).toEqual({ ok: false, error: 'conversation' });
	await said(['phone']);
	expect(await invite()).toEqual({ ok: false, error: 'unsafe' });
	await said(['site', 'phone']);
	expect((await invite()).ok).toBe(true);
});

test('a later conversation that says the site is unsafe ends the open code', async () => {
	await about('burglary');
	await invite();
	await said([], 'he has the phone now');
	const shown = await page();
	expect(shown.invitations[0]?.state).toBe('revoked');
	expect(shown.conversation).toMatchObject({ siteSafe: false, note: 'he has the phone now' });
	expect(await invite()).toEqual({ ok: false, error: 'unsafe' });
});

test('PostgreSQL alone refuses an invitation that no conversation allows', async () => {
	await about('domestic_abuse');
	const row = {
		...{ force_id: w.forceId, participation_id: w.case.participationId },
		...{ code_hash: Buffer.alloc(32, 1), second_hash: Buffer.alloc(32, 2), made_label: null },
		...{ made_by: w.officer.actor.accountId ?? '', expires_at: new Date('2099-01-01') },
		...{ used_at: null, revoked_at: null }
	};
	const tried = within(w.officer, (tx) => queries.insertInvitation(tx, row));
	await expect(tried).rejects.toMatchObject({ constraint: 'invitation_after_conversation' });
});

test('the rule of who is asked first is the same in the domain and in PostgreSQL', async () => {
	const cases = categories.flatMap((category) =>
		[[], ...grounds.map((one) => [one])].flatMap((named) =>
			[false, true].map((restricted) => ({ category, grounds: named, restricted }))
		)
	);
	for (const one of cases) {
		const { rows } = await sql<{ asks: boolean }>`
			select needs_safety_conversation(${one.category}, ${one.grounds}::text[],
				${one.restricted}) as asks`.execute(t.owner);
		expect([one, rows[0]?.asks]).toEqual([one, needsConversation(one)]);
	}
});

test('making another code ends the one before; of ten at once one stays open', async () => {
	await about('burglary');
	const all = await Promise.all(Array.from({ length: 10 }, () => invite()));
	expect(all.every((made) => made.ok)).toBe(true);
	const { rows } = await sql<{ open: number }>`select count(*)::int as open from invitation
		where force_id = ${w.forceId} and used_at is null and revoked_at is null`.execute(t.owner);
	expect(rows[0]?.open).toBe(1);
});

test('one form pressed twice makes one code and says that it did', async () => {
	await about('burglary');
	const key = randomUUID();
	expect((await invite(w.officer, key)).ok).toBe(true);
	expect(await invite(w.officer, key)).toEqual({ ok: false, error: 'repeated' });
});

test('nobody but an officer of the case sees or makes an invitation', async () => {
	for (const ctx of [w.otherOfficer, w.supervisor, w.victim, w.caseworker, w.otherVictim]) {
		await expect(invite(ctx)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(invitations.read(ctx, w.case)).rejects.toMatchObject({ kind: 'not_found' });
		const talk = { safe: ['site' as const], note: '' };
		const spoken = invitations.recordConversation(ctx, w.case, talk, randomUUID());
		await expect(spoken).rejects.toMatchObject({ kind: 'not_found' });
		const ended = invitations.revoke(ctx, w.case, randomUUID());
		await expect(ended).rejects.toMatchObject({ kind: 'not_found' });
	}
});
