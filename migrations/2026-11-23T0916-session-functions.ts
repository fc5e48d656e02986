import { sql, type Kysely } from 'kysely';

/**
 * What may be done with sessions, each function confined to the force it is given. Whoever holds a
 * session's id (a hash of the cookie's token) may act on that session; nothing here finds an id
 * from anything else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await finding(db);
	await changing(db);
	await ending(db);
	await rights(db);
}

async function finding(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- All that a request needs to know of who asks, in one call. Limits are in seconds.
		create function session_find(
			p_force uuid, p_id text,
			p_victim_idle integer, p_victim_absolute integer,
			p_staff_idle integer, p_staff_absolute integer,
			p_background boolean
		)
		returns table (
			id text, account_id uuid, participation_id uuid, view text, last_seen timestamptz,
			expires_at timestamptz, stepped_up_until timestamptz, role text, desk_id uuid, team_id uuid,
			controller_id uuid, staff_label text, language text, private_device boolean
		)
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with found as (
				select s.id, s.account_id, s.participation_id, s.view, s.last_seen, s.expires_at,
					a.role, a.desk_id, a.team_id, a.controller_id, a.staff_label, a.language, a.private_device
				from session s
				join account a on a.force_id = s.force_id and a.id = s.account_id
				where s.force_id = p_force and s.id = p_id and a.state = 'active'
					and s.expires_at > now()
					and s.created_at > now() - make_interval(secs =>
						case a.role when 'victim' then p_victim_absolute else p_staff_absolute end)
					and s.last_seen > now() - make_interval(secs =>
						case a.role when 'victim' then p_victim_idle else p_staff_idle end)
			), touched as (
				update session s set last_seen = now()
				from found f
				where s.force_id = p_force and s.id = f.id
					and not p_background and s.last_seen <= now() - interval '30 seconds'
				returning s.last_seen
			)
			select f.id, f.account_id, f.participation_id, f.view,
				coalesce((select t.last_seen from touched t), f.last_seen), f.expires_at,
				(select max(u.expires_at) from step_up u
					where u.force_id = p_force and u.session_id = f.id and u.expires_at > now()),
				f.role, f.desk_id, f.team_id, f.controller_id, f.staff_label, f.language, f.private_device
			from found f
		$$;

		create function session_list(p_force uuid, p_account uuid)
		returns table (
			id text, account_id uuid, participation_id uuid, view text, last_seen timestamptz,
			expires_at timestamptz, stepped_up_until timestamptz
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select s.id, s.account_id, s.participation_id, s.view, s.last_seen, s.expires_at,
				(select max(u.expires_at) from step_up u
					where u.force_id = p_force and u.session_id = s.id and u.expires_at > now())
			from session s
			where s.force_id = p_force and s.account_id = p_account
			order by s.created_at, s.id
		$$;
	`.execute(db);
}

async function changing(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function session_put(
			p_force uuid, p_id text, p_account uuid, p_expires_at timestamptz, p_view text,
			p_participation uuid
		)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			insert into session (force_id, id, account_id, expires_at, view, participation_id)
			values (p_force, p_id, p_account, p_expires_at, p_view, p_participation)
		$$;

		-- Moves the row's own end; how long a session may last in all is still session_find's to say.
		create function session_extend(p_force uuid, p_id text, p_expires_at timestamptz)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			update session s
			set expires_at = least(p_expires_at, s.created_at + interval '24 hours')
			where s.force_id = p_force and s.id = p_id
		$$;

		create function session_set_view(p_force uuid, p_id text, p_view text)
		returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with changed as (
				update session s set view = p_view
				where s.force_id = p_force and s.id = p_id
				returning 1
			)
			select exists (select from changed)
		$$;

		-- Only a participation of the account itself, or one it stands in for at this moment.
		create function session_set_participation(p_force uuid, p_id text, p_participation uuid)
		returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with changed as (
				update session s set participation_id = p_participation
				where s.force_id = p_force and s.id = p_id and (
					p_participation is null
					or exists (
						select from participation p
						where p.force_id = s.force_id and p.id = p_participation
							and p.account_id = s.account_id
					)
					or exists (
						select from representative r
						where r.force_id = s.force_id and r.participation_id = p_participation
							and r.account_id = s.account_id and r.approved_at is not null
							and r.revoked_at is null and (r.until_at is null or r.until_at > now())
					)
				)
				returning 1
			)
			select exists (select from changed)
		$$;

		-- The secret was given again: the session goes on under a new id, so that whoever copied the
		-- old token gains nothing by it. Answers until when, or null for an unknown session.
		create function session_step_up(p_force uuid, p_id text, p_new_id text, p_seconds integer)
		returns timestamptz
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_account uuid;
			v_until timestamptz := now() + make_interval(secs => p_seconds);
		begin
			update session s set id = p_new_id, last_seen = now()
			where s.force_id = p_force and s.id = p_id and s.expires_at > now()
			returning s.account_id into v_account;
			if not found then
				return null;
			end if;
			insert into step_up (force_id, session_id, account_id, expires_at)
			values (p_force, p_new_id, v_account, v_until);
			return v_until;
		end
		$$;
	`.execute(db);
}

async function ending(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function session_end(p_force uuid, p_id text)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session s where s.force_id = p_force and s.id = p_id
		$$;

		create function session_end_all(p_force uuid, p_account uuid, p_but text)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session s
			where s.force_id = p_force and s.account_id = p_account and s.id is distinct from p_but
		$$;

		create function session_purge(p_force uuid)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session s where s.force_id = p_force and s.expires_at <= now();
			delete from step_up u where u.force_id = p_force and u.expires_at <= now();
			delete from sign_in_attempt t
			where t.force_id = p_force and t.at <= now() - interval '1 day';
		$$;

		-- Whoever changes an account, by whatever way, cannot forget what it is signed in to.
		create function account_change_ends_sessions()
		returns trigger
		language plpgsql security definer set search_path = pg_catalog, public, pg_temp
		as $$
		begin
			delete from session s where s.force_id = new.force_id and s.account_id = new.id;
			return null;
		end
		$$;
		create trigger account_change_ends_sessions
			after update of state, role on account for each row
			when (old.role <> new.role or (old.state <> new.state and new.state <> 'active'))
			execute function account_change_ends_sessions();
	`.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
	await sql`
		revoke execute on function
			session_find,
			session_list,
			session_put,
			session_extend,
			session_set_view,
			session_set_participation,
			session_step_up,
			session_end,
			session_end_all,
			session_purge,
			account_change_ends_sessions
			from public;
		grant execute on function
			session_find,
			session_list,
			session_put,
			session_extend,
			session_set_view,
			session_set_participation,
			session_step_up,
			session_end,
			session_end_all,
			session_purge
			to waymark_app;
		grant execute on function session_purge to waymark_worker;
	`.execute(db);
}
