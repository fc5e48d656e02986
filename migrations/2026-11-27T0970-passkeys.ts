import { sql, type Kysely } from 'kysely';

/**
 * Passkeys of victims whose device nobody else uses, and the challenges that they answer, each once.
 * The application has no right on either table. `p_id` is the hash of a session's or a half
 * sign-in's token, as for the second step.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await tables(db);
	await challenges(db);
	await signingIn(db);
	await keeping(db);
	await rights(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table passkey (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			account_id uuid not null,
			credential_id text not null constraint passkey_credential_form
				check (credential_id ~ '^[A-Za-z0-9_-]+$' and length(credential_id) between 16 and 1400),
			public_key bytea not null,
			sign_count bigint not null default 0 constraint passkey_count check (sign_count >= 0),
			transports text[] not null default '{}',
			made_at timestamptz not null default now(),
			used_at timestamptz,
			constraint passkey_pk primary key (force_id, id),
			constraint passkey_credential unique (force_id, credential_id),
			constraint passkey_account_fk foreign key (force_id, account_id)
				references account (force_id, id) on delete cascade
		);
		create index passkey_account on passkey (force_id, account_id);
		alter table passkey enable row level security;

		create table passkey_challenge (
			force_id uuid not null,
			id text not null constraint passkey_challenge_id_is_hash check (id ~ '^[0-9a-f]{64}$'),
			-- Whose token it was made for; nobody's when somebody signs in with a passkey alone.
			holder text,
			purpose text not null
				constraint passkey_challenge_purpose check (purpose in ('sign_in', 'second_step', 'add')),
			expires_at timestamptz not null,
			constraint passkey_challenge_pk primary key (force_id, id),
			constraint passkey_challenge_force_fk foreign key (force_id) references force (id),
			constraint passkey_challenge_holder check ((holder is null) = (purpose = 'sign_in'))
		);
		create index passkey_challenge_expiry on passkey_challenge (force_id, expires_at);
		alter table passkey_challenge enable row level security;
		revoke all on passkey, passkey_challenge
			from public, waymark_app, waymark_worker, waymark_oversight;

		-- Whoever says that others use the device opens nothing to them by a finger that it knows.
		create function shared_device_ends_passkeys() returns trigger
		language plpgsql security definer set search_path = pg_catalog, public, pg_temp
		as $$
		begin
			delete from passkey k where k.force_id = new.force_id and k.account_id = new.id;
			return null;
		end
		$$;
		create trigger shared_device_ends_passkeys after update of private_device on account
			for each row when (old.private_device and not new.private_device)
			execute function shared_device_ends_passkeys();
		revoke execute on function shared_device_ends_passkeys from public;
	`.execute(db);
}

async function challenges(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function passkey_ask(
			p_force uuid, p_challenge text, p_purpose text, p_holder text, p_seconds integer
		) returns void
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			delete from passkey_challenge c where c.force_id = p_force and c.expires_at <= now();
			insert into passkey_challenge (force_id, id, purpose, holder, expires_at)
			values (p_force, p_challenge, p_purpose, p_holder, now() + make_interval(secs => p_seconds));
		$$;

		create function passkey_answered(
			p_force uuid, p_challenge text, p_purpose text, p_holder text
		) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with taken as (
				delete from passkey_challenge c
				where c.force_id = p_force and c.id = p_challenge and c.purpose = p_purpose
					and c.holder is not distinct from p_holder and c.expires_at > now()
				returning 1
			)
			select exists (select from taken)
		$$;
	`.execute(db);
}

async function signingIn(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function passkey_find(p_force uuid, p_credential text)
		returns table (
			account_id uuid, role text, private_device boolean, public_key bytea, sign_count bigint
		)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select a.id, a.role, a.private_device, k.public_key, k.sign_count
			from passkey k
			join account a on a.force_id = k.force_id and a.id = k.account_id and a.state = 'active'
			where k.force_id = p_force and k.credential_id = p_credential
		$$;

		-- Notes a use. A count that does not rise is a copy's, unless the device keeps none.
		create function passkey_used(p_force uuid, p_credential text, p_count bigint) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with used as (
				update passkey k set sign_count = p_count, used_at = now()
				where k.force_id = p_force and k.credential_id = p_credential
					and (p_count > k.sign_count or (p_count = 0 and k.sign_count = 0))
				returning 1
			)
			select exists (select from used)
		$$;

		-- A passkey of the same account stands in for the code of a half sign-in.
		create function passkey_passed(p_force uuid, p_id text, p_account uuid) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with passed as (
				update half_sign_in h set passed = true
				where h.force_id = p_force and h.id = p_id and h.account_id = p_account
					and h.expires_at > now() and h.tries < 10
				returning 1
			)
			select exists (select from passed)
		$$;
	`.execute(db);
}

async function keeping(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function passkeys_of(p_force uuid, p_id text)
		returns table (id uuid, credential_id text, transports text[], made_at timestamptz,
			used_at timestamptz)
		language sql stable security definer set search_path = pg_catalog, public, pg_temp
		as $$
			select k.id, k.credential_id, k.transports, k.made_at, k.used_at
			from second_step_holder(p_force, p_id) h
			join passkey k on k.force_id = p_force and k.account_id = h.account_id
			order by k.made_at, k.id
		$$;

		-- Five at most, by a victim on a device of their own who gave the secret lately.
		create function passkey_add(
			p_force uuid, p_id text, p_credential text, p_key bytea, p_count bigint, p_transports text[]
		) returns boolean
		language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
		declare
			v_account uuid;
		begin
			select a.id into v_account
			from second_step_holder(p_force, p_id) h
			join account a on a.force_id = p_force and a.id = h.account_id
			where h.fresh and a.role = 'victim' and a.private_device and a.state = 'active'
			for update of a;
			if not found or (select count(*) from passkey k
					where k.force_id = p_force and k.account_id = v_account) >= 5 then
				return false;
			end if;
			insert into passkey (force_id, account_id, credential_id, public_key, sign_count, transports)
			values (p_force, v_account, p_credential, p_key, p_count, p_transports)
			on conflict (force_id, credential_id) do nothing;
			return found;
		end
		$$;

		create function passkey_remove(p_force uuid, p_id text, p_passkey uuid) returns boolean
		language sql volatile security definer set search_path = pg_catalog, public, pg_temp
		as $$
			with gone as (
				delete from passkey k
				using second_step_holder(p_force, p_id) h
				where h.fresh and k.force_id = p_force and k.account_id = h.account_id
					and k.id = p_passkey
				returning 1
			)
			select exists (select from gone)
		$$;
	`.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Who comes back by an officer's code begins anew: no passkey of before opens anything.
		create or replace function recovery_ends_second_step() returns trigger
		language plpgsql security definer set search_path = pg_catalog, public, pg_temp
		as $$
		begin
			delete from authenticator a
			where a.force_id = new.force_id
				and a.account_id = invited_account(new.force_id, new.id);
			delete from passkey k
			where k.force_id = new.force_id
				and k.account_id = invited_account(new.force_id, new.id);
			return null;
		end
		$$;

		revoke execute on function
			passkey_ask, passkey_answered, passkey_find, passkey_used, passkey_passed, passkeys_of,
			passkey_add, passkey_remove
			from public;
		grant execute on function
			passkey_ask, passkey_answered, passkey_find, passkey_used, passkey_passed, passkeys_of,
			passkey_add, passkey_remove
			to waymark_app;
	`.execute(db);
}
