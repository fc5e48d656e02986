import { sql } from 'kysely';
import type { CheckOutcome } from '#lib/domain/linked/markers.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import { caseVisibleTo } from '#lib/server/cases/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import type { Hashes } from '#lib/server/linked/hashes.ts';

/** What a check is about. */
export type About = 'new_person' | 'contact' | 'representative' | 'linked_person';

/** Gives the people of a case with their names and how they are reached, all of it sealed. */
export function peopleOf(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim', (join) =>
			join
				.onRef('victim.force_id', '=', 'participation.force_id')
				.onRef('victim.id', '=', 'participation.victim_id')
		)
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.leftJoin('contact_detail', (join) =>
			join
				.onRef('contact_detail.force_id', '=', 'participation.force_id')
				.onRef('contact_detail.victim_id', '=', 'participation.victim_id')
				.on('contact_detail.state', '<>', 'replaced')
		)
		.select(['participation.id', 'victim.name_sealed', 'victim_key.wrapped'])
		.select(['contact_detail.channel', 'contact_detail.value_sealed'])
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.case_id', '=', caseId)
		.where('participation.ended_at', 'is', null)
		.where(visibleTo(actor))
		.execute();
}

/** Whether anything is shared with a linked person of the case: yes or no, and no more. */
export async function meetsLinked(
	tx: Tx,
	actor: Actor,
	caseId: string,
	hashes: Hashes
): Promise<boolean> {
	const { rows } = await sql<{ meets: boolean }>`
		select meets_linked_person(${actor.forceId}::uuid, ${caseId}::uuid,
			${hashes.addresses}::bytea[], ${hashes.numbers}::bytea[], ${hashes.names}::bytea[]) as meets
	`.execute(tx);
	return rows[0]?.meets ?? false;
}

/** Whether somebody has looked at exactly this before, and found that it is known. */
export async function wasKnown(
	tx: Tx,
	actor: Actor,
	caseId: string,
	subject: Buffer
): Promise<boolean> {
	const row = await tx
		.selectFrom('linked_check')
		.select('id')
		.where('force_id', '=', actor.forceId)
		.where('case_id', '=', caseId)
		.where('subject_hash', '=', subject)
		.where('outcome', '=', 'known')
		.executeTakeFirst();
	return row !== undefined;
}

/** Opens a check; one that is open about the same thing stays as it is. */
export async function openCheck(
	ctx: Ctx,
	tx: Tx,
	check: {
		readonly caseId: string;
		readonly participationId: string | null;
		readonly about: About;
		readonly subject: Buffer;
		readonly dueAt: Date;
	}
): Promise<boolean> {
	const by = ctx.actor.accountId ?? '';
	const owner = await tx
		.selectFrom('case_assignment')
		.select('account_id')
		.where('force_id', '=', ctx.actor.forceId)
		.where('case_id', '=', check.caseId)
		.where('kind', '=', 'officer')
		.where('ended_at', 'is', null)
		.executeTakeFirst();
	const opened = await tx
		.insertInto('linked_check')
		.values({
			...{ force_id: ctx.actor.forceId, case_id: check.caseId },
			...{ participation_id: check.participationId, about: check.about },
			...{ subject_hash: check.subject, owner_id: owner?.account_id ?? by },
			...{ opened_by: by, opened_label: ctx.actor.label ?? '', opened_at: ctx.clock() },
			...{ due_at: check.dueAt, outcome: null, note_sealed: null },
			...{ resolved_by: null, resolved_label: null, resolved_at: null }
		})
		.onConflict((clash) => clash.doNothing())
		.executeTakeFirst();
	return opened.numInsertedOrUpdatedRows === 1n;
}

/** Gives the open checks in all cases the actor works on, the earliest limit first. */
export function openChecks(tx: Tx, actor: Actor) {
	return tx
		.selectFrom('linked_check')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'linked_check.force_id')
				.onRef('crime_case.id', '=', 'linked_check.case_id')
		)
		.leftJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'linked_check.force_id')
				.onRef('participation.id', '=', 'linked_check.participation_id')
		)
		.select(['linked_check.id', 'linked_check.due_at', 'crime_case.reference'])
		.select('participation.reference as person')
		.where('linked_check.force_id', '=', actor.forceId)
		.where('linked_check.resolved_at', 'is', null)
		.where(caseVisibleTo(actor))
		.orderBy('linked_check.due_at')
		.execute();
}

/** Gives the checks of a case, the open ones first, then those looked at last. */
export function checksOf(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('linked_check')
		.leftJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'linked_check.force_id')
				.onRef('participation.id', '=', 'linked_check.participation_id')
		)
		.leftJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.leftJoin('account', (join) =>
			join
				.onRef('account.force_id', '=', 'linked_check.force_id')
				.onRef('account.id', '=', 'linked_check.owner_id')
		)
		.select(['linked_check.id', 'linked_check.about', 'linked_check.opened_label'])
		.select(['linked_check.opened_at', 'linked_check.due_at', 'linked_check.outcome'])
		.select(['linked_check.note_sealed', 'linked_check.resolved_label'])
		.select(['linked_check.resolved_at', 'participation.reference as person'])
		.select(['linked_check.participation_id', 'victim_key.wrapped'])
		.select('account.staff_label as owner')
		.where('linked_check.force_id', '=', actor.forceId)
		.where('linked_check.case_id', '=', caseId)
		.orderBy(sql`linked_check.resolved_at desc nulls first`)
		.orderBy('linked_check.due_at')
		.limit(30)
		.execute();
}

/** Gives an open check of a case, its row held until the end of the transaction. */
export function holdCheck(tx: Tx, actor: Actor, caseId: string, id: string) {
	return tx
		.selectFrom('linked_check')
		.select('participation_id')
		.where('force_id', '=', actor.forceId)
		.where('case_id', '=', caseId)
		.where('id', '=', id)
		.where('resolved_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
}

/** Writes down how a check ended that the caller holds. */
export async function resolveCheck(
	ctx: Ctx,
	tx: Tx,
	end: {
		readonly caseId: string;
		readonly id: string;
		readonly outcome: CheckOutcome;
		readonly noteSealed: string;
	}
): Promise<void> {
	await tx
		.updateTable('linked_check')
		.set({
			...{ outcome: end.outcome, note_sealed: end.noteSealed, resolved_at: ctx.clock() },
			...{ resolved_by: ctx.actor.accountId, resolved_label: ctx.actor.label ?? '' }
		})
		.where('force_id', '=', ctx.actor.forceId)
		.where('case_id', '=', end.caseId)
		.where('id', '=', end.id)
		.execute();
}

export type PersonRow = Awaited<ReturnType<typeof peopleOf>>[number];
export type CheckRow = Awaited<ReturnType<typeof checksOf>>[number];
