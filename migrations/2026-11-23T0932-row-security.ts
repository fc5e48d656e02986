import { sql, type Kysely } from 'kysely';

/**
 * The second lock. The roles `waymark_app` and `waymark_worker` own nothing, so every statement of
 * theirs passes these policies; with no actor set, nothing is visible and nothing can be written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await policiesOfTheForce(db);
	await policiesOfPeople(db);
	await grants(db);
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
