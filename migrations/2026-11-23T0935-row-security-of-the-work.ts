import { sql, type Kysely } from 'kysely';

/** Policies of the tables that hold what is said, recorded, asked, written and sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- A supporter who only reads speaks for nobody.
		create function speaks_in(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select exists (select 1 from participation p where p.force_id = p_force
					and p.id = p_participation and p.account_id = actor_account()
					and p.role <> 'supporter_readonly')
				or exists (select 1 from representative r where r.force_id = p_force
					and r.participation_id = p_participation and r.account_id = actor_account()
					and r.role <> 'supporter_readonly' and r.approved_at is not null
					and r.revoked_at is null and (r.until_at is null or r.until_at > now())) $$;
		revoke all on function speaks_in(uuid, uuid) from public;
		grant execute on function speaks_in(uuid, uuid) to waymark_app;
		create policy app_plan_speaks on safety_plan as restrictive for all to waymark_app
			using (actor_role() <> 'victim' or speaks_in(force_id, participation_id));

		create policy app_statement_read on statement for select to waymark_app
			using (sees_participation(force_id, participation_id)
				and may_read_need(force_id, participation_id, need_id));
		create policy app_statement_say on statement for insert to waymark_app
			with check (actor_role() = 'victim' and said_by = actor_account()
				and sees_participation(force_id, participation_id)
				and speaks_in(force_id, participation_id));
		create policy app_assessment_read on assessment for select to waymark_app
			using (sees_participation(force_id, participation_id));
		create policy app_assessment_make on assessment for insert to waymark_app
			with check (is_police() and sees_participation(force_id, participation_id));
		create policy app_assessment_change on assessment for update to waymark_app
			using (is_police() and sees_participation(force_id, participation_id))
			with check (is_police() and sees_participation(force_id, participation_id));
		create policy app_entry_read on entry for select to waymark_app
			using (sees_participation(force_id, participation_id)
				and may_read_need(force_id, participation_id, need_id));
		create policy app_entry_record on entry for insert to waymark_app
			with check (is_police() and recorded_by = actor_account()
				and sees_participation(force_id, participation_id));
		create policy app_review_read on review for select to waymark_app
			using (sees_participation(force_id, participation_id)
				and exists (select 1 from statement s
					where s.force_id = review.force_id and s.id = review.statement_id));
		create policy app_review_answer on review for insert to waymark_app
			with check (is_police() and answered_by = actor_account()
				and sees_participation(force_id, participation_id));
		create policy app_review_seen on review for update to waymark_app
			using (actor_role() = 'victim' and sees_participation(force_id, participation_id))
			with check (actor_role() = 'victim' and sees_participation(force_id, participation_id));

		-- Hard news is read by nobody but the police until a person has told the victim.
		create policy app_event_read on case_event for select to waymark_app
			using (sees_case(force_id, case_id)
				and (participation_id is null or sees_participation(force_id, participation_id)
					or actor_role() = 'agency_system')
				and (is_police() or actor_role() = 'agency_system'
					or not human_first or told_at is not null));
		create policy app_event_take on case_event for insert to waymark_app
			with check ((is_police() or actor_role() = 'agency_system') and sees_case(force_id, case_id));
		create policy app_event_told on case_event for update to waymark_app
			using (is_police() and sees_case(force_id, case_id))
			with check (is_police() and sees_case(force_id, case_id));

		-- Police roles never see an independent service's requests, threads or messages, nor the reverse.
		create policy app_request_read on support_request for select to waymark_app using (
			force_id = actor_force() and case
				when actor_role() = 'victim' then sees_participation(force_id, participation_id)
				when actor_role() = 'caseworker' then desk_id = actor_desk()
					and (closed_at is null or closed_at > now() - interval '30 days')
					and not is_shut_out(force_id, participation_id, actor_account())
				when is_police() then controller_id = actor_controller()
					and sees_participation(force_id, participation_id)
				else false end);
		create policy app_request_ask on support_request for insert to waymark_app
			with check (actor_role() = 'victim' and state = 'new'
				and sees_participation(force_id, participation_id)
				and speaks_in(force_id, participation_id));
		create policy app_request_move on support_request for update to waymark_app
			using (force_id = actor_force() and ((actor_role() = 'victim'
					and sees_participation(force_id, participation_id)
					and speaks_in(force_id, participation_id))
				or (actor_role() = 'caseworker' and desk_id = actor_desk())))
			with check (force_id = actor_force() and ((actor_role() = 'victim'
					and sees_participation(force_id, participation_id)
					and speaks_in(force_id, participation_id))
				or (actor_role() = 'caseworker' and desk_id = actor_desk())));
		create policy app_transition_read on support_transition for select to waymark_app using (
			exists (select 1 from support_request r
				where r.force_id = support_transition.force_id and r.id = support_transition.request_id));
		create policy app_transition_make on support_transition for insert to waymark_app with check (
			moved_by = actor_account() and exists (select 1 from support_request r
				where r.force_id = support_transition.force_id and r.id = support_transition.request_id));

		create policy app_thread_read on thread for select to waymark_app using (
			sees_participation(force_id, participation_id)
			and (actor_role() = 'victim' or controller_id = actor_controller()));
		create policy app_thread_open on thread for insert to waymark_app with check (
			sees_participation(force_id, participation_id)
			and case when actor_role() = 'victim' then speaks_in(force_id, participation_id)
				else controller_id = actor_controller() end);
		create policy app_message_read on message for select to waymark_app using (
			sees_participation(force_id, participation_id)
			and case when actor_role() = 'victim' then not internal
				else controller_id = actor_controller() end);
		create policy app_message_write on message for insert to waymark_app with check (
			written_by = actor_account() and sees_participation(force_id, participation_id)
			and case when actor_role() = 'victim' then
					side = 'victim' and speaks_in(force_id, participation_id)
				else side = 'staff' and controller_id = actor_controller() end);
		create policy app_message_seen on message for update to waymark_app
			using (sees_participation(force_id, participation_id)
				and (side = 'victim') = (actor_role() <> 'victim')
				and (actor_role() = 'victim' or controller_id = actor_controller()))
			with check (sees_participation(force_id, participation_id));

		create policy app_notice_queue on notice for insert to waymark_app
			with check (force_id = actor_force() and actor_role() <> 'nobody' and state = 'waiting');
		create policy app_notice_read on notice for select to waymark_app using (
			force_id = actor_force() and (account_id = actor_account()
				or (is_police() and sees_participation(force_id, participation_id))));
		create policy worker_notice_read on notice for select to waymark_worker
			using (force_id = actor_force());
		create policy worker_notice_settle on notice for update to waymark_worker
			using (force_id = actor_force()) with check (force_id = actor_force());

		-- Internal notes are numbered with the rest of a thread, though the victim cannot see them.
		create function next_message_sequence(p_force uuid, p_thread uuid) returns integer
			language sql stable security definer set search_path = pg_catalog, public as $$
			select coalesce(max(m.sequence), 0) + 1 from message m
				where p_force = actor_force() and m.force_id = p_force and m.thread_id = p_thread $$;
		revoke all on function next_message_sequence(uuid, uuid) from public;
		grant execute on function next_message_sequence(uuid, uuid) to waymark_app;

		-- Whom a new request concerns: account ids only, for the notices that go with it.
		create function people_at_desk(p_force uuid, p_desk uuid) returns table (account_id uuid)
			language sql stable security definer set search_path = pg_catalog, public as $$
			select a.id from account a where p_force = actor_force() and a.force_id = p_force
				and a.desk_id = p_desk and a.role = 'caseworker' and a.state = 'active' $$;

		-- Whom news of a case concerns: ids only, for the notices that go with it.
		create function people_of_case(p_force uuid, p_case uuid)
			returns table (participation_id uuid, account_id uuid)
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p.id, p.account_id from participation p
			where (is_police() or actor_role() = 'agency_system') and sees_case(p_force, p_case)
				and p.force_id = p_force and p.case_id = p_case
				and p.account_id is not null and p.ended_at is null
			union
			select p.id, r.account_id from participation p
			join representative r on r.force_id = p.force_id and r.participation_id = p.id
			where (is_police() or actor_role() = 'agency_system') and sees_case(p_force, p_case)
				and p.force_id = p_force and p.case_id = p_case and p.ended_at is null
				and r.approved_at is not null and r.revoked_at is null
				and (r.until_at is null or r.until_at > now()) $$;
		-- Whom an agency means by a person's reference in a case: an id, and nothing about them.
		create function participation_in(p_force uuid, p_case uuid, p_reference text) returns uuid
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p.id from participation p
			where (is_police() or actor_role() = 'agency_system') and sees_case(p_force, p_case)
				and p.force_id = p_force and p.case_id = p_case and p.reference = p_reference
				and p.ended_at is null $$;
		revoke all on function people_at_desk(uuid, uuid), people_of_case(uuid, uuid),
			participation_in(uuid, uuid, text) from public;
		grant execute on function people_at_desk(uuid, uuid), people_of_case(uuid, uuid),
			participation_in(uuid, uuid, text) to waymark_app;

		-- Who must answer, as the victim reads it ("PC 4021"): she sees no accounts.
		create function officer_label(p_force uuid, p_participation uuid) returns text
			language sql stable security definer set search_path = pg_catalog, public as $$
			select a.staff_label from participation p
				join case_assignment s on s.force_id = p.force_id and s.case_id = p.case_id
					and s.kind = 'officer' and s.ended_at is null
				join account a on a.force_id = s.force_id and a.id = s.account_id
			where p.force_id = p_force and p.id = p_participation
				and sees_participation(p_force, p_participation) $$;
		revoke all on function officer_label(uuid, uuid) from public;
		grant execute on function officer_label(uuid, uuid) to waymark_app;

		grant select on need_catalogue, need_catalogue_need, support_move to waymark_app;
		grant select, insert on statement, assessment, entry, review, case_event, support_request,
			support_transition, thread, message, notice to waymark_app;
		grant update (state, started_at, first_confirmed_at, confirmed_at, confirmed_by, confirmed_label, version)
			on assessment to waymark_app;
		grant update (seen_at) on review to waymark_app;
		grant update (told_at) on case_event to waymark_app;
		grant update (state, taken_by, taken_label, taken_at, due_at, closed_at, version)
			on support_request to waymark_app;
		grant update (read_at) on message to waymark_app;
		grant select on notice to waymark_worker;
		grant update (state, reason, attempts, settled_at) on notice to waymark_worker;
	`.execute(db);
}
