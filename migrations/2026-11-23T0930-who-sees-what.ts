import { sql, type Kysely } from 'kysely';

/**
 * The questions that row security asks. Functions marked security definer run as the tables' owner
 * and answer one narrow question each; the policies follow in `2026-11-23T0932-row-security`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function is_police() returns boolean language sql stable
			as $$ select actor_role() in ('officer', 'supervisor') $$;

		create function is_barred(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select exists (select 1 from case_access a where a.force_id = p_force and a.case_id = p_case
					and a.account_id = actor_account() and a.kind = 'barred')
				or (exists (select 1 from crime_case c
						where c.force_id = p_force and c.id = p_case and c.restricted)
					and not exists (select 1 from case_access a where a.force_id = p_force
						and a.case_id = p_case and a.account_id = actor_account() and a.kind = 'named'))
			$$;

		create function sees_participation(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p_force = actor_force() and case actor_role()
				when 'victim' then exists (
						select 1 from participation p where p.force_id = p_force and p.id = p_participation
							and p.account_id = actor_account() and p.ended_at is null)
					or exists (
						select 1 from representative r where r.force_id = p_force
							and r.participation_id = p_participation and r.account_id = actor_account()
							and r.approved_at is not null and r.revoked_at is null
							and (r.until_at is null or r.until_at > now()))
				when 'officer' then exists (
						select 1 from participation p join case_assignment a
							on a.force_id = p.force_id and a.case_id = p.case_id
						where p.force_id = p_force and p.id = p_participation
							and a.account_id = actor_account() and a.ended_at is null
							and not is_barred(p.force_id, p.case_id))
				when 'supervisor' then exists (
						select 1 from participation p join crime_case c
							on c.force_id = p.force_id and c.id = p.case_id
						where p.force_id = p_force and p.id = p_participation
							and c.team_id = actor_team() and not is_barred(p.force_id, p.case_id))
				when 'caseworker' then exists (
						select 1 from support_request s join participation p
							on p.force_id = s.force_id and p.id = s.participation_id
						where s.force_id = p_force and s.participation_id = p_participation
							and s.taken_by = actor_account() and s.controller_id = actor_controller()
							and (s.closed_at is null or s.closed_at > now() - interval '30 days')
							and not is_barred(p.force_id, p.case_id))
				else false end
			$$;

		create function sees_case(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p_force = actor_force() and case actor_role()
				when 'officer' then not is_barred(p_force, p_case) and exists (
						select 1 from case_assignment a where a.force_id = p_force and a.case_id = p_case
							and a.account_id = actor_account() and a.ended_at is null)
				when 'supervisor' then not is_barred(p_force, p_case) and exists (
						select 1 from crime_case c where c.force_id = p_force and c.id = p_case
							and c.team_id = actor_team())
				when 'agency_system' then true
				else exists (select 1 from participation p where p.force_id = p_force
						and p.case_id = p_case and sees_participation(p.force_id, p.id)) end
			$$;

		create function sees_victim(p_force uuid, p_victim uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select exists (select 1 from participation p where p.force_id = p_force
				and p.victim_id = p_victim and sees_participation(p.force_id, p.id))
			$$;

		-- A need is open to an independent service only by the victim's dated consent.
		create function may_read_need(p_force uuid, p_participation uuid, p_need text) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select actor_role() <> 'caseworker'
				or exists (select 1 from controller c where c.force_id = p_force
					and c.id = actor_controller() and c.kind = 'force')
				or exists (select 1 from consent n where n.force_id = p_force
					and n.participation_id = p_participation and n.controller_id = actor_controller()
					and n.revoked_at is null and p_need = any (n.need_ids))
			$$;

		create function case_has_no_officer(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select not exists (select 1 from case_assignment a
				where a.force_id = p_force and a.case_id = p_case) $$;

		create function victim_is_new(p_force uuid, p_victim uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select not exists (select 1 from participation p
				where p.force_id = p_force and p.victim_id = p_victim) $$;

		-- Who may not even hear that something waits: the barred and, of those who could read it, who
		-- is not named on a restricted case. A desk's queue shows a restricted case's requests to the
		-- whole desk, without a word of the person, so that none is lost.
		create function is_shut_out(p_force uuid, p_participation uuid, p_account uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p_force = actor_force() and exists (
				select 1 from participation p
				join crime_case c on c.force_id = p.force_id and c.id = p.case_id
				join account w on w.force_id = p.force_id and w.id = p_account
				left join case_access a on a.force_id = p.force_id and a.case_id = p.case_id
					and a.account_id = p_account
				where p.force_id = p_force and p.id = p_participation and (a.kind = 'barred'
					or (c.restricted and a.kind is null and w.role <> 'caseworker'))) $$;

		-- A request waiting at my own desk shows when its sender may be called, and nothing else.
		create function waits_at_my_desk(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select actor_role() = 'caseworker' and exists (select 1 from support_request s
				where s.force_id = p_force and s.participation_id = p_participation
					and s.desk_id = actor_desk() and s.closed_at is null)
				and not is_shut_out(p_force, p_participation, actor_account()) $$;

		-- Before anybody is known: which force answers under this address.
		create function force_for_origin(p_origin text) returns table (id uuid, slug text, name text)
			language sql stable security definer set search_path = pg_catalog, public as $$
			select f.id, f.slug, f.name from force f where f.origin = p_origin $$;
	`.execute(db);
}
