import { sql, type Kysely } from 'kysely';

/**
 * People who act for a victim: named, compared with those linked to the suspect, approved, renewed
 * and ended. The application could read them so far; now it writes, within what is allowed here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await columns(db);
	await rules(db);
	await policies(db);
	await sql`
		-- Whom news of a case concerns: somebody who was approved and has no account yet cannot be told.
		create or replace function people_of_case(p_force uuid, p_case uuid)
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
				and r.account_id is not null and r.approved_at is not null and r.revoked_at is null
				and (r.until_at is null or r.until_at > now()) $$;
	`.execute(db);
}

async function columns(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table representative
			-- Empty until they used the code that they are given after approval.
			alter column account_id drop not null,
			add column asked_by uuid,
			-- What victims read of the officer who named them; empty when the victim asked.
			add column asked_label text,
			add column asked_at timestamptz not null default now(),
			-- Name, number, address and, for a child's parent, the child's date of birth.
			add column who_sealed text
				constraint representative_who_sealed check (who_sealed like 'ey%'),
			add column consent_at timestamptz,
			add column link text not null default 'unchecked'
				constraint representative_link check (link in ('unchecked', 'clear', 'hit', 'cleared')),
			add column cleared_by uuid,
			add column cleared_label text,
			add column cleared_at timestamptz,
			add column cleared_sealed text
				constraint representative_cleared_sealed check (cleared_sealed like 'ey%'),
			add column approved_label text,
			add column ended_label text,
			add column ended_sealed text
				constraint representative_ended_sealed check (ended_sealed like 'ey%'),
			add constraint representative_asker_fk foreign key (force_id, asked_by)
				references account (force_id, id),
			add constraint representative_clearer_fk foreign key (force_id, cleared_by)
				references account (force_id, id),
			add constraint representative_of_one unique (force_id, id, participation_id),
			add constraint representative_hit_stops check (approved_at is null or link <> 'hit'),
			add constraint representative_cleared_with_words check ((link = 'cleared')
				= (cleared_by is not null and cleared_at is not null and cleared_sealed is not null));
		create index representative_account on representative (force_id, account_id);
		create index representative_participation on representative (force_id, participation_id);
		create unique index representative_one_spokesperson
			on representative (force_id, participation_id)
			where role = 'family_spokesperson' and revoked_at is null;
	`.execute(db);
}

async function rules(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Nobody is approved before the comparison, a supporter not without consent, and what was
		-- ended stays as it was.
		create function representative_moves() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			if old.revoked_at is not null then
				raise exception using errcode = 'check_violation',
					constraint = 'representative_moves', message = 'what was ended is not changed';
			end if;
			if new.approved_at is not null and old.approved_at is null
					and (new.link not in ('clear', 'cleared') or new.revoked_at is not null
						or (new.role = 'supporter_readonly' and new.consent_at is null)) then
				raise exception using errcode = 'check_violation',
					constraint = 'representative_moves', message = 'this cannot be approved';
			end if;
			return new;
		end $$;
		create trigger representative_moves before update on representative
			for each row when (old.account_id is not distinct from new.account_id)
			execute function representative_moves();

		-- Whoever changes an approval, by whatever way, cannot forget what it has opened.
		create function representative_change_ends_sessions() returns trigger
			language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
		begin
			delete from session s
			where s.force_id = new.force_id and s.account_id = new.account_id;
			return null;
		end $$;
		create trigger representative_change_ends_sessions
			after update of approved_at, until_at, revoked_at on representative for each row
			when (old.approved_at is distinct from new.approved_at
				or old.until_at is distinct from new.until_at
				or old.revoked_at is distinct from new.revoked_at)
			execute function representative_change_ends_sessions();

		-- The person whose case it is, and nobody who acts for them.
		create function owns_participation(p_force uuid, p_participation uuid) returns boolean
			language sql stable security definer set search_path = pg_catalog, public as $$
			select p_force = actor_force() and actor_role() = 'victim' and exists (
				select 1 from participation p where p.force_id = p_force and p.id = p_participation
					and p.account_id = actor_account() and p.ended_at is null) $$;
		revoke all on function representative_moves(), representative_change_ends_sessions(),
			owns_participation(uuid, uuid) from public;
		grant execute on function owns_participation(uuid, uuid) to waymark_app;
	`.execute(db);
}

async function policies(db: Kysely<unknown>): Promise<void> {
	await sql`
		drop policy app_representative on representative;
		-- Somebody who acts sees that they do, and not who else does.
		create policy app_representative_read on representative for select to waymark_app
			using (sees_participation(force_id, participation_id)
				and (actor_role() <> 'victim' or account_id = actor_account()
					or owns_participation(force_id, participation_id)));
		create policy app_representative_name on representative for insert to waymark_app with check (
			asked_by = actor_account() and account_id is null and approved_at is null
			and revoked_at is null
			and (role <> 'supporter_readonly' or consent_at is not null)
			and ((actor_role() = 'officer' and sees_participation(force_id, participation_id))
				or (role = 'supporter_readonly' and link = 'unchecked'
					and owns_participation(force_id, participation_id))));
		create policy app_representative_decide on representative for update to waymark_app
			using (actor_role() = 'officer' and sees_participation(force_id, participation_id))
			with check (actor_role() = 'officer' and sees_participation(force_id, participation_id));
		-- The victim takes back what they allowed, and does nothing else to it.
		create policy app_representative_take_back on representative for update to waymark_app
			using (role = 'supporter_readonly' and owns_participation(force_id, participation_id))
			with check (role = 'supporter_readonly' and revoked_at is not null
				and owns_participation(force_id, participation_id));
		grant insert on representative to waymark_app;
		grant update (consent_at, link, cleared_by, cleared_label, cleared_at, cleared_sealed, approved_by,
			approved_label, approved_at, until_at, revoked_at, ended_label, ended_sealed)
			on representative to waymark_app;
	`.execute(db);
}
