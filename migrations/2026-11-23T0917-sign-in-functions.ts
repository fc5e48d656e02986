import { sql, type Kysely } from 'kysely';

/** Signing in and stepping up: whose secret is asked for, and how often it was wrong of late. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function account_for_sign_in(p_force uuid, p_sign_in_hash bytea)
		returns table (
			id uuid, role text, password_hash text, state text, language text, private_device boolean
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select a.id, a.role, a.password_hash, a.state, a.language, a.private_device
			from account a
			where a.force_id = p_force and a.sign_in_hash = p_sign_in_hash
		$$;

		create function account_for_step_up(p_force uuid, p_session text)
		returns table (id uuid, password_hash text)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select a.id, a.password_hash
			from session s
			join account a on a.force_id = s.force_id and a.id = s.account_id
			where s.force_id = p_force and s.id = p_session and a.state = 'active'
				and s.expires_at > now()
		$$;

		-- How often this subject and this source failed of late (p_window in seconds). Holds both until
		-- the transaction ends, so that attempts at once are counted one after the other. The subject is
		-- always locked first: two attempts cannot wait for each other.
		create function sign_in_pressure(
			p_force uuid, p_subject bytea, p_source bytea, p_window integer
		)
		returns table (
			subject_failures integer, subject_quiet double precision, subject_sources integer,
			own_failures integer, own_quiet double precision, source_failures integer,
			source_quiet double precision
		)
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_now timestamptz;
			v_since timestamptz;
		begin
			perform pg_advisory_xact_lock(hashtextextended('subject' || p_force || encode(p_subject, 'hex'), 0));
			perform pg_advisory_xact_lock(hashtextextended('source' || p_force || encode(p_source, 'hex'), 0));
			v_now := clock_timestamp();
			v_since := v_now - make_interval(secs => p_window);
			return query
				select by_subject.failures, by_subject.quiet, by_subject.sources, by_subject.own,
					by_subject.own_quiet, by_source.failures, by_source.quiet
				from (
					select count(*)::integer as failures,
						coalesce(extract(epoch from v_now - max(t.at)), p_window)::double precision as quiet,
						count(distinct t.source_hash)::integer as sources,
						(count(*) filter (where t.source_hash = p_source))::integer as own,
						coalesce(
							extract(epoch from v_now - max(t.at) filter (where t.source_hash = p_source)), p_window
						)::double precision as own_quiet
					from sign_in_attempt t
					where t.force_id = p_force and t.subject_hash = p_subject and t.at > v_since and not t.ok
				) by_subject, (
					select count(*)::integer as failures,
						coalesce(extract(epoch from v_now - max(t.at)), p_window)::double precision as quiet
					from sign_in_attempt t
					where t.force_id = p_force and t.source_hash = p_source and t.at > v_since and not t.ok
				) by_source;
		end
		$$;

		create function sign_in_attempted(p_force uuid, p_subject bytea, p_source bytea)
		returns uuid
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			insert into sign_in_attempt (force_id, subject_hash, source_hash)
			values (p_force, p_subject, p_source)
			returning id
		$$;

		create function sign_in_succeeded(p_force uuid, p_id uuid)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			update sign_in_attempt t set ok = true where t.force_id = p_force and t.id = p_id
		$$;

		revoke execute on function
			account_for_sign_in,
			account_for_step_up,
			sign_in_pressure,
			sign_in_attempted,
			sign_in_succeeded
			from public;
		grant execute on function
			account_for_sign_in,
			account_for_step_up,
			sign_in_pressure,
			sign_in_attempted,
			sign_in_succeeded
			to waymark_app;
	`.execute(db);
}
