import { sql, type Kysely } from 'kysely';

/**
 * Sessions, step-ups and sign-in attempts. The application has no right on these tables: before it
 * is known who asks there is no actor to judge by, so everything goes through the functions of the
 * next two migrations.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table session (
			force_id uuid not null,
			id text not null,
			account_id uuid not null,
			participation_id uuid,
			view text not null constraint session_view check (view in ('plain', 'full')),
			created_at timestamptz not null default now(),
			last_seen timestamptz not null default now(),
			expires_at timestamptz not null,
			constraint session_pk primary key (force_id, id),
			constraint session_account_fk foreign key (force_id, account_id)
				references account (force_id, id) on delete cascade,
			constraint session_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id) on delete set null (participation_id),
			-- 64 hexadecimal digits: a raw token from a cookie cannot be stored by mistake.
			constraint session_id_is_hash check (id ~ '^[0-9a-f]{64}$'),
			constraint session_bounded check (expires_at <= created_at + interval '24 hours')
		);
		create index session_account on session (force_id, account_id);
		create index session_expiry on session (force_id, expires_at);
		alter table session enable row level security;

		create table step_up (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			session_id text not null,
			account_id uuid not null,
			made_at timestamptz not null default now(),
			expires_at timestamptz not null,
			constraint step_up_pk primary key (force_id, id),
			constraint step_up_session_fk foreign key (force_id, session_id)
				references session (force_id, id) on update cascade on delete cascade,
			constraint step_up_account_fk foreign key (force_id, account_id)
				references account (force_id, id) on delete cascade,
			constraint step_up_short check
				(expires_at > made_at and expires_at <= made_at + interval '15 minutes')
		);
		create index step_up_session on step_up (force_id, session_id, expires_at);
		alter table step_up enable row level security;

		-- A row is written before the secret is looked at, as a failure, and put right afterwards:
		-- a thousand guesses at once would otherwise all see a clean record.
		create table sign_in_attempt (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			subject_hash bytea not null constraint sign_in_attempt_subject_size check (length(subject_hash) = 32),
			source_hash bytea not null constraint sign_in_attempt_source_size check (length(source_hash) = 32),
			at timestamptz not null default clock_timestamp(),
			ok boolean not null default false,
			constraint sign_in_attempt_pk primary key (force_id, id),
			constraint sign_in_attempt_force_fk foreign key (force_id) references force (id)
		);
		create index sign_in_attempt_subject on sign_in_attempt (force_id, subject_hash, at);
		create index sign_in_attempt_source on sign_in_attempt (force_id, source_hash, at);
		alter table sign_in_attempt enable row level security;

		revoke all on session, step_up, sign_in_attempt
			from public, waymark_app, waymark_worker, waymark_oversight;
	`.execute(db);
}
