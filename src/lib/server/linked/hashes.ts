import { marksOf, shares, type Known } from '#lib/domain/acting/marks.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import { lookupHash, type KeyRing } from '#lib/server/sealing/keyring.ts';

/** The keyed hashes by which a person is compared with others, as `linked_person` stores them. */
export type Hashes = {
	readonly address_hash: Buffer | null;
	readonly number_hash: Buffer | null;
	readonly initial_hash: Buffer | null;
	readonly surname_hash: Buffer | null;
};

/** Gives the hashes of what is known of somebody; nothing of it can be read back from them. */
export function hashesOf(keys: KeyRing, known: Known): Hashes {
	const { address, number, initial, surname } = marksOf(known);
	const hash = (mark: string, value: string | null): Buffer | null =>
		value === null ? null : lookupHash(keys, `linked-${mark}`, value);
	return {
		address_hash: hash('address', address),
		number_hash: hash('number', number),
		initial_hash: hash('initial', initial),
		surname_hash: hash('surname', surname)
	};
}

/** Whether somebody shares an address, a number or a name with a person linked to the suspect. */
export async function meetsLinked(
	ctx: Ctx,
	tx: Tx,
	caseId: string,
	people: readonly Known[]
): Promise<readonly boolean[]> {
	const linked = (await linkedTo(tx, ctx.actor, caseId)).map(asMarks);
	return people.map((known) => {
		const mine = asMarks(hashesOf(ctx.keys, known));
		return linked.some((other) => shares(mine, other, (a, b) => a.equals(b)));
	});
}

function linkedTo(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('linked_person')
		.select(['address_hash', 'number_hash', 'initial_hash', 'surname_hash'])
		.where('force_id', '=', actor.forceId)
		.where('case_id', '=', caseId)
		.execute();
}

function asMarks(hashes: Hashes) {
	return {
		address: hashes.address_hash,
		number: hashes.number_hash,
		initial: hashes.initial_hash,
		surname: hashes.surname_hash
	};
}
