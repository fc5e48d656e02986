import { sql, type Kysely } from 'kysely';

/**
 * People who must not meet in the data. What is known of a suspect or an associate is kept as keyed
 * hashes that the application can write and compare, and never read; a likeness opens a check.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await linkedPeople(db);
	await commands(db);
	await checks(db);
	await whileOpen(db);
}

async function linkedPeople(db: Kysely<unknown>): Promise<void> {
	await sql`
		drop policy app_linked_person on linked_person;
		revoke all on linked_person from waymark_app;
		alter table linked_person
			add column role text not null default 'suspect'
				constraint linked_person_role check (role in ('suspect', 'associate')),
			add column added_by uuid,
			add column added_label text,
			add column added_at timestamptz not null default now(),
			add column removed_by uuid,
			add column removed_at timestamptz,
			add column removal_sealed text
				constraint linked_person_removal_sealed check (removal_sealed like 'ey%'),
			add constraint linked_person_adder_fk foreign key (force_id, added_by)
				references account (force_id, id),
			add constraint linked_person_remover_fk foreign key (force_id, removed_by)
				references account (force_id, id),
			add constraint linked_person_removed check ((removed_at is null) = (removed_by is null)
				and (removed_at is null) = (removal_sealed is null)),
			add constraint linked_person_hashes check (length(address_hash) = 32
				and length(number_hash) = 32 and length(initial_hash) = 32 and length(surname_hash) = 32),
			-- An initial is hashed together with its surname: alone, it would be found by trying.
			add constraint linked_person_whole_name check (initial_hash is null or surname_hash is not null);
		create index linked_person_case on linked_person (force_id, case_id) where removed_at is null;
	`.execute(db);
}

async function commands(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function add_linked_person(p_force uuid, p_case uuid, p_role text, p_address bytea,
			p_number bytea, p_initial bytea, p_surname bytea, p_label text, p_at timestamptz) returns uuid
			language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
			insert into linked_person (force_id, case_id, role, address_hash, number_hash,
				initial_hash, surname_hash, added_by, added_label, added_at)
			select p_force, p_case, p_role, p_address, p_number, p_initial, p_surname,
				actor_account(), p_label, p_at
			where actor_role() = 'officer' and sees_case(p_force, p_case)
			returning id $$;

		create function remove_linked_person(p_force uuid, p_case uuid, p_id uuid, p_reason text,
			p_at timestamptz) returns boolean
			language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			if actor_role() <> 'officer' or not sees_case(p_force, p_case) then
				return false;
			end if;
			update linked_person l
			set removed_at = p_at, removed_by = actor_account(), removal_sealed = p_reason
			where l.force_id = p_force and l.case_id = p_case and l.id = p_id and l.removed_at is null;
			return found;
		end $$;

		-- What the list shows: that something is known, and never what.
		create function linked_people(p_force uuid, p_case uuid) returns table (id uuid, role text,
			has_address boolean, has_number boolean, has_name boolean, added_label text,
			added_at timestamptz)
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select l.id, l.role, l.address_hash is not null, l.number_hash is not null,
				l.surname_hash is not null, l.added_label, l.added_at
			from linked_person l
			where is_police() and sees_case(p_force, p_case) and l.force_id = p_force
				and l.case_id = p_case and l.removed_at is null
			order by l.added_at, l.id $$;

		-- The one question about a linked person that has an answer: whether anything is shared.
		create function meets_linked_person(p_force uuid, p_case uuid, p_addresses bytea[],
			p_numbers bytea[], p_names bytea[]) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select is_police() and sees_case(p_force, p_case) and exists (select 1 from linked_person l
				where l.force_id = p_force and l.case_id = p_case and l.removed_at is null
					and (l.address_hash = any (p_addresses) or l.number_hash = any (p_numbers)
						or l.initial_hash = any (p_names))) $$;

		revoke execute on function add_linked_person, remove_linked_person, linked_people,
			meets_linked_person from public;
		grant execute on function add_linked_person, remove_linked_person, linked_people,
			meets_linked_person to waymark_app;
	`.execute(db);
}

async function checks(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- A stop until a person has looked. The hash names what was about to be written, so that what
		-- was found to be in order is not stopped again.
		create table linked_check (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			case_id uuid not null,
			participation_id uuid,
			about text not null constraint linked_check_about check
				(about in ('new_person', 'contact', 'representative', 'linked_person')),
			subject_hash bytea not null
				constraint linked_check_subject_size check (length(subject_hash) = 32),
			owner_id uuid not null,
			opened_by uuid not null,
			opened_label text not null,
			opened_at timestamptz not null,
			due_at timestamptz not null,
			outcome text constraint linked_check_outcome check (outcome in ('known', 'mistake')),
			note_sealed text constraint linked_check_note_sealed check (note_sealed like 'ey%'),
			resolved_by uuid,
			resolved_label text,
			resolved_at timestamptz,
			constraint linked_check_pk primary key (force_id, id),
			constraint linked_check_case_fk foreign key (force_id, case_id)
				references crime_case (force_id, id),
			constraint linked_check_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint linked_check_owner_fk foreign key (force_id, owner_id)
				references account (force_id, id),
			constraint linked_check_opener_fk foreign key (force_id, opened_by)
				references account (force_id, id),
			constraint linked_check_resolver_fk foreign key (force_id, resolved_by)
				references account (force_id, id),
			constraint linked_check_order check (due_at > opened_at),
			constraint linked_check_resolved check ((outcome is null) = (resolved_at is null)
				and (outcome is null) = (resolved_by is null) and (outcome is null) = (note_sealed is null)
				and (outcome is null) = (resolved_label is null))
		);
		create unique index linked_check_one_open on linked_check (force_id, case_id, subject_hash)
			where resolved_at is null;
		create index linked_check_person on linked_check (force_id, participation_id)
			where resolved_at is null;
		alter table linked_check enable row level security;
		create policy app_check_read on linked_check for select to waymark_app
			using (is_police() and sees_case(force_id, case_id));
		create policy app_check_open on linked_check for insert to waymark_app
			with check (is_police() and sees_case(force_id, case_id) and opened_by = actor_account()
				and resolved_at is null
				and (participation_id is null or sees_participation(force_id, participation_id)));
		create policy app_check_resolve on linked_check for update to waymark_app
			using (is_police() and sees_case(force_id, case_id) and resolved_at is null)
			with check (is_police() and sees_case(force_id, case_id) and resolved_by = actor_account());
		grant select, insert on linked_check to waymark_app;
		grant update (outcome, note_sealed, resolved_by, resolved_label, resolved_at)
			on linked_check to waymark_app;
	`.execute(db);
}

async function whileOpen(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function check_open(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select p_force = actor_force() and exists (select 1 from linked_check k
				where k.force_id = p_force and k.participation_id = p_participation
					and k.resolved_at is null) $$;

		create function invitation_after_check() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			if exists (select 1 from linked_check k where k.force_id = new.force_id
					and k.participation_id = new.participation_id and k.resolved_at is null) then
				raise exception using errcode = 'check_violation',
					constraint = 'invitation_after_check', message = 'a person has to look first';
			end if;
			return new;
		end $$;
		create trigger invitation_after_check before insert on invitation
			for each row execute function invitation_after_check();

		-- The clocks of checks in restricted cases, for professional standards: no person, no word.
		create function standards_checks() returns table (reference text, due_at timestamptz)
			language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
			select c.reference, k.due_at from crime_case c
			join linked_check k on k.force_id = c.force_id and k.case_id = c.id
			where c.force_id = actor_force() and c.restricted and k.resolved_at is null
				and is_standards(c.force_id, actor_account())
				and not is_barred_by_name(c.force_id, c.id, actor_account()) $$;

		revoke execute on function check_open, invitation_after_check, standards_checks from public;
		grant execute on function check_open to waymark_app, waymark_worker;
		grant execute on function standards_checks to waymark_app;
	`.execute(db);
}
