import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/domain/notice/address.ts';
import * as work from '#lib/server/cases/work.ts';
import * as contact from '#lib/server/contact/service.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import * as linked from '#lib/server/linked/page.ts';
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

describe('a linked person', () => {
	test('is shown as what is known, and never again as it was typed', async () => {
		await link(w, { address: '12 Planted Street, MD1 4QX', number: '07700 900123' });
		w.now.at = new Date(w.now.at.getTime() + 60_000);
		await link(w, { role: 'associate', initial: 'P', surname: 'Plantedname' });
		const shown = await page(w);
		expect(shown.people).toMatchObject([
			{ role: 'suspect', knows: ['address', 'number'], addedBy: w.officer.actor.label },
			{ role: 'associate', knows: ['name'] }
		]);
		expect(JSON.stringify(shown).toLowerCase()).not.toMatch(/planted|900123/);
		const { rows } = await sql<{ all: string }>`
			select string_agg(l::text, ' ') as all from linked_person l`.execute(t.owner);
		expect(rows[0]?.all.toLowerCase()).not.toMatch(/planted|900123|md1/);
	});

	test('has other hashes in another case, so that the two cannot be laid together', async () => {
		await link(w, { number: '07700 900123' });
		const data = { ...w.officer };
		const other = await w.caseOf(data, null);
		await linked.add(
			data,
			other.reference,
			{ role: 'suspect', address: null, number: '+447700900123', name: null, surname: null },
			randomUUID()
		);
		const { rows } = await sql<{ hashes: number }>`
			select count(distinct number_hash)::int as hashes from linked_person
			where force_id = ${w.forceId}`.execute(t.owner);
		expect(rows[0]?.hashes).toBe(2);
	});

	test('is taken off with a reason that is sealed, and counts for nothing then', async () => {
		await link(w, { initial: 'Q', surname: 'Linked' });
		const id = (await page(w)).people[0]?.id ?? '';
		const form = { id, reason: 'planted reason' };
		const remove = () => linked.remove(w.officer, w.case.reference, form, randomUUID());
		expect((await remove()).ok).toBe(true);
		expect(await remove()).toEqual({ ok: false, error: 'gone' });
		expect((await page(w)).people).toEqual([]);
		expect((await addPerson(w, 'Quin Linked')).ok).toBe(true);
		const { rows } = await sql<{ line: string }>`
			select l::text as line from linked_person l where id = ${id}`.execute(t.owner);
		expect(rows[0]?.line).not.toContain('planted');
	});

	test('can be read in PostgreSQL by nobody who works with the case, or does not', async () => {
		await link(w, { initial: 'Q', surname: 'Linked' });
		for (const by of [w.officer, w.supervisor, w.otherOfficer, w.caseworker, w.victim]) {
			for (const statement of [
				'select surname_hash from linked_person',
				'update linked_person set removed_at = now()',
				'delete from linked_person'
			]) {
				const tried = within(by, (tx) => sql.raw(statement).execute(tx));
				await expect(tried).rejects.toMatchObject({ code: '42501' });
			}
		}
		const hash = Buffer.alloc(32, 1);
		const asked = (by: Ctx) =>
			within(by, async (tx) => {
				const { rows } = await sql<{ meets: boolean; listed: number; added: string | null }>`
					select meets_linked_person(${w.forceId}::uuid, ${w.case.id}::uuid, '{}', '{}',
							(select array_agg(initial_hash) from (select ${hash}::bytea as initial_hash) x)) as meets,
						(select count(*)::int from linked_people(${w.forceId}::uuid, ${w.case.id}::uuid)) as listed,
						add_linked_person(${w.forceId}::uuid, ${w.case.id}::uuid, 'suspect', ${hash}::bytea,
							null, null, null, 'x', now()) as added`.execute(tx);
				return rows[0];
			});
		expect(await asked(w.officer)).toMatchObject({ meets: false, listed: 1 });
		for (const by of [w.otherOfficer, w.caseworker, w.victim]) {
			expect(await asked(by)).toEqual({ meets: false, listed: 0, added: null });
		}
	});

	test('of a case is nobody else’s to see, add, take off or check', async () => {
		await link(w, { initial: 'Q', surname: 'Linked' });
		const end = { id: randomUUID(), outcome: 'known', note: 'x' } as const;
		for (const by of [w.otherOfficer, w.caseworker, w.victim]) {
			await expect(page(w, by)).rejects.toMatchObject(gone);
			await expect(link(w, { number: '07700 900123' }, by)).rejects.toMatchObject(gone);
			const tried = linked.resolve(by, w.case.reference, end, randomUUID());
			await expect(tried).rejects.toMatchObject(gone);
		}
		await expect(link(w, { number: '07700 900123' }, w.supervisor)).rejects.toMatchObject(gone);
	});
});

describe('somebody who is added to a case', () => {
	test('is not, while they share an initial and a surname with a suspect', async () => {
		await link(w, { initial: 'Q', surname: 'Plantedname' });
		expect(await addPerson(w, 'Quin Plantedname')).toEqual(check);
		expect(await addPerson(w, 'Rae Plantedname')).toMatchObject({ ok: true });
		const lines = (await work.list(w.officer)).lines.filter((line) => line.kind === 'check');
		expect(lines).toMatchObject([
			{ caseReference: w.case.reference, person: null, dueAt: new Date('2026-11-24T17:00:00Z') }
		]);
		const shown = await page(w);
		expect(shown.open).toMatchObject([
			{ about: 'new_person', person: null, owner: w.officer.actor.label }
		]);
		expect(JSON.stringify([shown, lines])).not.toContain('Plantedname');
	});

	test('nor with another victim of it, whatever script and form their name is in', async () => {
		expect(await addPerson(w, 'Sue EXAMPLE')).toEqual(check);
		expect((await addPerson(w, 'فاطمة كريم')).ok).toBe(true);
		expect(await addPerson(w, 'فاطمہ کریم')).toEqual(check);
	});

	test('is once a person has looked and found that it is known, and only as it was then', async () => {
		expect(await addPerson(w, 'Sue Example')).toEqual(check);
		expect(await addPerson(w, 'Sue Example')).toEqual(check);
		expect((await page(w)).open.length).toBe(1);
		await resolve(w, 'known', w.supervisor);
		expect((await addPerson(w, 'Sue Example')).ok).toBe(true);
		const [ended] = (await page(w)).ended;
		expect(ended?.ended).toMatchObject({
			...{ outcome: 'known', note: 'planted note', by: w.supervisor.actor.label }
		});
		expect(await addPerson(w, 'Sid Example')).toEqual(check);
	});

	test('is not when it was a mistake', async () => {
		expect(await addPerson(w, 'Sue Example')).toEqual(check);
		await resolve(w, 'mistake');
		expect((await work.list(w.officer)).lines.some((line) => line.kind === 'check')).toBe(false);
		expect(await addPerson(w, 'Sue Example')).toEqual(check);
	});
});

describe('a way to reach somebody', () => {
	test('is not changed to one that a suspect has, and nothing is written', async () => {
		await link(w, { address: 'them@example.com' });
		expect(await setMail(w, 'THEM+us@example.com')).toEqual(check);
		const stored = await t.owner
			.selectFrom('contact_detail')
			.select('id')
			.where('force_id', '=', w.forceId)
			.execute();
		expect(stored).toEqual([]);
		expect((await setMail(w, 'me@example.com')).ok).toBe(true);
	});

	test('nor to one that another victim of the case has', async () => {
		const other = await addPerson(w, 'Quin Other');
		if (!other.ok) throw new Error('not added');
		const address = parseAddress('both@example.com');
		if (!address.ok) throw new Error('not an address');
		const told = { address: address.value, safe: true, version: '' };
		const set = await contact.confirmMail(w.officer, other.value.person, told, randomUUID());
		expect(set.ok).toBe(true);
		expect(await setMail(w, 'both@example.com')).toEqual(check);
		await resolve(w, 'known');
		expect((await setMail(w, 'both@example.com')).ok).toBe(true);
	});

	test('of one case is not compared with people linked to another', async () => {
		await link(w, { address: 'them@example.com' });
		const address = parseAddress('them@example.com');
		if (!address.ok) throw new Error('not an address');
		const told = { address: address.value, safe: true, version: '' };
		const { person } = w.otherCase;
		expect((await contact.confirmMail(w.otherOfficer, person, told, randomUUID())).ok).toBe(true);
	});
});
