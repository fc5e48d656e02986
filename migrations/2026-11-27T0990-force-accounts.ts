import { sql, type Kysely } from 'kysely';

/**
 * Staff who come by their force's own sign-in service. Who they are there is stored as a keyed hash
 * of issuer and subject; the application reaches it through the functions below only.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table account
			add column provider_hash bytea
				constraint account_provider_hash_size check (length(provider_hash) = 32),
			add constraint account_provider_is_staff
				check (provider_hash is null or role not in ('victim', 'operator')),
			drop constraint account_caseworker_has_desk,
			-- Their directory knows no desks and teams of ours: who comes from there waits for one.
			add constraint account_caseworker_has_desk
				check (role <> 'caseworker' or desk_id is not null or provider_hash is not null),
			drop constraint account_supervisor_has_team,
			add constraint account_supervisor_has_team
				check (role <> 'supervisor' or team_id is not null or provider_hash is not null);
		create unique index account_provider on account (force_id, provider_hash)
			where provider_hash is not null;

		-- What somebody may see hangs on these too.
		create trigger account_place_ends_sessions
			after update of team_id, desk_id, controller_id on account for each row
			when ((old.team_id, old.desk_id, old.controller_id)
				is distinct from (new.team_id, new.desk_id, new.controller_id))
			execute function account_change_ends_sessions();

		-- A way there and back is good once: what it was begun with is kept here when it ends.
		create table spent_trip (
			force_id uuid not null,
			id text not null constraint spent_trip_id_is_hash check (id ~ '^[0-9a-f]{64}$'),
			expires_at timestamptz not null,
			constraint spent_trip_pk primary key (force_id, id),
			constraint spent_trip_force_fk foreign key (force_id) references force (id)
		);
		create index spent_trip_expiry on spent_trip (force_id, expires_at);
		alter table spent_trip enable row level security;
		revoke all on spent_trip from public, waymark_app, waymark_worker, waymark_oversight;
	`.execute(db);
	await signingIn(db);
	await sessionsOfThem(db);
}

async function signingIn(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Of any number who come back with one trip, one is told true.
		create function trip_spend(p_force uuid, p_id text, p_seconds integer) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from spent_trip t where t.force_id = p_force and t.expires_at <= now();
			with spent as (
				insert into spent_trip (force_id, id, expires_at)
				values (p_force, p_id, now() + make_interval(secs => p_seconds))
				on conflict do nothing returning 1
			)
			select exists (select from spent)
		$$;

		-- Gives the account behind verified claims, made at the first sign-in. Their directory decides
		-- the role: another than before ends the sessions (by trigger) and takes team and desk away.
		create function provider_sign_in(
			p_force uuid, p_subject bytea, p_role text, p_label text, p_contact text, p_request text
		) returns table (account_id uuid, role text)
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_id uuid;
			v_role text;
			v_state text;
			v_controller uuid;
		begin
			if p_role not in ('officer', 'supervisor', 'caseworker', 'agency_desk', 'oversight') then
				return;
			end if;
			if p_role in ('officer', 'supervisor') then
				select c.id into v_controller from controller c
				where c.force_id = p_force and c.kind = 'force';
			end if;
			-- Nobody can type a sign-in name with this hash, and there is no password.
			insert into account (force_id, role, sign_in_hash, staff_label, contact_sealed,
				controller_id, provider_hash)
			values (p_force, p_role, sha256(uuid_send(gen_random_uuid()) || p_subject), p_label,
				p_contact, v_controller, p_subject)
			on conflict (force_id, provider_hash) where provider_hash is not null do nothing
			returning id into v_id;
			if v_id is not null then
				insert into audit (force_id, account_id, actor_role, action, subject_id, request_id)
				values (p_force, v_id, p_role, 'account.made', v_id, p_request);
			end if;
			select a.id, a.role, a.state into v_id, v_role, v_state from account a
			where a.force_id = p_force and a.provider_hash = p_subject for update;
			if v_state <> 'active' then
				return;
			end if;
			if v_role <> p_role then
				update account a set role = p_role, team_id = null, desk_id = null,
					controller_id = v_controller
				where a.force_id = p_force and a.id = v_id;
				insert into audit (force_id, account_id, actor_role, action, subject_id, request_id)
				values (p_force, v_id, p_role, 'account.changed', v_id, p_request);
			end if;
			-- That they were let in; a second step of ours may still have to follow.
			insert into audit (force_id, account_id, actor_role, action, subject_id, request_id)
			values (p_force, v_id, p_role, 'session.began', v_id, p_request);
			return query select v_id, p_role;
		end
		$$;

		revoke execute on function trip_spend, provider_sign_in from public;
		grant execute on function trip_spend, provider_sign_in to waymark_app;
	`.execute(db);
}

async function sessionsOfThem(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Whether a session is of somebody who can only have come by the force's sign-in service.
		create function session_is_by_provider(p_force uuid, p_id text) returns boolean
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select exists (
				select from session s
				join account a on a.force_id = s.force_id and a.id = s.account_id
				where s.force_id = p_force and s.id = p_id and a.provider_hash is not null)
		$$;

		-- Whether this session is that of the person whom the sign-in service names.
		create function session_is_of_subject(p_force uuid, p_id text, p_subject bytea)
		returns boolean
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select exists (
				select from session s
				join account a on a.force_id = s.force_id and a.id = s.account_id
				where s.force_id = p_force and s.id = p_id and s.expires_at > now()
					and a.state = 'active' and a.provider_hash = p_subject)
		$$;

		revoke execute on function
			session_is_by_provider, session_is_of_subject
			from public;
		grant execute on function
			session_is_by_provider, session_is_of_subject
			to waymark_app;
	`.execute(db);
}
