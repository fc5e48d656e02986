import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Actor } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';

/** The first lock on every query about a case, beside the row security of PostgreSQL. */
export function caseVisibleTo(
	actor: Actor
): (eb: ExpressionBuilder<Database, 'crime_case'>) => Expression<SqlBool> {
	return (eb) => {
		const ours = eb('crime_case.force_id', '=', actor.forceId);
		switch (actor.role) {
			case 'officer':
				return eb.and([ours, assignedTo(actor), openTo(actor)]);
			case 'supervisor':
				return eb.and([ours, eb('crime_case.team_id', '=', actor.teamId), openTo(actor)]);
			case 'agency_system':
				return ours;
			default:
				return sql<SqlBool>`false`;
		}
	};
}

// Barred from no case, and of a restricted one among those named.
function openTo(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`not is_closed_to(crime_case.force_id, crime_case.id,
		${actor.accountId}::uuid)`;
}

function assignedTo(actor: Actor): Expression<SqlBool> {
	return sql<SqlBool>`exists (select 1 from case_assignment a
		where a.force_id = crime_case.force_id and a.case_id = crime_case.id
			and a.account_id = ${actor.accountId} and a.ended_at is null)`;
}
