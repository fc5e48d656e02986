import { sql, type Kysely } from 'kysely';

/**
 * What a child says is the child's: a parent who acts for them reads what they themselves said, and
 * the rest of an area only while an officer has opened it to them, with a reason.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await openedAreas(db);
	await questions(db);
	await begunBy(db);
	await words(db);
	await reach(db);
}

async function openedAreas(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table opened_area (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			representative_id uuid not null,
			area text not null constraint opened_area_area check (area ~ '^[a-z]+$'),
			reason_sealed text not null constraint opened_area_sealed check (reason_sealed like 'ey%'),
			opened_by uuid not null,
			opened_label text not null,
			opened_at timestamptz not null,
			closed_by uuid,
			closed_label text,
			closed_at timestamptz,
			constraint opened_area_pk primary key (force_id, id),
			constraint opened_area_representative_fk
				foreign key (force_id, representative_id, participation_id)
				references representative (force_id, id, participation_id),
			constraint opened_area_opener_fk foreign key (force_id, opened_by)
				references account (force_id, id),
			constraint opened_area_closer_fk foreign key (force_id, closed_by)
				references account (force_id, id),
			constraint opened_area_closed check ((closed_at is null) = (closed_by is null)
				and (closed_at is null) = (closed_label is null) and closed_at >= opened_at)
		);
		create unique index opened_area_once on opened_area (force_id, representative_id, area)
			where closed_at is null;
		create index opened_area_participation on opened_area (force_id, participation_id);
		alter table opened_area enable row level security;

		-- The child reads what was opened to whom, and why it was; the parent reads the area itself.
		create policy app_opened_area_read on opened_area for select to waymark_app
			using (sees_participation(force_id, participation_id)
				and (is_police() or owns_participation(force_id, participation_id)));
		create policy app_opened_area_open on opened_area for insert to waymark_app
			with check (actor_role() = 'officer' and opened_by = actor_account()
				and closed_at is null and sees_participation(force_id, participation_id)
				and exists (select 1 from representative r where r.force_id = opened_area.force_id
					and r.id = representative_id and r.role = 'parent_guardian'
					and r.approved_at is not null and r.revoked_at is null));
		create policy app_opened_area_close on opened_area for update to waymark_app
			using (actor_role() = 'officer' and sees_participation(force_id, participation_id))
			with check (actor_role() = 'officer' and closed_by = actor_account()
				and sees_participation(force_id, participation_id));
		grant select, insert on opened_area to waymark_app;
		grant update (closed_by, closed_label, closed_at) on opened_area to waymark_app;
	`.execute(db);
}

async function questions(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- The approval by which the actor is a parent here; null for everybody else, the child too.
		create function parents_part(p_force uuid, p_participation uuid) returns uuid
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select r.id from representative r
			join participation p on p.force_id = r.force_id and p.id = r.participation_id
			where r.force_id = p_force and r.participation_id = p_participation
				and actor_role() = 'victim' and r.account_id = actor_account()
				and p.account_id is distinct from r.account_id and r.role = 'parent_guardian'
				and r.approved_at is not null and r.revoked_at is null
				and (r.until_at is null or r.until_at > now())
			limit 1 $$;

		create function area_is_open(p_force uuid, p_participation uuid, p_area text)
			returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select parents_part(p_force, p_participation) is null
				or exists (select 1 from opened_area o where o.force_id = p_force
					and o.representative_id = parents_part(p_force, p_participation)
					and o.area = p_area and o.closed_at is null) $$;

		-- Whether the actor reads words of one area that somebody said.
		create function hears(p_force uuid, p_participation uuid, p_area text, p_by uuid)
			returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_by is not distinct from actor_account()
				or area_is_open(p_force, p_participation, p_area) $$;

		create function hears_of_need(p_force uuid, p_participation uuid, p_version text,
			p_need text, p_by uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select hears(p_force, p_participation, (select n.area from need_catalogue_need n
				where n.version = p_version and n.need_id = p_need), p_by) $$;

		-- What an officer recorded may repeat what the child said: of a need about which anybody else
		-- spoke, and of all that matters for safety, a parent reads it only where it was opened.
		create function shows_entry(p_force uuid, p_participation uuid, p_version text, p_need text)
			returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select hears_of_need(p_force, p_participation, p_version, p_need, null)
				or (exists (select 1 from need_catalogue_need n where n.version = p_version
						and n.need_id = p_need and n.sensitivity <> 'C')
					and not exists (select 1 from statement s where s.force_id = p_force
						and s.participation_id = p_participation and s.need_id = p_need
						and s.said_by is distinct from actor_account())) $$;

		-- How a child with an account of their own is reached is between them and the police.
		create function reach_is_open(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select area_is_open(p_force, p_participation, 'contact')
				or exists (select 1 from participation p where p.force_id = p_force
					and p.id = p_participation and p.account_id is null) $$;

		create function reach_is_open_for(p_force uuid, p_victim uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select exists (select 1 from participation p where p.force_id = p_force
				and p.victim_id = p_victim and speaks_in(p.force_id, p.id)
				and reach_is_open(p.force_id, p.id)) $$;

		revoke all on function parents_part(uuid, uuid), area_is_open(uuid, uuid, text),
			hears(uuid, uuid, text, uuid), hears_of_need(uuid, uuid, text, text, uuid),
			shows_entry(uuid, uuid, text, text), reach_is_open(uuid, uuid),
			reach_is_open_for(uuid, uuid) from public;
		grant execute on function parents_part(uuid, uuid), area_is_open(uuid, uuid, text),
			hears(uuid, uuid, text, uuid), hears_of_need(uuid, uuid, text, text, uuid),
			shows_entry(uuid, uuid, text, text), reach_is_open(uuid, uuid),
			reach_is_open_for(uuid, uuid) to waymark_app;
	`.execute(db);
}

async function begunBy(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table support_request add column asked_by uuid,
			add constraint support_request_asker_fk foreign key (force_id, asked_by)
				references account (force_id, id);
		update support_request r set asked_by = t.moved_by from support_transition t
		where t.force_id = r.force_id and t.request_id = r.id and t.sequence = 1;
		alter table thread add column opened_by uuid,
			add constraint thread_opener_fk foreign key (force_id, opened_by)
				references account (force_id, id);
		update thread t set opened_by = coalesce(
			(select r.asked_by from support_request r
				where r.force_id = t.force_id and r.id = t.request_id),
			(select m.written_by from message m where m.force_id = t.force_id and m.thread_id = t.id
				and m.side = 'victim' order by m.sequence limit 1));

		-- Who began it is who acts; the owner of the tables brings rows along that say it.
		create function marks_who_began() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_who uuid := case when actor_role() = 'victim' then actor_account() end;
		begin
			if actor_role() = 'nobody' then
				return new;
			end if;
			if tg_table_name = 'thread' then
				new.opened_by := v_who;
			else
				new.asked_by := v_who;
			end if;
			return new;
		end $$;
		create trigger marks_who_began before insert on support_request
			for each row execute function marks_who_began();
		create trigger marks_who_began before insert on thread
			for each row execute function marks_who_began();

		-- Numbers are drawn over all rows, whoever may read them. In a case in which a parent acts they
		-- follow no order: a gap would tell that the child asked for something.
		create function next_number(p_force uuid, p_participation uuid, p_table text) returns integer
			language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
			with used as (
				select r.number from support_request r where p_table = 'support_request'
					and r.force_id = p_force and r.participation_id = p_participation
				union all
				select t.number from thread t where p_table = 'thread'
					and t.force_id = p_force and t.participation_id = p_participation)
			select case when not exists (select 1 from representative r where r.force_id = p_force
					and r.participation_id = p_participation and r.role = 'parent_guardian')
				then (select coalesce(max(number), 0) + 1 from used)
				else (select free.n from generate_series(100, 9999) free(n)
					where free.n not in (select number from used) order by random() limit 1) end
			where p_force = actor_force() $$;
		create function next_statement_sequence(p_force uuid, p_participation uuid, p_need text)
			returns integer
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select coalesce(max(s.sequence), 0) + 1 from statement s
			where p_force = actor_force() and s.force_id = p_force
				and s.participation_id = p_participation and s.need_id = p_need $$;
		revoke all on function marks_who_began(), next_number(uuid, uuid, text),
			next_statement_sequence(uuid, uuid, text) from public;
		grant execute on function next_number(uuid, uuid, text),
			next_statement_sequence(uuid, uuid, text) to waymark_app;
	`.execute(db);
}

async function words(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_statement_heard on statement as restrictive for all to waymark_app
			using (actor_role() <> 'victim'
				or hears_of_need(force_id, participation_id, catalogue_version, need_id, said_by));
		create policy app_entry_heard on entry as restrictive for select to waymark_app
			using (actor_role() <> 'victim'
				or shows_entry(force_id, participation_id, catalogue_version, need_id));
		create policy app_review_heard on review as restrictive for all to waymark_app
			using (actor_role() <> 'victim' or exists (select 1 from statement s
				where s.force_id = review.force_id and s.id = review.statement_id));
		create policy app_request_heard on support_request as restrictive for all to waymark_app
			using (actor_role() <> 'victim'
				or hears(force_id, participation_id, 'conversations', asked_by));
		create policy app_thread_heard on thread as restrictive for all to waymark_app
			using (actor_role() <> 'victim'
				or hears(force_id, participation_id, 'conversations', opened_by));
		create policy app_message_heard on message as restrictive for all to waymark_app
			using (actor_role() <> 'victim' or exists (select 1 from thread t
				where t.force_id = message.force_id and t.id = message.thread_id));
		create policy app_consent_heard on consent as restrictive for all to waymark_app
			using (actor_role() <> 'victim'
				or hears(force_id, participation_id, 'conversations', given_by));
		-- That the child looked, or that a service did, would tell what the child does here.
		create policy app_audit_heard on audit as restrictive for select to waymark_app
			using (actor_role() <> 'victim' or account_id = actor_account()
				or audit.actor_role in ('officer', 'supervisor')
				or parents_part(force_id, participation_id) is null);
	`.execute(db);
}

async function reach(db: Kysely<unknown>): Promise<void> {
	await sql`
		create policy app_plan_open on safety_plan as restrictive for all to waymark_app
			using (actor_role() <> 'victim' or reach_is_open(force_id, participation_id));
		create policy app_change_open on contact_change as restrictive for all to waymark_app
			using (actor_role() <> 'victim' or reach_is_open(force_id, participation_id));
		create policy app_contact_open on contact_detail as restrictive for select to waymark_app
			using (actor_role() <> 'victim' or reach_is_open_for(force_id, victim_id));
	`.execute(db);
}
