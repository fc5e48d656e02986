import { sql, type Kysely } from 'kysely';

/**
 * What the holder of a token may do about their second step: `p_id` is the hash of a session's or a
 * half sign-in's token. Through a half sign-in an authenticator can be set only by staff who have
 * none yet; in a session only shortly after the secret was given again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await finding(db);
	await setting(db);
	await spending(db);
	await rights(db);
}

async function finding(db: Kysely<unknown>): Promise<void> {
	await sql`
		drop function account_for_sign_in(uuid, bytea);
		create function account_for_sign_in(p_force uuid, p_sign_in_hash bytea)
		returns table (
			id uuid, role text, password_hash text, state text, language text, private_device boolean,
			second_step boolean
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select a.id, a.role, a.password_hash, a.state, a.language, a.private_device,
				exists (select from authenticator u
					where u.force_id = a.force_id and u.account_id = a.id)
			from account a
			where a.force_id = p_force and a.sign_in_hash = p_sign_in_hash
		$$;

		create function half_sign_in_put(
			p_force uuid, p_id text, p_account uuid, p_seconds integer
		) returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from half_sign_in h where h.force_id = p_force and h.expires_at <= now();
			insert into half_sign_in (force_id, id, account_id, expires_at)
			values (p_force, p_id, p_account, now() + make_interval(secs => p_seconds));
		$$;

		-- Ends a half sign-in that passed and says whose it was; of any number at once, to one.
		create function half_sign_in_take(p_force uuid, p_id text)
		returns table (account_id uuid, role text, private_device boolean)
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with taken as (
				delete from half_sign_in h
				where h.force_id = p_force and h.id = p_id and h.passed and h.expires_at > now()
				returning h.account_id
			)
			select a.id, a.role, a.private_device
			from taken t join account a on a.force_id = p_force and a.id = t.account_id
			where a.state = 'active'
		$$;

		-- Ten wrong codes and the password is asked for again.
		create function second_step_holder(p_force uuid, p_id text)
		returns table (account_id uuid, half boolean, fresh boolean, passed boolean)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select h.account_id, true, false, h.passed
			from half_sign_in h
			where h.force_id = p_force and h.id = p_id and h.expires_at > now() and h.tries < 10
			union all
			select s.account_id, false, exists (select from step_up u
				where u.force_id = s.force_id and u.session_id = s.id and u.expires_at > now()), true
			from session s
			where s.force_id = p_force and s.id = p_id and s.expires_at > now()
		$$;

		create function second_step_of(p_force uuid, p_id text)
		returns table (
			account_id uuid, role text, staff_label text, secret_sealed text, last_step bigint,
			made_at timestamptz, codes_left integer, passed boolean
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select a.id, a.role, a.staff_label, u.secret_sealed, u.last_step, u.made_at,
				(select count(*)::integer from recovery_code c
					where c.force_id = a.force_id and c.account_id = a.id),
				h.passed
			from second_step_holder(p_force, p_id) h
			join account a on a.force_id = p_force and a.id = h.account_id and a.state = 'active'
			left join authenticator u on u.force_id = a.force_id and u.account_id = a.id
		$$;
	`.execute(db);
}

async function setting(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function authenticator_set(
			p_force uuid, p_id text, p_sealed text, p_step bigint, p_codes bytea[]
		) returns boolean
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v record;
		begin
			select h.account_id, h.half, h.fresh, a.role into v
			from second_step_holder(p_force, p_id) h
			join account a on a.force_id = p_force and a.id = h.account_id and a.state = 'active'
			for update of a;
			if not found or (v.half and v.role = 'victim') or not (v.half or v.fresh) then
				return false;
			end if;
			if v.half and exists (select from authenticator u
					where u.force_id = p_force and u.account_id = v.account_id) then
				return false;
			end if;
			delete from authenticator u where u.force_id = p_force and u.account_id = v.account_id;
			insert into authenticator (force_id, account_id, secret_sealed, last_step)
			values (p_force, v.account_id, p_sealed, p_step);
			insert into recovery_code (force_id, account_id, code_hash)
			select p_force, v.account_id, unnest(p_codes);
			update half_sign_in h set passed = true where h.force_id = p_force and h.id = p_id;
			return true;
		end
		$$;

		create function recovery_codes_put(p_force uuid, p_id text, p_codes bytea[]) returns boolean
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_account uuid;
		begin
			select u.account_id into v_account
			from second_step_holder(p_force, p_id) h
			join authenticator u on u.force_id = p_force and u.account_id = h.account_id
			where h.fresh
			for update of u;
			if not found then
				return false;
			end if;
			delete from recovery_code c where c.force_id = p_force and c.account_id = v_account;
			insert into recovery_code (force_id, account_id, code_hash)
			select p_force, v_account, unnest(p_codes);
			return true;
		end
		$$;

		-- Only a victim may do without; staff may only replace it.
		create function authenticator_remove(p_force uuid, p_id text) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with gone as (
				delete from authenticator u
				using second_step_holder(p_force, p_id) h
				join account a on a.force_id = p_force and a.id = h.account_id and a.role = 'victim'
				where h.fresh and u.force_id = p_force and u.account_id = h.account_id
				returning 1
			)
			select exists (select from gone)
		$$;
	`.execute(db);
}

async function spending(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Of any number who send the same code at once, one gets true.
		create function authenticator_spend(p_force uuid, p_id text, p_step bigint) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with spent as (
				update authenticator u set last_step = p_step
				from second_step_holder(p_force, p_id) h
				where u.force_id = p_force and u.account_id = h.account_id and u.last_step < p_step
				returning 1
			), passed as (
				update half_sign_in h set passed = true
				where h.force_id = p_force and h.id = p_id and exists (select from spent)
			)
			select exists (select from spent)
		$$;

		create function recovery_code_spend(
			p_force uuid, p_id text, p_code bytea, p_request text
		) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with spent as (
				delete from recovery_code c
				using second_step_holder(p_force, p_id) h
				where c.force_id = p_force and c.account_id = h.account_id and c.code_hash = p_code
				returning c.account_id
			), noted as (
				insert into audit (force_id, account_id, actor_role, action, subject_id, request_id)
				select p_force, a.id, a.role, 'second_step.recovered', a.id, p_request
				from spent s join account a on a.force_id = p_force and a.id = s.account_id
				returning 1
			), passed as (
				update half_sign_in h set passed = true
				where h.force_id = p_force and h.id = p_id and exists (select from spent)
			)
			select exists (select from noted)
		$$;

		create function second_step_failed(p_force uuid, p_id text) returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			update half_sign_in h set tries = h.tries + 1 where h.force_id = p_force and h.id = p_id
		$$;
	`.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
	await sql`
		revoke execute on function
			account_for_sign_in, half_sign_in_put, half_sign_in_take, second_step_holder, second_step_of,
			authenticator_set, recovery_codes_put, authenticator_remove, authenticator_spend,
			recovery_code_spend, second_step_failed
			from public;
		grant execute on function
			account_for_sign_in, half_sign_in_put, half_sign_in_take, second_step_of,
			authenticator_set, recovery_codes_put, authenticator_remove, authenticator_spend,
			recovery_code_spend, second_step_failed
			to waymark_app;
	`.execute(db);
}
