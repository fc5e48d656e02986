import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { parseAddress } from '#lib/domain/notice/address.ts';
import type { Result } from '#lib/domain/result.ts';
import { parseAdd, type LinkedPerson } from '#lib/forms/linked-person.ts';
import * as cases from '#lib/server/cases/service.ts';
import * as contact from '#lib/server/contact/service.ts';
import type { Ctx } from '#lib/server/context.ts';
import * as linked from '#lib/server/linked/page.ts';
import type { World } from '../../support/world.ts';

/** Gives the page of the people linked to the world's case. */
export const page = (w: World, by: Ctx = w.officer) => linked.read(by, w.case.reference);

/** Reads what an officer types of somebody as the form does, and links them. */
export function link(
	w: World,
	typed: Partial<Record<keyof LinkedPerson | 'initial', string>>,
	by: Ctx = w.officer
) {
	const data = new FormData();
	for (const [name, value] of Object.entries({ role: 'suspect', ...typed }))
		data.append(name, value);
	const read = parseAdd(data);
	if (!read.ok) throw new Error('the form was refused');
	return linked.add(by, w.case.reference, read.value, randomUUID());
}

/** Adds a victim to the world's case. */
export const addPerson = (w: World, name: string) =>
	cases.addVictim(w.officer, w.case.reference, {
		...{ name, role: 'self', language: 'en', tier: 'standard', grounds: [] }
	});

/** Says by which mail the victim of the world's case is reached. */
export async function setMail(w: World, text: string, version = ''): Promise<Result<void, string>> {
	const address = parseAddress(text);
	if (!address.ok) throw new Error('not an address');
	const told = { address: address.value, safe: true, version };
	return contact.confirmMail(w.officer, w.case.person, told, randomUUID());
}

/** Ends the check that is open. */
export async function resolve(
	w: World,
	outcome: 'known' | 'mistake',
	by: Ctx = w.officer
): Promise<void> {
	const [open] = (await page(w, by)).open;
	const end = { id: open?.id ?? '', outcome, note: 'planted note' };
	const done = await linked.resolve(by, w.case.reference, end, randomUUID());
	expect(done).toEqual({ ok: true, value: undefined });
}
