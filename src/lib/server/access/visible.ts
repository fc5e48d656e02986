import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/**
 * The first lock on every query about a participation: which ones this actor may see. The row
 * security of PostgreSQL is the second; neither leans on the other. Nobody else sees anything.
 */
export function visibleTo(
	actor: Actor
): (eb: ExpressionBuilder<Database, 'participation'>) => Expression<SqlBool> {
	return (eb) => {
		const mine = eb('participation.force_id', '=', actor.forceId);
		switch (actor.role) {
			case 'victim':
				return eb.and([
					mine,
					eb('participation.id', '=', actor.participationId),
					ownAccount(actor)
				]);
			case 'officer':
				return eb.and([mine, assigned(actor), openTo(actor)]);
			case 'supervisor':
				return eb.and([mine, ofTeam(actor), openTo(actor)]);
			case 'caseworker':
				return eb.and([mine, taken(actor), openTo(actor)]);
			default:
				return sql<SqlBool>`false`;
		}
	};
}

function ownAccount(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`(participation.account_id = ${actor.accountId} or exists (
		select 1 from representative r where r.force_id = participation.force_id
			and r.participation_id = participation.id and r.account_id = ${actor.accountId}
			and r.approved_at is not null and r.revoked_at is null
			and (r.until_at is null or r.until_at > now())))`;
}

// Barred from no case, and of a restricted one among those named.
function openTo(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`not is_closed_to(participation.force_id, participation.case_id,
		${actor.accountId}::uuid)`;
}

/**
 * The first lock on a desk's queue, beside its desk: a request of a case that is closed to the
 * actor is not there for them.
 */
export function mayHearOf(
	actor: Actor
): (eb: ExpressionBuilder<Database, 'support_request'>) => Expression<SqlBool> {
	return () =>
		sql<SqlBool>`not is_shut_out(support_request.force_id, support_request.participation_id,
			${actor.accountId}::uuid)`;
}

function assigned(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`exists (select 1 from case_assignment a
		where a.force_id = participation.force_id and a.case_id = participation.case_id
			and a.account_id = ${actor.accountId} and a.ended_at is null)`;
}

function ofTeam(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`exists (select 1 from crime_case c
		where c.force_id = participation.force_id and c.id = participation.case_id
			and c.team_id = ${actor.teamId})`;
}

function taken(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`exists (select 1 from support_request s
		where s.force_id = participation.force_id and s.participation_id = participation.id
			and s.taken_by = ${actor.accountId}
			and (s.closed_at is null or s.closed_at > now() - interval '30 days'))`;
}
