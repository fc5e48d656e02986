import { sql, type Kysely } from 'kysely';

/**
 * The second step of signing in: an authenticator's secret, the codes kept for when it is lost, and
 * the ten minutes between a right password and a right code. The application has no right on these
 * tables; whoever holds the hash of a token, of a session or of a half sign-in, acts through the
 * functions of the next migration.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table authenticator (
			force_id uuid not null,
			account_id uuid not null,
			secret_sealed text not null
				constraint authenticator_sealed check (secret_sealed like 'ey%'),
			-- The time step of the last code taken: none is taken twice, nor an older one after it.
			last_step bigint not null,
			made_at timestamptz not null default now(),
			constraint authenticator_pk primary key (force_id, account_id),
			constraint authenticator_account_fk foreign key (force_id, account_id)
				references account (force_id, id) on delete cascade,
			constraint authenticator_step check (last_step >= 0)
		);
		alter table authenticator enable row level security;

		create table recovery_code (
			force_id uuid not null,
			account_id uuid not null,
			code_hash bytea not null
				constraint recovery_code_size check (length(code_hash) = 32),
			constraint recovery_code_pk primary key (force_id, account_id, code_hash),
			constraint recovery_code_authenticator_fk foreign key (force_id, account_id)
				references authenticator (force_id, account_id) on delete cascade
		);
		alter table recovery_code enable row level security;

		create table half_sign_in (
			force_id uuid not null,
			id text not null constraint half_sign_in_id_is_hash check (id ~ '^[0-9a-f]{64}$'),
			account_id uuid not null,
			tries integer not null default 0,
			-- Whether the second step was taken: only then is there a session to be had for it.
			passed boolean not null default false,
			made_at timestamptz not null default now(),
			expires_at timestamptz not null,
			constraint half_sign_in_pk primary key (force_id, id),
			constraint half_sign_in_account_fk foreign key (force_id, account_id)
				references account (force_id, id) on delete cascade,
			constraint half_sign_in_short check
				(expires_at > made_at and expires_at <= made_at + interval '15 minutes')
		);
		create index half_sign_in_account on half_sign_in (force_id, account_id);
		create index half_sign_in_expiry on half_sign_in (force_id, expires_at);
		alter table half_sign_in enable row level security;

		revoke all on authenticator, recovery_code, half_sign_in
			from public, waymark_app, waymark_worker, waymark_oversight;
	`.execute(db);
	await endings(db);
}

async function endings(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Whoever comes back by an officer's code has lost what they had, or somebody else has it.
		create function recovery_ends_second_step() returns trigger
		language plpgsql security definer set search_path = pg_catalog, public, pg_temp
		as $$
		begin
			delete from authenticator a
			where a.force_id = new.force_id
				and a.account_id = invited_account(new.force_id, new.id);
			return null;
		end
		$$;
		create trigger recovery_ends_second_step after update of used_at on invitation for each row
			when (old.used_at is null and new.used_at is not null and new.purpose = 'recovery')
			execute function recovery_ends_second_step();

		-- A half sign-in was opened by a secret that is no longer the secret.
		create function account_change_ends_half_sign_ins() returns trigger
		language plpgsql security definer set search_path = pg_catalog, public, pg_temp
		as $$
		begin
			delete from half_sign_in h where h.force_id = new.force_id and h.account_id = new.id;
			return null;
		end
		$$;
		create trigger account_change_ends_half_sign_ins
			after update of state, role, password_hash on account for each row
			execute function account_change_ends_half_sign_ins();

		revoke execute on function recovery_ends_second_step, account_change_ends_half_sign_ins
			from public;
	`.execute(db);
}
