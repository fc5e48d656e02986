import { sql, type Kysely } from 'kysely';

/**
 * Who may see a restricted case, and who changes that. The lists are changed by the functions here
 * and by nothing else, so that each change leaves a line, and somebody named is always left.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await questions(db);
	await lines(db);
	await policies(db);
	await commands(db);
}

async function questions(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table desk drop constraint desk_kind;
		alter table desk add constraint desk_kind
			check (kind in ('police', 'support', 'agency', 'professional_standards'));

		create function is_barred_by_name(p_force uuid, p_case uuid, p_account uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select exists (select 1 from case_access a where a.force_id = p_force
				and a.case_id = p_case and a.account_id = p_account and a.kind = 'barred') $$;

		create function is_closed_to(p_force uuid, p_case uuid, p_account uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force is distinct from actor_force()
				or is_barred_by_name(p_force, p_case, p_account)
				or (exists (select 1 from crime_case c
						where c.force_id = p_force and c.id = p_case and c.restricted)
					and not exists (select 1 from case_access a where a.force_id = p_force
						and a.case_id = p_case and a.account_id = p_account and a.kind = 'named')) $$;

		create or replace function is_barred(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select is_closed_to(p_force, p_case, actor_account()) $$;

		-- The desk that hears of restricted cases instead of anybody's line supervisor.
		create function is_standards(p_force uuid, p_account uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and exists (select 1 from account a
				join desk d on d.force_id = a.force_id and d.id = a.desk_id
				where a.force_id = p_force and a.id = p_account and a.role = 'agency_desk'
					and a.state = 'active' and d.kind = 'professional_standards') $$;

		-- Who may not even hear that something waits. The people of professional standards hear of
		-- restricted cases, unless they are barred from one.
		create or replace function is_shut_out(p_force uuid, p_participation uuid, p_account uuid)
			returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and exists (
				select 1 from participation p
				where p.force_id = p_force and p.id = p_participation
					and is_closed_to(p.force_id, p.case_id, p_account)
					and (is_barred_by_name(p.force_id, p.case_id, p_account)
						or not is_standards(p_force, p_account))) $$;

		-- Whoever works on the case, and of a restricted one professional standards, who see the
		-- lists and nothing else of it.
		create function may_change_access(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and ((is_police() and sees_case(p_force, p_case))
				or (is_standards(p_force, actor_account())
					and not is_barred_by_name(p_force, p_case, actor_account())
					and exists (select 1 from crime_case c
						where c.force_id = p_force and c.id = p_case and c.restricted))) $$;

		-- Breaking the glass opens a case to police who do not work on it, never to the barred. The
		-- same rule stands in the domain.
		create function may_break_glass(p_force uuid, p_case uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and is_police()
				and not is_barred_by_name(p_force, p_case, actor_account()) $$;
	`.execute(db);
}

async function lines(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table access_change (
			force_id uuid not null,
			case_id uuid not null,
			sequence integer not null constraint access_change_sequence_positive check (sequence > 0),
			act text not null constraint access_change_act check (act in ('restricted', 'named',
				'unnamed', 'barred', 'unbarred', 'lift_asked', 'lift_refused', 'lifted')),
			account_id uuid,
			reason_sealed text not null
				constraint access_change_sealed check (reason_sealed like 'ey%'),
			made_by uuid not null,
			made_label text not null,
			made_at timestamptz not null,
			constraint access_change_pk primary key (force_id, case_id, sequence),
			constraint access_change_case_fk foreign key (force_id, case_id)
				references crime_case (force_id, id),
			constraint access_change_account_fk foreign key (force_id, account_id)
				references account (force_id, id),
			constraint access_change_maker_fk foreign key (force_id, made_by)
				references account (force_id, id),
			constraint access_change_about_someone check
				((account_id is null) = (act in ('restricted', 'lift_asked', 'lift_refused', 'lifted')))
		);
		alter table access_change enable row level security;
	`.execute(db);
}

async function policies(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_access_change on access_change for select to waymark_app
			using (may_change_access(force_id, case_id));
		drop policy app_case_access on case_access;
		create policy app_case_access on case_access for select to waymark_app
			using (may_change_access(force_id, case_id));
		drop policy app_request_move on support_request;
		create policy app_request_move on support_request for update to waymark_app
			using (force_id = actor_force() and ((actor_role() = 'victim'
					and sees_participation(force_id, participation_id)
					and speaks_in(force_id, participation_id))
				or (actor_role() = 'caseworker' and desk_id = actor_desk()
					and not is_shut_out(force_id, participation_id, actor_account()))))
			with check (force_id = actor_force() and ((actor_role() = 'victim'
					and sees_participation(force_id, participation_id)
					and speaks_in(force_id, participation_id))
				or (actor_role() = 'caseworker' and desk_id = actor_desk()
					and not is_shut_out(force_id, participation_id, actor_account()))));
		grant select on access_change to waymark_app;
	`.execute(db);
}

async function commands(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function write_access_change(p_force uuid, p_case uuid, p_act text, p_account uuid,
			p_reason text, p_label text, p_at timestamptz) returns void
			language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
			insert into access_change
			select p_force, p_case, coalesce(max(c.sequence), 0) + 1, p_act, p_account, p_reason,
				actor_account(), p_label, p_at
			from access_change c where c.force_id = p_force and c.case_id = p_case $$;

		-- Nobody works on what is closed to them; when that was the officer in the case, the officer
		-- who has covered it longest is that from now on.
		create function settle_officer(p_force uuid, p_case uuid, p_at timestamptz) returns void
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_next record;
		begin
			update case_assignment s set ended_at = greatest(s.began_at, p_at)
			where s.force_id = p_force and s.case_id = p_case and s.ended_at is null
				and is_closed_to(p_force, p_case, s.account_id);
			if exists (select 1 from case_assignment s where s.force_id = p_force
					and s.case_id = p_case and s.kind = 'officer' and s.ended_at is null) then
				return;
			end if;
			select s.id, s.account_id into v_next from case_assignment s
			join account a on a.force_id = s.force_id and a.id = s.account_id and a.state = 'active'
			where s.force_id = p_force and s.case_id = p_case and s.ended_at is null
			order by s.began_at, s.id limit 1;
			if not found then
				return;
			end if;
			update case_assignment s set ended_at = greatest(s.began_at, p_at)
			where s.force_id = p_force and s.id = v_next.id;
			insert into case_assignment (force_id, case_id, account_id, kind, began_at)
			values (p_force, p_case, v_next.account_id, 'officer', p_at);
		end $$;

		-- What was taken by somebody who may not see it any more goes, with its clock, to a colleague at
		-- the desk who may. With none, it waits on the list of professional standards.
		create function settle_requests(p_force uuid, p_case uuid, p_at timestamptz) returns void
			language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
			update support_request r
			set taken_by = n.id, taken_label = n.staff_label, taken_at = p_at, version = r.version + 1
			from participation p cross join lateral (
				select a.id, a.staff_label, a.desk_id, row_number() over (partition by a.desk_id
					order by (select count(*) from support_request o where o.force_id = a.force_id
						and o.taken_by = a.id and o.closed_at is null), a.created_at, a.id) as place
				from account a where a.force_id = p_force and a.role = 'caseworker'
					and a.state = 'active' and not is_closed_to(p_force, p_case, a.id)) n
			where p.force_id = p_force and p.case_id = p_case and r.force_id = p_force
				and r.participation_id = p.id and r.desk_id = n.desk_id and n.place = 1
				and r.closed_at is null and r.taken_by is not null
				and is_closed_to(p_force, p_case, r.taken_by) $$;

		create function restrict_case(p_force uuid, p_case uuid, p_reason text, p_label text,
			p_at timestamptz) returns text
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			perform 1 from crime_case c where c.force_id = p_force and c.id = p_case for update;
			if actor_role() <> 'officer' or not sees_case(p_force, p_case) then
				return 'not_found';
			end if;
			update crime_case c set restricted = true
			where c.force_id = p_force and c.id = p_case and not c.restricted;
			if not found then
				return 'same';
			end if;
			insert into case_access values (p_force, p_case, actor_account(), 'named')
				on conflict do nothing;
			perform settle_officer(p_force, p_case, p_at);
			perform settle_requests(p_force, p_case, p_at);
			perform write_access_change(p_force, p_case, 'restricted', null, p_reason, p_label, p_at);
			return 'done';
		end $$;

		revoke execute on function is_barred_by_name, is_closed_to, is_standards, may_change_access,
			may_break_glass, write_access_change, settle_officer, settle_requests, restrict_case
			from public;
		grant execute on function is_barred_by_name, is_closed_to, is_standards, may_change_access,
			may_break_glass, restrict_case to waymark_app;
	`.execute(db);
}
