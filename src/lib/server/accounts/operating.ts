import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import { placeOf } from '#lib/domain/access/place.ts';
import type { Role } from '#lib/domain/access/role.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** A colleague as the operator's list shows them: no name, and never a victim. */
export type StaffLine = {
	readonly id: string;
	readonly role: Role;
	readonly label: string;
	readonly place: string | null;
	readonly state: 'active' | 'suspended' | 'ended';
};

/** Why the operator's word was not carried out. */
export type OperatorRefusal = 'unknown_account' | 'unknown_place' | 'wrong_place' | 'ended';

/** Lists everybody who works in the force, as the owner of the tables. */
export async function list(owner: Kysely<Database>, forceId: string): Promise<StaffLine[]> {
	const { rows } = await sql<StaffLine>`
		select a.id, a.role, a.staff_label as label, coalesce(t.name, d.name) as place, a.state
		from account a
		left join team t on t.force_id = a.force_id and t.id = a.team_id
		left join desk d on d.force_id = a.force_id and d.id = a.desk_id
		where a.force_id = ${forceId} and a.role <> 'victim'
		order by a.state, place nulls first, a.role, label, a.id`.execute(owner);
	return rows;
}

/** Puts a colleague into a team or at a desk, by its name; ends what they are signed in to. */
export function place(
	owner: Kysely<Database>,
	forceId: string,
	{ id, kind, name }: { id: string; kind: 'team' | 'desk'; name: string }
): Promise<Result<void, OperatorRefusal>> {
	return owner.transaction().execute(async (tx) => {
		const found = await lock(tx, forceId, id);
		if (!found) return err('unknown_account');
		if (found.state === 'ended') return err('ended');
		if (placeOf[found.role] !== kind) return err('wrong_place');
		const there = kind === 'team' ? await team(tx, forceId, name) : await desk(tx, forceId, name);
		if (!there) return err('unknown_place');
		await tx
			.updateTable('account')
			.set(there)
			.where('force_id', '=', forceId)
			.where('id', '=', id)
			.execute();
		await note(tx, forceId, id, 'account.changed');
		return ok(undefined);
	});
}

/** Ends an account for good: nobody signs in with it, and what it is signed in to ends. */
export function end(
	owner: Kysely<Database>,
	forceId: string,
	id: string
): Promise<Result<void, OperatorRefusal>> {
	return owner.transaction().execute(async (tx) => {
		const found = await lock(tx, forceId, id);
		if (!found) return err('unknown_account');
		if (found.state === 'ended') return err('ended');
		await tx
			.updateTable('account')
			.set({ state: 'ended' })
			.where('force_id', '=', forceId)
			.where('id', '=', id)
			.execute();
		await note(tx, forceId, id, 'account.ended');
		return ok(undefined);
	});
}

async function lock(tx: Transaction<Database>, forceId: string, id: string) {
	return tx
		.selectFrom('account')
		.select(['role', 'state'])
		.where('force_id', '=', forceId)
		.where('id', '=', id)
		.where('role', '<>', 'victim')
		.forUpdate()
		.executeTakeFirst();
}

async function team(tx: Transaction<Database>, forceId: string, name: string) {
	const [row] = await tx
		.selectFrom('team')
		.select('id')
		.where('force_id', '=', forceId)
		.where('name', '=', name)
		.execute();
	return row && { team_id: row.id };
}

async function desk(tx: Transaction<Database>, forceId: string, name: string) {
	const [row] = await tx
		.selectFrom('desk')
		.select(['id', 'controller_id'])
		.where('force_id', '=', forceId)
		.where('name', '=', name)
		.execute();
	// Whose records somebody may read hangs on the service that their desk belongs to.
	return row && { desk_id: row.id, controller_id: row.controller_id };
}

async function note(
	tx: Transaction<Database>,
	forceId: string,
	id: string,
	action: 'account.changed' | 'account.ended'
): Promise<void> {
	await tx
		.insertInto('audit')
		.values({
			...{ force_id: forceId, account_id: null, actor_role: 'operator', action },
			...{ participation_id: null, subject_id: id, request_id: `operator ${randomUUID()}` }
		})
		.execute();
}
