import { sql, type Kysely } from 'kysely';

/**
 * The force and those who work for it. Every tenant table carries `force_id` first in its key.
 * Row security is switched on with each table; the policies follow in `2026-11-23T0932-row-security`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Who is asking: set by the application at the start of each transaction, empty otherwise.
		create function actor_force() returns uuid language sql stable
			as $$ select nullif(current_setting('waymark.force', true), '')::uuid $$;
		create function actor_account() returns uuid language sql stable
			as $$ select nullif(current_setting('waymark.account', true), '')::uuid $$;
		create function actor_role() returns text language sql stable
			as $$ select coalesce(nullif(current_setting('waymark.role', true), ''), 'nobody') $$;
		create function actor_desk() returns uuid language sql stable
			as $$ select nullif(current_setting('waymark.desk', true), '')::uuid $$;
		create function actor_team() returns uuid language sql stable
			as $$ select nullif(current_setting('waymark.team', true), '')::uuid $$;
		create function actor_controller() returns uuid language sql stable
			as $$ select nullif(current_setting('waymark.controller', true), '')::uuid $$;

		create table force (
			id uuid not null,
			slug text not null,
			name text not null,
			origin text not null,
			created_at timestamptz not null default now(),
			constraint force_pk primary key (id),
			constraint force_slug_unique unique (slug),
			constraint force_origin_unique unique (origin),
			constraint force_slug_form check (slug ~ '^[a-z][a-z0-9-]{1,30}$')
		);
		alter table force enable row level security;

		create table force_setting (
			force_id uuid not null references force (id),
			name text not null,
			value jsonb not null,
			changed_at timestamptz not null default now(),
			constraint force_setting_pk primary key (force_id, name)
		);
		alter table force_setting enable row level security;

		create table controller (
			force_id uuid not null references force (id),
			id uuid not null,
			kind text not null constraint controller_kind check (kind in ('force', 'service')),
			name text not null,
			constraint controller_pk primary key (force_id, id)
		);
		create unique index controller_one_force on controller (force_id) where kind = 'force';
		alter table controller enable row level security;

		create table team (
			force_id uuid not null references force (id),
			id uuid not null,
			name text not null,
			constraint team_pk primary key (force_id, id)
		);
		alter table team enable row level security;

		create table desk (
			force_id uuid not null references force (id),
			id uuid not null,
			controller_id uuid not null,
			kind text not null constraint desk_kind check (kind in ('police', 'support', 'agency')),
			name text not null,
			next_desk_id uuid,
			constraint desk_pk primary key (force_id, id),
			constraint desk_with_controller unique (force_id, id, controller_id),
			constraint desk_controller_fk foreign key (force_id, controller_id)
				references controller (force_id, id),
			constraint desk_next_fk foreign key (force_id, next_desk_id) references desk (force_id, id)
		);
		alter table desk enable row level security;

		-- Staffed hours, in Europe/London wall time; weekday 1 is Monday.
		create table desk_hours (
			force_id uuid not null,
			desk_id uuid not null,
			weekday smallint not null constraint desk_hours_weekday check (weekday between 1 and 7),
			opens time not null,
			closes time not null,
			constraint desk_hours_pk primary key (force_id, desk_id, weekday, opens),
			constraint desk_hours_desk_fk foreign key (force_id, desk_id) references desk (force_id, id),
			constraint desk_hours_order check (opens < closes)
		);
		alter table desk_hours enable row level security;

		create table account (
			force_id uuid not null references force (id),
			id uuid not null default gen_random_uuid(),
			role text not null constraint account_role check (role in
				('victim', 'caseworker', 'officer', 'agency_desk', 'supervisor', 'oversight', 'operator')),
			sign_in_hash bytea not null constraint account_sign_in_hash_size check (length(sign_in_hash) = 32),
			password_hash text constraint account_password_form check (password_hash like '$argon2id$%'),
			language text not null default 'en',
			private_device boolean not null default false,
			staff_label text,
			contact_sealed text,
			desk_id uuid,
			team_id uuid,
			controller_id uuid,
			state text not null default 'active'
				constraint account_state check (state in ('active', 'suspended', 'ended')),
			created_at timestamptz not null default now(),
			constraint account_pk primary key (force_id, id),
			constraint account_sign_in_unique unique (force_id, sign_in_hash),
			constraint account_desk_fk foreign key (force_id, desk_id) references desk (force_id, id),
			constraint account_team_fk foreign key (force_id, team_id) references team (force_id, id),
			constraint account_controller_fk foreign key (force_id, controller_id)
				references controller (force_id, id),
			constraint account_staff_has_label check ((role = 'victim') = (staff_label is null)),
			constraint account_caseworker_has_desk check (role <> 'caseworker' or desk_id is not null),
			constraint account_supervisor_has_team check (role <> 'supervisor' or team_id is not null),
			constraint account_victim_has_none check
				(role <> 'victim' or (desk_id is null and team_id is null and controller_id is null))
		);
		alter table account enable row level security;

		create table roster (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			desk_id uuid not null,
			account_id uuid not null,
			from_at timestamptz not null,
			until_at timestamptz not null,
			constraint roster_pk primary key (force_id, id),
			constraint roster_desk_fk foreign key (force_id, desk_id) references desk (force_id, id),
			constraint roster_account_fk foreign key (force_id, account_id) references account (force_id, id),
			constraint roster_order check (from_at < until_at)
		);
		alter table roster enable row level security;
	`.execute(db);
}
