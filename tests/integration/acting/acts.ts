import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Known } from '#lib/domain/acting/marks.ts';
import { markersOfKnown } from '#lib/domain/linked/markers.ts';
import * as activation from '#lib/server/accounts/activation.ts';
import * as inviting from '#lib/server/acting/inviting.ts';
import * as page from '#lib/server/acting/page.ts';
import * as acting from '#lib/server/acting/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import { hashesOf } from '#lib/server/linked/hashes.ts';
import type { TestDatabase } from '../../support/database.ts';
import { about, testKeys, type TestCase, type World } from '../../support/world.ts';

export const nobody: page.Who = { given: '', family: '', number: '', address: '', birth: null };
export const lena: page.Who = { ...nobody, given: 'Lena', family: 'Carter', birth: '2014-05-01' };

/** A parent whom an officer names. */
export const parent: acting.Named = {
	...{ role: 'parent_guardian', who: lena, until: null, consent: false }
};

/** What is done to the people who act in one case, as its officer. */
export function deskOf(t: TestDatabase, w: World, chosen: TestCase, officer: Ctx) {
	const at = (id: string, words = '') => ({ id, words, formKey: randomUUID() });
	const list = async () => (await page.read(officer, chosen)).people;
	const last = async (): Promise<page.ActingView> => {
		const found = (await list()).at(-1);
		if (!found) throw new Error('nobody acts');
		return found;
	};
	const name = async (named: acting.Named): Promise<string> => {
		// Nobody names two people in one moment.
		w.now.at = new Date(w.now.at.getTime() + 1);
		const done = await acting.name(officer, chosen, named, randomUUID());
		if (!done.ok) throw new Error(done.error);
		return (await last()).id;
	};
	const approve = (id: string) => acting.approve(officer, chosen, at(id));
	const account = async (id: string): Promise<Ctx> => {
		const person = await w.person('victim');
		await sql`update representative set account_id = ${person.actor.accountId}
			where id = ${id}`.execute(t.owner);
		return about(person, chosen);
	};
	return {
		...{ at, list, last, name, approve },
		/** Somebody who acts from now on, with an account. */
		async open(named: acting.Named): Promise<{ id: string; ctx: Ctx }> {
			const id = await name(named);
			const done = await approve(id);
			if (!done.ok) throw new Error(done.error);
			return { id, ctx: await account(id) };
		},
		end: (id: string, words: string) => acting.end(officer, chosen, at(id, words)),
		/** Gives the code that lets somebody in who acts. */
		async codes(id: string) {
			const made = await inviting.invite(officer, chosen, { id, formKey: randomUUID() });
			if (!made.ok) throw new Error(made.error);
			return made.value;
		}
	};
}

/** Records that somebody is linked to the suspect of a case. */
export async function linked(
	t: TestDatabase,
	w: World,
	known: Partial<Known>,
	chosen: TestCase = w.case
): Promise<void> {
	const { addresses, numbers, names } = hashesOf(
		testKeys,
		chosen.id,
		markersOfKnown({ ...nobody, ...known })
	);
	const [address = null] = addresses;
	const [number = null] = numbers;
	const [name = null] = names;
	await sql`insert into linked_person
			(force_id, case_id, address_hash, number_hash, initial_hash, surname_hash)
		values (${w.forceId}, ${chosen.id}, ${address}, ${number}, ${name}, ${name})`.execute(t.owner);
}

let address = 0;

/** Uses a code; gives who is signed in by it, or the refusal. */
export async function enter(
	t: TestDatabase,
	w: World,
	codes: { code: string; second: string },
	name: string
) {
	const outside = { db: t.app, forceId: w.forceId, keys: testKeys, requestId: 'test' };
	const source = `192.0.2.${String((address += 1) % 250)}`;
	const begun = await activation.begin(outside, codes, source);
	if (!begun.ok) return begun;
	const secret = { name, password: 'lantern orchard nine', own: true };
	return activation.withPassword(outside, begun.value.ticket, secret);
}
