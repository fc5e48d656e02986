import { sql, type Kysely } from 'kysely';

/**
 * Whoever changes a way in, by whatever way, ends what it had opened; and a session that may do more
 * than before goes on under a new id. The id it had before is kept on its row, to end it by: a page
 * that was left while the answer was on its way knows only that one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter table session add column replaced_id text
			constraint session_replaced_is_hash check (replaced_id ~ '^[0-9a-f]{64}$');
		create index session_replaced on session (force_id, replaced_id)
			where replaced_id is not null;

		create trigger account_secret_ends_sessions
			after update of password_hash, sign_in_hash, provider_hash on account for each row
			when ((old.password_hash, old.sign_in_hash, old.provider_hash)
				is distinct from (new.password_hash, new.sign_in_hash, new.provider_hash))
			execute function account_change_ends_sessions();
		-- From here on there is one way to one's own secret: own_secret_set.
		revoke update (password_hash) on account from waymark_app;
	`.execute(db);
	await moving(db);
	await ending(db);
	await changing(db);
	await sql`
		revoke execute on function session_set_view, session_set_participation, session_moved,
			own_secret_set from public;
		grant execute on function session_set_view, session_set_participation, session_moved,
			own_secret_set to waymark_app;
	`.execute(db);
}

async function moving(db: Kysely<unknown>): Promise<void> {
	await sql`
		drop function session_set_view(uuid, text, text);
		-- With a new id the session moves to it; without one (less is shown) it stays.
		create function session_set_view(p_force uuid, p_id text, p_view text, p_new_id text)
		returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with changed as (
				update session s set view = p_view, id = coalesce(p_new_id, s.id),
					replaced_id = case when p_new_id is null then s.replaced_id else s.id end
				where s.force_id = p_force and s.id = p_id
				returning 1
			)
			select exists (select from changed)
		$$;

		drop function session_set_participation(uuid, text, uuid);
		-- Only a participation of the account itself, or one it stands in for at this moment.
		create function session_set_participation(
			p_force uuid, p_id text, p_participation uuid, p_new_id text
		) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with changed as (
				update session s set participation_id = p_participation, id = p_new_id,
					replaced_id = s.id
				where s.force_id = p_force and s.id = p_id and (
					p_participation is null
					or exists (
						select from participation p
						where p.force_id = s.force_id and p.id = p_participation
							and p.account_id = s.account_id
					)
					or exists (
						select from representative r
						where r.force_id = s.force_id and r.participation_id = p_participation
							and r.account_id = s.account_id and r.approved_at is not null
							and r.revoked_at is null and (r.until_at is null or r.until_at > now())
					)
				)
				returning 1
			)
			select exists (select from changed)
		$$;

		create or replace function session_step_up(
			p_force uuid, p_id text, p_new_id text, p_seconds integer
		) returns timestamptz
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_account uuid;
			v_until timestamptz := now() + make_interval(secs => p_seconds);
		begin
			update session s set id = p_new_id, replaced_id = s.id, last_seen = now()
			where s.force_id = p_force and s.id = p_id and s.expires_at > now()
			returning s.account_id into v_account;
			if not found then
				return null;
			end if;
			insert into step_up (force_id, session_id, account_id, expires_at)
			values (p_force, p_new_id, v_account, v_until);
			return v_until;
		end
		$$;
	`.execute(db);
}

async function ending(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Opens nothing: says only that this id was one's session until a moment ago, so that an answer
		-- that comes late does not take the new cookie away.
		create function session_moved(p_force uuid, p_id text) returns boolean
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select exists (select from session s where s.force_id = p_force and s.replaced_id = p_id)
		$$;

		create or replace function session_end(p_force uuid, p_id text)
		returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from session s where s.force_id = p_force and (s.id = p_id or s.replaced_id = p_id)
		$$;

		create or replace function account_of_ended_session(p_force uuid, p_id text)
		returns table (account_id uuid, participation_id uuid, role text)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select s.account_id, s.participation_id, a.role
			from session s join account a on a.force_id = s.force_id and a.id = s.account_id
			where s.force_id = p_force and (s.id = p_id or s.replaced_id = p_id)
				and a.state = 'active' and s.last_seen > now() - interval '9 hours'
		$$;
	`.execute(db);
}

async function changing(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- One's own secret, by a session whose secret or code was given a moment ago: 'changed', 'same'
		-- (it is the sign-in name) or 'gone'. Every session ends by the trigger; this one goes on
		-- under a new id, with the end it had, and is asked for the secret again.
		create function own_secret_set(
			p_force uuid, p_id text, p_new_id text, p_hash text, p_as_name bytea
		) returns text
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v record;
		begin
			select s.account_id, s.participation_id, s.view, s.created_at, s.expires_at,
				a.sign_in_hash into v
			from session s
			join account a on a.force_id = s.force_id and a.id = s.account_id
			where s.force_id = p_force and s.id = p_id and s.expires_at > now()
				and a.state = 'active' and a.password_hash is not null
				and exists (select from step_up u where u.force_id = p_force
					and u.session_id = s.id and u.expires_at > now())
			for update of a, s;
			if not found then
				return 'gone';
			end if;
			if v.sign_in_hash = p_as_name then
				return 'same';
			end if;
			update account a set password_hash = p_hash
			where a.force_id = p_force and a.id = v.account_id;
			insert into session (force_id, id, account_id, participation_id, view, created_at,
				expires_at, replaced_id)
			values (p_force, p_new_id, v.account_id, v.participation_id, v.view, v.created_at,
				v.expires_at, p_id);
			return 'changed';
		end
		$$;
	`.execute(db);
}
