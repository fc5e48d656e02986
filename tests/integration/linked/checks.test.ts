import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import * as work from '#lib/server/cases/work.ts';
import { within } from '#lib/server/context.ts';
import * as invitationQueries from '#lib/server/invitations/queries.ts';
import * as invitations from '#lib/server/invitations/service.ts';
import * as meetings from '#lib/server/linked/service.ts';
import { testDatabase } from '../../support/database.ts';
import { world, type World } from '../../support/world.ts';
import { addPerson, link, page, resolve, setMail } from './acts.ts';

const t = await testDatabase();
let w: World;

beforeEach(async () => {
	w = await world(t, `force-${randomUUID().slice(0, 8)}`);
});
afterAll(() => t.close());

const gone = { kind: 'not_found' };
const check = { ok: false, error: 'check' };

describe('while a check is open', () => {
	test('nobody is invited, by the service and by PostgreSQL alone, and then again', async () => {
		await link(w, { address: 'them@example.com' });
		await setMail(w, 'them@example.com');
		const invite = () => invitations.invite(w.officer, w.case, randomUUID());
		await t.owner.updateTable('crime_case').set({ category: 'burglary' }).execute();
		expect(await invite()).toEqual(check);
		expect((await invitations.read(w.officer, w.case)).checkOpen).toBe(true);
		const row = {
			...{ force_id: w.forceId, participation_id: w.case.participationId },
			...{ code_hash: Buffer.alloc(32, 1), second_hash: Buffer.alloc(32, 2), made_label: null },
			...{ made_by: w.officer.actor.accountId ?? '', expires_at: new Date('2099-01-01') },
			...{ used_at: null, revoked_at: null }
		};
		const tried = within(w.officer, (tx) => invitationQueries.insertInvitation(tx, row));
		await expect(tried).rejects.toMatchObject({ constraint: 'invitation_after_check' });
		await resolve(w, 'mistake');
		expect((await invite()).ok).toBe(true);
	});

	test('somebody linked later stops those who are there already and share something', async () => {
		await setMail(w, 'them@example.com');
		expect(await link(w, { address: 'Them@Example.com' })).toBe(1);
		expect(await link(w, { initial: 'S', surname: 'Example' })).toBe(1);
		expect(await link(w, { initial: 'X', surname: 'Example' })).toBe(0);
		const { open } = await page(w);
		expect(open.map(({ about, person }) => [about, person])).toEqual([
			...[
				['linked_person', w.case.person],
				['linked_person', w.case.person]
			]
		]);
	});
});

test('somebody who is to act for a person is compared by one call', async () => {
	await link(w, { number: '07700 900123' });
	const meeting = (value: string) => ({
		...{ caseId: w.case.id, participationId: w.case.participationId },
		...{ about: 'representative' as const, name: 'Quin Other' },
		details: [{ channel: 'call' as const, value }]
	});
	const approve = (value: string) =>
		meetings.orStop(
			w.officer,
			within(w.officer, (tx) => meetings.mayMeet(w.officer, tx, meeting(value)))
		);
	expect(await approve('+44 7700 900123')).toEqual(check);
	expect((await page(w)).open).toMatchObject([{ about: 'representative' }]);
	expect((await approve('07700 900456')).ok).toBe(true);
});

test('with row security out of the way, the services alone refuse another officer', async () => {
	await link(w, { initial: 'Q', surname: 'Linked' });
	await addPerson(w, 'Quin Linked');
	const other = { ...w.otherOfficer, db: t.owner };
	await expect(page(w, other)).rejects.toMatchObject(gone);
	expect((await work.list(other)).lines.some((line) => line.kind === 'check')).toBe(false);
	expect(
		(await work.list({ ...w.officer, db: t.owner })).lines.some((one) => one.kind === 'check')
	).toBe(true);
});
