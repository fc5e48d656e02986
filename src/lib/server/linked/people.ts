import { sql } from 'kysely';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';

/** A linked person as it is stored: hashes, or nothing. */
export type LinkedHashes = {
	readonly role: 'suspect' | 'associate';
	readonly address: Buffer | null;
	readonly number: Buffer | null;
	readonly initial: Buffer | null;
	readonly surname: Buffer | null;
};

/** A linked person as the list shows them: that something is known, and never what. */
export type LinkedRow = {
	readonly id: string;
	readonly role: 'suspect' | 'associate';
	readonly has_address: boolean;
	readonly has_number: boolean;
	readonly has_name: boolean;
	readonly added_label: string | null;
	readonly added_at: Date;
};

/** Gives the linked people of a case. */
export async function linkedPeople(tx: Tx, actor: Actor, caseId: string) {
	const { rows } = await sql<LinkedRow>`
		select * from linked_people(${actor.forceId}::uuid, ${caseId}::uuid)`.execute(tx);
	return rows;
}

/** Stores a linked person; gives the id, or null when it is not the actor's case. */
export async function addLinked(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	one: LinkedHashes
): Promise<string | null> {
	const { rows } = await sql<{ id: string | null }>`
		select add_linked_person(${ctx.actor.forceId}::uuid, ${caseId}::uuid, ${one.role}::text,
			${one.address}::bytea, ${one.number}::bytea, ${one.initial}::bytea, ${one.surname}::bytea,
			${ctx.actor.label}::text, ${ctx.clock()}::timestamptz) as id`.execute(tx);
	return rows[0]?.id ?? null;
}

/** Takes a linked person off the list; gives whether they were on it. */
export async function removeLinked(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	gone: { readonly id: string; readonly reasonSealed: string }
): Promise<boolean> {
	const { rows } = await sql<{ removed: boolean }>`
		select remove_linked_person(${ctx.actor.forceId}::uuid, ${caseId}::uuid, ${gone.id}::uuid,
			${gone.reasonSealed}, ${ctx.clock()}::timestamptz) as removed`.execute(tx);
	return rows[0]?.removed ?? false;
}
