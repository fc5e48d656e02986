import { sql, type Kysely } from 'kysely';

/** Naming, barring, lifting, and what professional standards are shown of restricted cases. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await lists(db);
	await lifting(db);
	await standards(db);
	await sql`
		revoke execute on function change_access, open_lift, ask_lift, answer_lift,
			case_for_access, standards_items, people_for_request from public;
		grant execute on function change_access, ask_lift, answer_lift, case_for_access,
			standards_items, people_for_request to waymark_app;
	`.execute(db);
}

async function lists(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- One change of one list. Says 'done', or why not.
		create function change_access(p_force uuid, p_case uuid, p_account uuid, p_act text,
			p_reason text, p_label text, p_at timestamptz) returns text
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_case record;
			v_who record;
			v_on text;
		begin
			select c.restricted, c.team_id into v_case from crime_case c
			where c.force_id = p_force and c.id = p_case for update;
			if actor_account() is null or not may_change_access(p_force, p_case) then
				return 'not_found';
			end if;
			select a.role, a.team_id, a.state into v_who from account a
			where a.force_id = p_force and a.id = p_account and a.role <> 'victim';
			if not found then
				return 'unknown';
			end if;
			select x.kind into v_on from case_access x
			where x.force_id = p_force and x.case_id = p_case and x.account_id = p_account;
			if p_act in ('named', 'unnamed') and not v_case.restricted then
				return 'not_restricted';
			elsif (p_act in ('named', 'barred') and v_on = p_act)
					or (p_act = 'unnamed' and v_on is distinct from 'named')
					or (p_act = 'unbarred' and v_on is distinct from 'barred') then
				return 'same';
			elsif p_act = 'named' and v_on = 'barred' then
				return 'is_barred';
			elsif p_act = 'named' and (v_who.state <> 'active'
					or v_who.role not in ('officer', 'caseworker', 'supervisor')
					or (v_who.role = 'supervisor' and v_who.team_id <> v_case.team_id)) then
				return 'cannot_be_named';
			elsif p_act = 'barred' and p_account = actor_account() then
				return 'self';
			elsif v_on = 'named' and p_act in ('unnamed', 'barred') and v_who.role = 'officer'
					and not exists (select 1 from case_access x
						join account a on a.force_id = x.force_id and a.id = x.account_id
						where x.force_id = p_force and x.case_id = p_case and x.kind = 'named'
							and x.account_id <> p_account and a.role = 'officer'
							and a.state = 'active') then
				return 'last';
			end if;
			delete from case_access x
			where x.force_id = p_force and x.case_id = p_case and x.account_id = p_account;
			if p_act in ('named', 'barred') then
				insert into case_access values (p_force, p_case, p_account, p_act);
			end if;
			if p_act = 'named' and v_who.role = 'officer' and not exists (
					select 1 from case_assignment s where s.force_id = p_force
						and s.case_id = p_case and s.account_id = p_account and s.ended_at is null) then
				insert into case_assignment (force_id, case_id, account_id, kind, began_at)
				values (p_force, p_case, p_account, 'cover', p_at);
			end if;
			perform settle_officer(p_force, p_case, p_at);
			perform settle_requests(p_force, p_case, p_at);
			perform write_access_change(p_force, p_case, p_act, p_account, p_reason, p_label, p_at);
			return 'done';
		end $$;
	`.execute(db);
}

async function lifting(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Who asked to lift the restriction, while nobody has answered.
		create function open_lift(p_force uuid, p_case uuid) returns uuid
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select case when last.act = 'lift_asked' then last.made_by end
			from (select c.act, c.made_by from access_change c
				where c.force_id = p_force and c.case_id = p_case
					and c.act in ('restricted', 'lift_asked', 'lift_refused', 'lifted')
				order by c.sequence desc limit 1) last $$;

		create function ask_lift(p_force uuid, p_case uuid, p_reason text, p_label text,
			p_at timestamptz) returns text
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_restricted boolean;
		begin
			select c.restricted into v_restricted from crime_case c
			where c.force_id = p_force and c.id = p_case for update;
			if actor_account() is null or not may_change_access(p_force, p_case) then
				return 'not_found';
			elsif not v_restricted or open_lift(p_force, p_case) is not null then
				return 'same';
			end if;
			perform write_access_change(p_force, p_case, 'lift_asked', null, p_reason, p_label, p_at);
			return 'done';
		end $$;

		-- Two people lift a restriction: whoever asked cannot also agree, but may take it back.
		create function answer_lift(p_force uuid, p_case uuid, p_agree boolean, p_reason text,
			p_label text, p_at timestamptz) returns text
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			perform 1 from crime_case c where c.force_id = p_force and c.id = p_case for update;
			if actor_account() is null or not may_change_access(p_force, p_case) then
				return 'not_found';
			elsif open_lift(p_force, p_case) is null then
				return 'same';
			elsif p_agree and open_lift(p_force, p_case) = actor_account() then
				return 'own';
			end if;
			if p_agree then
				update crime_case c set restricted = false where c.force_id = p_force and c.id = p_case;
				delete from case_access x
				where x.force_id = p_force and x.case_id = p_case and x.kind = 'named';
			end if;
			perform write_access_change(p_force, p_case,
				case when p_agree then 'lifted' else 'lift_refused' end, null, p_reason, p_label, p_at);
			return 'done';
		end $$;
	`.execute(db);
}

async function standards(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function case_for_access(p_reference text) returns table (id uuid, restricted boolean)
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select c.id, c.restricted from crime_case c
			where c.force_id = actor_force() and c.reference = p_reference
				and is_standards(c.force_id, actor_account()) and may_change_access(c.force_id, c.id) $$;

		-- What runs in restricted cases: a reference, a kind and a date. No person, and no word.
		create function standards_items() returns table (reference text, kind text,
			due_at timestamptz, since timestamptz, enhanced boolean, desk text)
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			with open_to_me as (
				select c.* from crime_case c
				where c.force_id = actor_force() and c.restricted and c.closed_at is null
					and is_standards(c.force_id, actor_account())
					and not is_barred_by_name(c.force_id, c.id, actor_account())),
			people as (
				select c.reference, c.reported_at, p.force_id, p.id, p.case_id, p.tier
				from open_to_me c join participation p
					on p.force_id = c.force_id and p.case_id = c.id and p.ended_at is null)
			select c.reference, 'case', null::timestamptz, c.opened_at, false, null::text
			from open_to_me c
			union all
			select c.reference, 'lift', null, x.made_at, false, null from open_to_me c
			join lateral (select a.made_at from access_change a where a.force_id = c.force_id
				and a.case_id = c.id order by a.sequence desc limit 1) x on true
			where open_lift(c.force_id, c.id) is not null
			union all
			select p.reference, 'assessment', a.due_at, p.reported_at, p.tier = 'enhanced', null
			from people p left join assessment a on a.force_id = p.force_id and a.participation_id = p.id
			where a.id is null or a.state = 'open'
			union all
			select p.reference, 'statement', coalesce((select min(o.answer_due_at) from statement o
					where o.force_id = s.force_id and o.participation_id = s.participation_id
						and o.need_id = s.need_id and o.sequence > coalesce((select max(z.sequence)
							from statement z left join review r
								on r.force_id = z.force_id and r.statement_id = z.id
							where z.force_id = s.force_id and z.participation_id = s.participation_id
								and z.need_id = s.need_id and (r.id is not null or z.kind not in
									('answered', 'talk_to_someone', 'not_right'))), 0)),
				s.answer_due_at), s.said_at, p.tier = 'enhanced', null
			from people p join statement s on s.force_id = p.force_id and s.participation_id = p.id
			where s.kind in ('answered', 'talk_to_someone', 'not_right')
				and not exists (select 1 from review r
					where r.force_id = s.force_id and r.statement_id = s.id)
				and not exists (select 1 from statement l where l.force_id = s.force_id
					and l.participation_id = s.participation_id and l.need_id = s.need_id
					and l.sequence > s.sequence)
			union all
			select c.reference, 'untold', null, e.heard_at, exists (select 1 from people p
					where p.case_id = c.id and p.tier = 'enhanced'
						and (e.participation_id is null or p.id = e.participation_id)), null
			from open_to_me c join case_event e on e.force_id = c.force_id and e.case_id = c.id
			where e.human_first and e.told_at is null and not exists (select 1 from case_event l
				where l.force_id = e.force_id and l.supersedes = e.id)
			union all
			select p.reference, 'request', r.due_at, r.asked_at, false, d.name
			from people p
			join support_request r on r.force_id = p.force_id and r.participation_id = p.id
			join desk d on d.force_id = r.force_id and d.id = r.desk_id
			where r.closed_at is null and not exists (select 1 from account a
				where a.force_id = r.force_id and a.desk_id = r.desk_id and a.role = 'caseworker'
					and a.state = 'active' and not is_closed_to(p.force_id, p.case_id, a.id)) $$;

		-- Whom a new request concerns: those at its desk who may see it; when a restricted case has
		-- nobody there, professional standards, who name somebody.
		create function people_for_request(p_force uuid, p_desk uuid, p_participation uuid)
			returns table (account_id uuid)
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			with at_desk as (
				select d.account_id from people_at_desk(p_force, p_desk) d
				where not is_shut_out(p_force, p_participation, d.account_id))
			select account_id from at_desk
			union all
			select a.id from account a
			join participation p on p.force_id = p_force and p.id = p_participation
			join crime_case c on c.force_id = p.force_id and c.id = p.case_id and c.restricted
			where a.force_id = p_force and a.role = 'agency_desk' and is_standards(p_force, a.id)
				and not is_barred_by_name(p_force, c.id, a.id)
				and not exists (select 1 from at_desk) $$;
	`.execute(db);
}
