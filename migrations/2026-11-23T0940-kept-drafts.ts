import { sql, type Kysely } from 'kysely';

/**
 * A form posted after its session ran out is kept for an hour, sealed, against the account of that
 * session. Whose it was is asked before anybody is known again, so a function answers that alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function account_of_ended_session(p_force uuid, p_id text)
		returns table (account_id uuid, participation_id uuid, role text)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select s.account_id, s.participation_id, a.role
			from session s join account a on a.force_id = s.force_id and a.id = s.account_id
			where s.force_id = p_force and s.id = p_id and a.state = 'active'
				and s.last_seen > now() - interval '9 hours'
		$$;
		revoke all on function account_of_ended_session(uuid, text) from public;
		grant execute on function account_of_ended_session(uuid, text) to waymark_app;

		-- Away with what has served its time. A session stays an hour past its end, so that a form
		-- that comes too late can still be kept for its owner.
		create function sweep_ended() returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session where expires_at <= now() - interval '1 hour';
			delete from step_up where expires_at <= now();
			delete from sign_in_attempt where at <= now() - interval '1 day';
			delete from sealed_draft where kept_until <= now();
			delete from submission where made_at <= now() - interval '7 days';
		$$;
		revoke all on function sweep_ended() from public;
		grant execute on function sweep_ended() to waymark_worker;
	`.execute(db);
}
