import { sql, type Kysely } from 'kysely';

/**
 * The second lock. The roles `waymark_app` and `waymark_worker` own nothing, so every statement of
 * theirs passes these policies; with no actor set, nothing is visible and nothing can be written.
 * Functions marked security definer run as the tables' owner and answer one narrow question each.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await whoSeesWhat(db);
	await policiesOfTheForce(db);
	await policiesOfPeople(db);
	await grants(db);
}

async function whoSeesWhat(db: Kysely<unknown>): Promise<void> {
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

async function policiesOfTheForce(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_force on force for select to waymark_app, waymark_worker
			using (id = actor_force());
		create policy app_setting on force_setting for select to waymark_app, waymark_worker
			using (force_id = actor_force());
		create policy app_controller on controller for select to waymark_app
			using (force_id = actor_force());
		create policy app_team on team for select to waymark_app using (force_id = actor_force());
		create policy app_desk on desk for select to waymark_app using (force_id = actor_force());
		create policy app_desk_hours on desk_hours for select to waymark_app
			using (force_id = actor_force());
		create policy app_roster on roster for select to waymark_app using (force_id = actor_force());

		create policy app_account_read on account for select to waymark_app using (
			force_id = actor_force() and (id = actor_account()
				or (actor_role() not in ('victim', 'nobody') and role <> 'victim')));
		create policy app_account_make on account for insert to waymark_app with check (
			force_id = actor_force() and (actor_role() = 'operator'
				or (is_police() and role = 'victim')));
		create policy app_account_own on account for update to waymark_app
			using (force_id = actor_force() and id = actor_account())
			with check (force_id = actor_force() and id = actor_account());
		create policy worker_account on account for select to waymark_worker
			using (force_id = actor_force());

		create policy app_submission on submission for all to waymark_app
			using (force_id = actor_force() and account_id = actor_account())
			with check (force_id = actor_force() and account_id = actor_account());
		create policy app_sealed_draft on sealed_draft for all to waymark_app
			using (force_id = actor_force() and account_id = actor_account())
			with check (force_id = actor_force() and account_id = actor_account());

		create policy app_audit_write on audit for insert to waymark_app, waymark_worker with check (
			force_id = actor_force() and account_id is not distinct from actor_account()
			and actor_role = actor_role());
		create policy app_audit_read on audit for select to waymark_app using (
			force_id = actor_force() and actor_role() = 'victim'
			and sees_participation(force_id, participation_id));
	`.execute(db);
}

async function policiesOfPeople(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_victim_read on victim for select to waymark_app
			using (sees_victim(force_id, id));
		create policy app_victim_make on victim for insert to waymark_app
			with check (force_id = actor_force() and is_police() and victim_is_new(force_id, id));
		create policy app_victim_key_read on victim_key for select to waymark_app
			using (sees_victim(force_id, victim_id));
		create policy app_victim_key_make on victim_key for insert to waymark_app
			with check (force_id = actor_force() and is_police() and victim_is_new(force_id, victim_id));
		create policy worker_victim_key on victim_key for select to waymark_worker
			using (force_id = actor_force());

		create policy app_case_read on crime_case for select to waymark_app
			using (sees_case(force_id, id));
		create policy app_case_open on crime_case for insert to waymark_app
			with check (force_id = actor_force() and is_police());
		create policy app_assignment_read on case_assignment for select to waymark_app
			using (sees_case(force_id, case_id));
		create policy app_assignment_first on case_assignment for insert to waymark_app with check (
			force_id = actor_force() and (
				(actor_role() = 'officer' and account_id = actor_account()
					and case_has_no_officer(force_id, case_id))
				or (actor_role() = 'supervisor' and sees_case(force_id, case_id))));
		create policy app_assignment_end on case_assignment for update to waymark_app
			using (actor_role() = 'supervisor' and sees_case(force_id, case_id))
			with check (actor_role() = 'supervisor' and sees_case(force_id, case_id));
		create policy app_case_access on case_access for select to waymark_app
			using (actor_role() = 'supervisor' and sees_case(force_id, case_id));

		create policy app_participation_read on participation for select to waymark_app
			using (sees_participation(force_id, id));
		create policy app_participation_make on participation for insert to waymark_app
			with check (is_police() and sees_case(force_id, case_id));
		create policy app_participation_change on participation for update to waymark_app
			using (is_police() and sees_case(force_id, case_id))
			with check (is_police() and sees_case(force_id, case_id));
		create policy worker_participation on participation for select to waymark_worker
			using (force_id = actor_force());
		create policy app_representative on representative for select to waymark_app
			using (sees_participation(force_id, participation_id));
		create policy app_contact_read on contact_detail for select to waymark_app
			using (sees_victim(force_id, victim_id));
		create policy app_contact_police on contact_detail for insert to waymark_app
			with check (sees_victim(force_id, victim_id)
				and (is_police() or (actor_role() = 'victim' and state = 'held')));
		create policy app_contact_change on contact_detail for update to waymark_app
			using (is_police() and sees_victim(force_id, victim_id))
			with check (is_police() and sees_victim(force_id, victim_id));
		create policy worker_contact on contact_detail for select to waymark_worker
			using (force_id = actor_force());
		create policy app_plan_read on safety_plan for select to waymark_app
			using (sees_participation(force_id, participation_id)
				or waits_at_my_desk(force_id, participation_id));
		create policy app_plan_make on safety_plan for insert to waymark_app
			with check (sees_participation(force_id, participation_id)
				and (is_police() or actor_role() = 'victim'));
		create policy app_plan_change on safety_plan for update to waymark_app
			using (sees_participation(force_id, participation_id)
				and (is_police() or actor_role() = 'victim'))
			with check (sees_participation(force_id, participation_id)
				and (is_police() or actor_role() = 'victim'));
		create policy worker_plan on safety_plan for select to waymark_worker
			using (force_id = actor_force());
		create policy worker_plan_window on safety_plan for update to waymark_worker
			using (force_id = actor_force()) with check (force_id = actor_force());
		create policy app_linked_person on linked_person for all to waymark_app
			using (is_police() and sees_case(force_id, case_id))
			with check (is_police() and sees_case(force_id, case_id));
		create policy app_consent_read on consent for select to waymark_app
			using (sees_participation(force_id, participation_id));
		create policy app_consent_give on consent for insert to waymark_app
			with check (actor_role() = 'victim' and given_by = actor_account()
				and sees_participation(force_id, participation_id));
		create policy app_consent_revoke on consent for update to waymark_app
			using (actor_role() = 'victim' and sees_participation(force_id, participation_id))
			with check (actor_role() = 'victim' and sees_participation(force_id, participation_id));
		create policy app_invitation on invitation for all to waymark_app
			using (is_police() and sees_participation(force_id, participation_id))
			with check (is_police() and made_by = actor_account()
				and sees_participation(force_id, participation_id));
	`.execute(db);
}

async function grants(db: Kysely<unknown>): Promise<void> {
	await sql`
		revoke all on all functions in schema public from public;
		grant execute on function actor_force(), actor_account(), actor_role(), actor_desk(), actor_team(),
			actor_controller(), is_police(), is_barred(uuid, uuid), sees_participation(uuid, uuid),
			sees_case(uuid, uuid), sees_victim(uuid, uuid), may_read_need(uuid, uuid, text),
			case_has_no_officer(uuid, uuid), victim_is_new(uuid, uuid), waits_at_my_desk(uuid, uuid),
			is_shut_out(uuid, uuid, uuid)
			to waymark_app, waymark_worker;
		grant execute on function force_for_origin(text) to waymark_app;

		grant select on force, force_setting, controller, team, desk, desk_hours, roster to waymark_app;
		grant select (force_id, id, role, sign_in_hash, language, private_device, staff_label, desk_id,
			team_id, controller_id, state, created_at) on account to waymark_app;
		grant insert on account to waymark_app;
		grant update (language, private_device, password_hash) on account to waymark_app;
		grant select, insert on submission, victim, victim_key, crime_case, audit to waymark_app;
		grant select, insert, delete on sealed_draft to waymark_app;
		grant select, insert on case_assignment, participation, contact_detail, safety_plan, consent,
			linked_person, invitation to waymark_app;
		grant update (ended_at) on case_assignment to waymark_app;
		grant update (tier, grounds, language, account_id, ended_at) on participation to waymark_app;
		grant update (safe, state, confirmed_by, confirmed_at) on contact_detail to waymark_app;
		grant update (rules_sealed, contact_ok_now, contact_ok_next_change_at, confirmed_at, version)
			on safety_plan to waymark_app;
		grant update (revoked_at) on consent to waymark_app;
		grant update (used_at, revoked_at, tries) on invitation to waymark_app;
		grant select on case_access, representative to waymark_app;

		grant select on force, force_setting, participation, contact_detail, safety_plan, victim_key
			to waymark_worker;
		grant select (force_id, id, role, language, staff_label, contact_sealed, state) on account
			to waymark_worker;
		grant update (contact_ok_now, contact_ok_next_change_at) on safety_plan to waymark_worker;
		grant insert on audit to waymark_worker;
	`.execute(db);
}
