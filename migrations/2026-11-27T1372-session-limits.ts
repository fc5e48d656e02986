import { sql, type Kysely } from 'kysely';

/**
 * How long a session lives is the force's own to say, within bounds that no setting goes beyond. It
 * was given to each look at a session; now PostgreSQL knows it, so nothing can ask by other limits.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table force
			add column victim_idle_seconds integer not null default 600,
			add column victim_absolute_seconds integer not null default 7200,
			add column staff_idle_seconds integer not null default 900,
			add column staff_absolute_seconds integer not null default 28800,
			-- The least leaves time to be warned; the most is what a shared phone can bear.
			add constraint force_victim_limits check (victim_idle_seconds between 300 and 1800
				and victim_absolute_seconds between victim_idle_seconds and 14400),
			add constraint force_staff_limits check (staff_idle_seconds between 300 and 3600
				and staff_absolute_seconds between staff_idle_seconds and 43200);

		create function session_limits(p_force uuid, p_role text)
		returns table (idle interval, absolute interval)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select
				make_interval(secs => case p_role when 'victim' then f.victim_idle_seconds
					else f.staff_idle_seconds end),
				make_interval(secs => case p_role when 'victim' then f.victim_absolute_seconds
					else f.staff_absolute_seconds end)
			from force f where f.id = p_force
		$$;
	`.execute(db);
	await finding(db);
	await keeping(db);
	await sql`
		revoke execute on function session_limits, session_find from public;
		grant execute on function session_find to waymark_app;
	`.execute(db);
}

async function finding(db: Kysely<unknown>): Promise<void> {
	await sql`
		drop function session_find(uuid, text, integer, integer, integer, integer, boolean);
		-- All that a request needs to know of who asks, in one call; expires_at is its end in all.
		create function session_find(p_force uuid, p_id text, p_background boolean)
		returns table (
			id text, account_id uuid, participation_id uuid, view text, last_seen timestamptz,
			expires_at timestamptz, idle_seconds integer, stepped_up_until timestamptz, role text,
			desk_id uuid, team_id uuid, controller_id uuid, staff_label text, language text,
			private_device boolean
		)
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with found as (
				select s.id, s.account_id, s.participation_id, s.view, s.last_seen,
					least(s.expires_at, s.created_at + l.absolute) as ends,
					extract(epoch from l.idle)::integer as idle_seconds,
					a.role, a.desk_id, a.team_id, a.controller_id, a.staff_label, a.language, a.private_device
				from session s
				join account a on a.force_id = s.force_id and a.id = s.account_id
				cross join lateral session_limits(p_force, a.role) l
				where s.force_id = p_force and s.id = p_id and a.state = 'active'
					and s.expires_at > now() and s.created_at > now() - l.absolute
					and s.last_seen > now() - l.idle
			), touched as (
				update session s set last_seen = now()
				from found f
				where s.force_id = p_force and s.id = f.id
					and not p_background and s.last_seen <= now() - interval '30 seconds'
				returning s.last_seen
			)
			select f.id, f.account_id, f.participation_id, f.view,
				coalesce((select t.last_seen from touched t), f.last_seen), f.ends, f.idle_seconds,
				(select max(u.expires_at) from step_up u
					where u.force_id = p_force and u.session_id = f.id and u.expires_at > now()),
				f.role, f.desk_id, f.team_id, f.controller_id, f.staff_label, f.language, f.private_device
			from found f
		$$;

		-- Those that are signed in now: what is past a limit is not counted.
		create or replace function session_list(p_force uuid, p_account uuid)
		returns table (
			id text, account_id uuid, participation_id uuid, view text, last_seen timestamptz,
			expires_at timestamptz, stepped_up_until timestamptz
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select s.id, s.account_id, s.participation_id, s.view, s.last_seen,
				least(s.expires_at, s.created_at + l.absolute),
				(select max(u.expires_at) from step_up u
					where u.force_id = p_force and u.session_id = s.id and u.expires_at > now())
			from session s
			join account a on a.force_id = s.force_id and a.id = s.account_id
			cross join lateral session_limits(p_force, a.role) l
			where s.force_id = p_force and s.account_id = p_account
				and s.expires_at > now() and s.created_at > now() - l.absolute
				and s.last_seen > now() - l.idle
			order by s.created_at, s.id
		$$;
	`.execute(db);
}

async function keeping(db: Kysely<unknown>): Promise<void> {
	await sql`
		create or replace function session_put(
			p_force uuid, p_id text, p_account uuid, p_expires_at timestamptz, p_view text,
			p_participation uuid
		)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			insert into session (force_id, id, account_id, expires_at, view, participation_id)
			select p_force, p_id, p_account, least(p_expires_at, now() + l.absolute), p_view,
				p_participation
			from account a
			cross join lateral session_limits(p_force, a.role) l
			where a.force_id = p_force and a.id = p_account
		$$;

		create or replace function session_extend(p_force uuid, p_id text, p_expires_at timestamptz)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			update session s
			set expires_at = least(p_expires_at, s.created_at + l.absolute)
			from account a
			cross join lateral session_limits(p_force, a.role) l
			where s.force_id = p_force and s.id = p_id
				and a.force_id = s.force_id and a.id = s.account_id
		$$;
	`.execute(db);
}
