import { sql } from 'kysely';
import type { ListAct, ListRefusal } from '#lib/domain/restricted/insider.ts';
import { caseVisibleTo } from '#lib/server/cases/visible.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';

/** A case whose lists the actor may see. */
export type AccessCase = { readonly id: string; readonly restricted: boolean };

/**
 * Gives a case whose lists the actor may see: police their own, people of professional standards
 * any restricted one that they are not barred from.
 */
export async function accessCase(
	tx: Tx,
	actor: Actor,
	reference: string
): Promise<AccessCase | null> {
	if (actor.role === 'agency_desk') {
		if (!(await atStandards(tx, actor))) return null;
		const { rows } = await sql<AccessCase>`
			select id, restricted from case_for_access(${reference})`.execute(tx);
		return rows[0] ?? null;
	}
	const row = await tx
		.selectFrom('crime_case')
		.select(['crime_case.id', 'crime_case.restricted'])
		.where('crime_case.force_id', '=', actor.forceId)
		.where('crime_case.reference', '=', reference)
		.where(caseVisibleTo(actor))
		.executeTakeFirst();
	return row ?? null;
}

/** Whether the actor's desk is professional standards. */
export async function atStandards(tx: Tx, actor: Actor): Promise<boolean> {
	const row = await tx
		.selectFrom('desk')
		.select('id')
		.where('force_id', '=', actor.forceId)
		.where('id', '=', actor.deskId)
		.where('kind', '=', 'professional_standards')
		.executeTakeFirst();
	return row !== undefined;
}

/** Gives who is on the lists of a case, those named first. */
export function readLists(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('case_access')
		.innerJoin('account', (join) =>
			join
				.onRef('account.force_id', '=', 'case_access.force_id')
				.onRef('account.id', '=', 'case_access.account_id')
		)
		.select(['account.id', 'account.staff_label as label', 'account.role', 'case_access.kind'])
		.where('case_access.force_id', '=', actor.forceId)
		.where('case_access.case_id', '=', caseId)
		.orderBy('case_access.kind', 'desc')
		.orderBy('account.staff_label')
		.execute();
}

/** Gives what was done to the lists of a case, the newest first; reasons are sealed. */
export function readChanges(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('access_change')
		.leftJoin('account', (join) =>
			join
				.onRef('account.force_id', '=', 'access_change.force_id')
				.onRef('account.id', '=', 'access_change.account_id')
		)
		.select(['access_change.sequence', 'access_change.act', 'account.staff_label as label'])
		.select(['access_change.reason_sealed', 'access_change.made_by'])
		.select(['access_change.made_label', 'access_change.made_at'])
		.where('access_change.force_id', '=', actor.forceId)
		.where('access_change.case_id', '=', caseId)
		.orderBy('access_change.sequence', 'desc')
		.execute();
}

/** Gives the desks that a victim may ask where nobody is named on a case. */
export function desksWithoutAnyone(tx: Tx, actor: Actor, caseId: string) {
	return tx
		.selectFrom('desk')
		.select(['desk.id', 'desk.name'])
		.where('desk.force_id', '=', actor.forceId)
		.where('desk.kind', '=', 'support')
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('case_access')
						.innerJoin('account', (join) =>
							join
								.onRef('account.force_id', '=', 'case_access.force_id')
								.onRef('account.id', '=', 'case_access.account_id')
						)
						.select('account.id')
						.whereRef('case_access.force_id', '=', 'desk.force_id')
						.where('case_access.case_id', '=', caseId)
						.where('case_access.kind', '=', 'named')
						.whereRef('account.desk_id', '=', 'desk.id')
						.where('account.role', '=', 'caseworker')
						.where('account.state', '=', 'active')
				)
			)
		)
		.orderBy('desk.name')
		.execute();
}

/** Gives the members of staff who are known by a label, however it is written. */
export function staffByLabel(tx: Tx, actor: Actor, label: string) {
	return tx
		.selectFrom('account')
		.select(['id', 'role'])
		.where('force_id', '=', actor.forceId)
		.where('role', '<>', 'victim')
		.where(sql<boolean>`lower(staff_label) = lower(${label})`)
		.limit(2)
		.execute();
}

/** Gives the people of professional standards, but for those who are barred from the case. */
export async function standardsPeople(tx: Tx, actor: Actor, caseId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('account')
		.innerJoin('desk', (join) =>
			join
				.onRef('desk.force_id', '=', 'account.force_id')
				.onRef('desk.id', '=', 'account.desk_id')
				.on('desk.kind', '=', 'professional_standards')
		)
		.select('account.id')
		.where('account.force_id', '=', actor.forceId)
		.where('account.role', '=', 'agency_desk')
		.where('account.state', '=', 'active')
		.where(sql<boolean>`not is_barred_by_name(account.force_id, ${caseId}::uuid, account.id)`)
		.execute();
	return rows.map((row) => row.id);
}

/** Something that runs in a restricted case, as professional standards are shown it. */
export type StandardsItem = {
	readonly reference: string;
	readonly kind: 'case' | 'lift' | 'assessment' | 'statement' | 'untold' | 'request' | 'check';
	readonly due_at: Date | null;
	readonly since: Date;
	readonly enhanced: boolean;
	readonly desk: string | null;
};

/** Gives what runs in every restricted case: references, kinds and dates. */
export async function standardsItems(tx: Tx): Promise<readonly StandardsItem[]> {
	const { rows } = await sql<StandardsItem>`select * from standards_items() union all
		select reference, 'check', due_at, due_at, false, null from standards_checks()`.execute(tx);
	return rows;
}

/** What goes down with every change: why, sealed. */
type Why = { readonly caseId: string; readonly reasonSealed: string };
type Changed = 'done' | 'not_found' | 'same';

/** Restricts a case to the officer who acts. */
export function restrictCase(ctx: Ctx, tx: Tx, why: Why): Promise<Changed> {
	return call(
		tx,
		sql`restrict_case(${ctx.actor.forceId}::uuid, ${why.caseId}::uuid,
		${why.reasonSealed}, ${ctx.actor.label}, ${ctx.clock()}::timestamptz)`
	);
}

/** Changes one list by one person; says why not when it did not. */
export function changeAccess(
	ctx: Ctx,
	tx: Tx,
	change: Why & { readonly accountId: string; readonly act: ListAct }
): Promise<'done' | 'not_found' | ListRefusal> {
	return call(
		tx,
		sql`change_access(${ctx.actor.forceId}::uuid, ${change.caseId}::uuid,
		${change.accountId}::uuid, ${change.act}, ${change.reasonSealed}, ${ctx.actor.label},
		${ctx.clock()}::timestamptz)`
	);
}

/** Asks for a second person's agreement to lifting the restriction. */
export function askLift(ctx: Ctx, tx: Tx, why: Why): Promise<Changed> {
	return call(
		tx,
		sql`ask_lift(${ctx.actor.forceId}::uuid, ${why.caseId}::uuid,
		${why.reasonSealed}, ${ctx.actor.label}, ${ctx.clock()}::timestamptz)`
	);
}

/** Answers somebody who asked for the restriction to be lifted. */
export function answerLift(
	ctx: Ctx,
	tx: Tx,
	answer: Why & { readonly agree: boolean }
): Promise<Changed | 'own'> {
	return call(
		tx,
		sql`answer_lift(${ctx.actor.forceId}::uuid, ${answer.caseId}::uuid,
		${answer.agree}, ${answer.reasonSealed}, ${ctx.actor.label}, ${ctx.clock()}::timestamptz)`
	);
}

async function call<T extends string>(tx: Tx, command: ReturnType<typeof sql>): Promise<T> {
	const { rows } = await sql<{ outcome: T }>`select ${command} as outcome`.execute(tx);
	const outcome = rows[0]?.outcome;
	if (outcome === undefined) throw new Error('a command gave no outcome');
	return outcome;
}

export type ListRow = Awaited<ReturnType<typeof readLists>>[number];
export type ChangeRow = Awaited<ReturnType<typeof readChanges>>[number];
