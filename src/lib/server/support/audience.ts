import { sql } from 'kysely';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import type { Tell } from '#lib/server/notice/tell.ts';

/**
 * Gives whom a new request concerns: everybody at its desk who may see it. Where a restricted case
 * has nobody there, professional standards, who name somebody.
 */
export async function deskPeople(
	ctx: Ctx,
	tx: Tx,
	about: { deskId: string; participationId: string }
): Promise<Tell[]> {
	const { rows } = await sql<{ account_id: string }>`
		select account_id from people_for_request(${ctx.actor.forceId}::uuid, ${about.deskId}::uuid,
			${about.participationId}::uuid)
	`.execute(tx);
	return rows.map((row) => staffWork(row.account_id, about.participationId));
}

/** Gives whom a message to the police concerns: the officers who work on the case now. */
export async function officers(ctx: Ctx, tx: Tx, participationId: string): Promise<Tell[]> {
	const rows = await tx
		.selectFrom('case_assignment')
		.select('account_id')
		.where('force_id', '=', ctx.actor.forceId)
		.where('ended_at', 'is', null)
		.where('case_id', 'in', (eb) =>
			eb
				.selectFrom('participation')
				.select('participation.case_id')
				.where('participation.force_id', '=', ctx.actor.forceId)
				.where('participation.id', '=', participationId)
				.where(visibleTo(ctx.actor))
		)
		.execute();
	return rows.map((row) => staffWork(row.account_id, participationId));
}

/**
 * Gives whom an answer concerns: a parent who began it for a child, else the victim; while the
 * participation has no account of its own, who speaks for them by an approval that holds.
 */
export async function theVictim(
	ctx: Ctx,
	tx: Tx,
	participationId: string,
	begunBy: string | null
): Promise<Tell[]> {
	const [row, speaking] = await Promise.all([
		tx
			.selectFrom('participation')
			.select('participation.account_id')
			.where('participation.force_id', '=', ctx.actor.forceId)
			.where('participation.id', '=', participationId)
			.where(visibleTo(ctx.actor))
			.executeTakeFirst(),
		speakers(ctx, tx, participationId)
	]);
	const own = row?.account_id ?? null;
	const began = speaking.filter(({ account_id }) => account_id === begunBy);
	const parent = began.some(({ role }) => role === 'parent_guardian');
	const others = begunBy === null ? speaking : began;
	const told = own !== null && !parent ? [own] : others.map(({ account_id }) => account_id);
	return told
		.filter((accountId) => accountId !== null)
		.map((accountId) => ({ accountId, participationId, kind: 'victim_news' }));
}

function speakers(ctx: Ctx, tx: Tx, participationId: string) {
	return tx
		.selectFrom('representative')
		.select(['account_id', 'role'])
		.where('force_id', '=', ctx.actor.forceId)
		.where('participation_id', '=', participationId)
		.where('role', '<>', 'supporter_readonly')
		.where('account_id', 'is not', null)
		.where('approved_at', 'is not', null)
		.where('revoked_at', 'is', null)
		.where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', sql<Date>`now()`)]))
		.execute();
}

/** Gives the one who has taken a request, who is to hear what the victim wrote or did. */
export function staffWork(accountId: string, participationId: string): Tell {
	return { accountId, participationId, kind: 'staff_work' };
}
