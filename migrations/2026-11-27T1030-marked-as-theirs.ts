import { sql, type Kysely } from 'kysely';

/**
 * What somebody writes who acts for a victim is marked as theirs by PostgreSQL itself, whichever
 * service writes it; and a supporter who only reads changes nothing and is shown no class C.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await marks(db);
	await supporters(db);
}

async function marks(db: Kysely<unknown>): Promise<void> {
	for (const table of ['statement', 'message', 'support_request', 'support_transition']) {
		await sql`
			alter table ${sql.table(table)} add column acted_as text
				constraint ${sql.ref(`${table}_acted_as`)}
					check (acted_as in ('parent_guardian', 'family_spokesperson'))
		`.execute(db);
	}
	await sql`
		-- Statements have said in which part they were made since the first of them.
		update statement set acted_as = said_as
		where said_as in ('parent_guardian', 'family_spokesperson');

		-- In which part the actor speaks for somebody else; null for a person's own voice.
		create function acting_role(p_force uuid, p_participation uuid) returns text
			language sql stable security definer set search_path = pg_catalog, public as $$
			select coalesce(
				(select case when p.role = 'parent_guardian' then p.role else '' end from participation p
					where p.force_id = p_force and p.id = p_participation
						and p.account_id = actor_account()),
				(select r.role from representative r where r.force_id = p_force
					and r.participation_id = p_participation and r.account_id = actor_account()
					and r.role <> 'supporter_readonly' and r.approved_at is not null
					and r.revoked_at is null and (r.until_at is null or r.until_at > now())
					order by r.asked_at limit 1)) $$;

		create function marks_who_acts() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		declare
			v_participation uuid;
		begin
			-- The owner of the tables brings rows along that were marked before.
			if actor_role() = 'nobody' then
				return new;
			end if;
			if tg_table_name = 'support_transition' then
				select s.participation_id into v_participation from support_request s
				where s.force_id = new.force_id and s.id = new.request_id;
			else
				v_participation := new.participation_id;
			end if;
			new.acted_as := case when actor_role() = 'victim'
				then nullif(acting_role(new.force_id, v_participation), '') end;
			return new;
		end $$;
		create trigger marks_who_acts before insert on statement
			for each row execute function marks_who_acts();
		create trigger marks_who_acts before insert on message
			for each row execute function marks_who_acts();
		create trigger marks_who_acts before insert on support_request
			for each row execute function marks_who_acts();
		create trigger marks_who_acts before insert on support_transition
			for each row execute function marks_who_acts();
		revoke all on function acting_role(uuid, uuid), marks_who_acts() from public;
		grant execute on function acting_role(uuid, uuid) to waymark_app;
	`.execute(db);
}

async function supporters(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Of class C a supporter is not shown that anything was said.
		create function shows_need(p_force uuid, p_participation uuid, p_version text, p_need text)
			returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select actor_role() <> 'victim' or speaks_in(p_force, p_participation)
				or exists (select 1 from need_catalogue_need n where n.version = p_version
					and n.need_id = p_need and n.sensitivity <> 'C') $$;
		revoke all on function shows_need(uuid, uuid, text, text) from public;
		grant execute on function shows_need(uuid, uuid, text, text) to waymark_app;
		create policy app_statement_shown on statement as restrictive for select to waymark_app
			using (shows_need(force_id, participation_id, catalogue_version, need_id));
		create policy app_entry_shown on entry as restrictive for select to waymark_app
			using (shows_need(force_id, participation_id, catalogue_version, need_id));

		-- Reading marks nothing as read when it is a supporter's: the victim has not seen it yet.
		create policy app_message_seen_by on message as restrictive for update to waymark_app
			using (actor_role() <> 'victim' or speaks_in(force_id, participation_id));
		create policy app_review_seen_by on review as restrictive for update to waymark_app
			using (actor_role() <> 'victim' or speaks_in(force_id, participation_id));
		create policy app_consent_given_by on consent as restrictive for insert to waymark_app
			with check (actor_role() <> 'victim' or speaks_in(force_id, participation_id));
		create policy app_consent_taken_by on consent as restrictive for update to waymark_app
			using (actor_role() <> 'victim' or speaks_in(force_id, participation_id));
		create policy app_contact_given_by on contact_detail as restrictive for insert to waymark_app
			with check (actor_role() <> 'victim' or exists (
				select 1 from participation p where p.force_id = contact_detail.force_id
					and p.victim_id = contact_detail.victim_id and speaks_in(p.force_id, p.id)));
		-- How to reach the victim is nobody's to read who only reads.
		create policy app_contact_shown on contact_detail as restrictive for select to waymark_app
			using (actor_role() <> 'victim' or exists (
				select 1 from participation p where p.force_id = contact_detail.force_id
					and p.victim_id = contact_detail.victim_id and speaks_in(p.force_id, p.id)));
	`.execute(db);
}
