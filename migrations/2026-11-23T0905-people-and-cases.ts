import { sql, type Kysely } from 'kysely';

/** Victims, their keys, cases, participations, and everything about reaching a person safely. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table victim (
			force_id uuid not null references force (id),
			id uuid not null,
			name_sealed text not null,
			created_at timestamptz not null default now(),
			constraint victim_pk primary key (force_id, id),
			constraint victim_name_sealed check (name_sealed like 'ey%')
		);
		alter table victim enable row level security;

		-- One data key per victim, wrapped by the force's key: rewrapped when that rotates,
		-- destroyed when the person is erased.
		create table victim_key (
			force_id uuid not null,
			victim_id uuid not null,
			wrapped text,
			made_at timestamptz not null default now(),
			destroyed_at timestamptz,
			constraint victim_key_pk primary key (force_id, victim_id),
			constraint victim_key_victim_fk foreign key (force_id, victim_id) references victim (force_id, id),
			constraint victim_key_destroyed check ((wrapped is null) = (destroyed_at is not null))
		);
		alter table victim_key enable row level security;

		create table crime_case (
			force_id uuid not null references force (id),
			id uuid not null,
			reference text not null constraint crime_case_reference_form check (reference ~ '^C[A-Z]-[0-9]{5}$'),
			crime_reference text not null,
			urn text,
			category text not null,
			reported_at timestamptz not null,
			opened_at timestamptz not null default now(),
			team_id uuid not null,
			restricted boolean not null default false,
			closed_at timestamptz,
			constraint crime_case_pk primary key (force_id, id),
			constraint crime_case_reference_unique unique (force_id, reference),
			constraint crime_case_crime_reference_unique unique (force_id, crime_reference),
			constraint crime_case_team_fk foreign key (force_id, team_id) references team (force_id, id),
			constraint crime_case_closed_after_opened check (closed_at >= opened_at)
		);
		alter table crime_case enable row level security;

		create table case_assignment (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			case_id uuid not null,
			account_id uuid not null,
			kind text not null constraint case_assignment_kind check (kind in ('officer', 'cover')),
			began_at timestamptz not null default now(),
			ended_at timestamptz,
			constraint case_assignment_pk primary key (force_id, id),
			constraint case_assignment_case_fk foreign key (force_id, case_id) references crime_case (force_id, id),
			constraint case_assignment_account_fk foreign key (force_id, account_id) references account (force_id, id),
			constraint case_assignment_order check (ended_at >= began_at)
		);
		create unique index case_assignment_one_officer on case_assignment (force_id, case_id)
			where kind = 'officer' and ended_at is null;
		create index case_assignment_account on case_assignment (force_id, account_id) where ended_at is null;
		alter table case_assignment enable row level security;

		-- A restricted case is open to those named here only; a barred person is shut out of any case.
		create table case_access (
			force_id uuid not null,
			case_id uuid not null,
			account_id uuid not null,
			kind text not null constraint case_access_kind check (kind in ('named', 'barred')),
			constraint case_access_pk primary key (force_id, case_id, account_id),
			constraint case_access_case_fk foreign key (force_id, case_id) references crime_case (force_id, id),
			constraint case_access_account_fk foreign key (force_id, account_id) references account (force_id, id)
		);
		alter table case_access enable row level security;

		create table participation (
			force_id uuid not null,
			id uuid not null,
			case_id uuid not null,
			victim_id uuid not null,
			account_id uuid,
			reference text not null constraint participation_reference_form check (reference ~ '^VR-[0-9]{5}$'),
			role text not null constraint participation_role check (role in ('self', 'parent_guardian',
				'family_spokesperson', 'bereaved_relative', 'business_contact', 'supporter_readonly')),
			tier text not null constraint participation_tier check (tier in ('standard', 'enhanced')),
			grounds text[] not null default '{}',
			language text not null default 'en',
			began_at timestamptz not null default now(),
			ended_at timestamptz,
			constraint participation_pk primary key (force_id, id),
			constraint participation_reference_unique unique (force_id, reference),
			constraint participation_once unique (force_id, case_id, victim_id, role),
			constraint participation_case_fk foreign key (force_id, case_id) references crime_case (force_id, id),
			constraint participation_victim_fk foreign key (force_id, victim_id) references victim (force_id, id),
			constraint participation_account_fk foreign key (force_id, account_id) references account (force_id, id),
			constraint participation_enhanced_has_grounds check ((tier = 'enhanced') = (cardinality(grounds) > 0))
		);
		create index participation_account on participation (force_id, account_id);
		create index participation_case on participation (force_id, case_id);
		alter table participation enable row level security;

		create table representative (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			account_id uuid not null,
			role text not null constraint representative_role check
				(role in ('parent_guardian', 'family_spokesperson', 'supporter_readonly')),
			approved_by uuid,
			approved_at timestamptz,
			until_at timestamptz,
			revoked_at timestamptz,
			constraint representative_pk primary key (force_id, id),
			constraint representative_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint representative_account_fk foreign key (force_id, account_id) references account (force_id, id),
			constraint representative_approver_fk foreign key (force_id, approved_by) references account (force_id, id),
			constraint representative_approved check ((approved_by is null) = (approved_at is null)),
			constraint representative_supporter_ends check (role <> 'supporter_readonly' or until_at is not null)
		);
		alter table representative enable row level security;

		create table contact_detail (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			victim_id uuid not null,
			channel text not null constraint contact_detail_channel check (channel in ('mail', 'text', 'call', 'post')),
			value_sealed text not null constraint contact_detail_sealed check (value_sealed like 'ey%'),
			safe text not null default 'unknown'
				constraint contact_detail_safe check (safe in ('safe', 'unsafe', 'unknown')),
			state text not null default 'held'
				constraint contact_detail_state check (state in ('held', 'confirmed', 'replaced')),
			confirmed_by uuid,
			confirmed_at timestamptz,
			created_at timestamptz not null default now(),
			constraint contact_detail_pk primary key (force_id, id),
			constraint contact_detail_victim_fk foreign key (force_id, victim_id) references victim (force_id, id),
			constraint contact_detail_confirmer_fk foreign key (force_id, confirmed_by) references account (force_id, id),
			constraint contact_detail_confirmed check (state <> 'confirmed' or confirmed_at is not null)
		);
		create unique index contact_detail_one_current on contact_detail (force_id, victim_id, channel)
			where state = 'confirmed';
		alter table contact_detail enable row level security;

		-- How a person may be reached: one object that every message must pass.
		create table safety_plan (
			force_id uuid not null,
			participation_id uuid not null,
			rules_sealed text not null constraint safety_plan_sealed check (rules_sealed like 'ey%'),
			contact_ok_now boolean not null default false,
			contact_ok_next_change_at timestamptz,
			confirmed_at timestamptz not null default now(),
			version integer not null default 1,
			constraint safety_plan_pk primary key (force_id, participation_id),
			constraint safety_plan_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id)
		);
		alter table safety_plan enable row level security;

		create table linked_person (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			case_id uuid not null,
			address_hash bytea,
			number_hash bytea,
			initial_hash bytea,
			surname_hash bytea,
			constraint linked_person_pk primary key (force_id, id),
			constraint linked_person_case_fk foreign key (force_id, case_id) references crime_case (force_id, id),
			constraint linked_person_says_something check
				(coalesce(address_hash, number_hash, initial_hash, surname_hash) is not null)
		);
		alter table linked_person enable row level security;

		create table consent (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			controller_id uuid not null,
			need_ids text[] not null,
			given_at timestamptz not null default now(),
			given_by uuid not null,
			revoked_at timestamptz,
			constraint consent_pk primary key (force_id, id),
			constraint consent_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint consent_controller_fk foreign key (force_id, controller_id) references controller (force_id, id),
			constraint consent_giver_fk foreign key (force_id, given_by) references account (force_id, id),
			constraint consent_order check (revoked_at >= given_at)
		);
		alter table consent enable row level security;

		create table invitation (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			participation_id uuid not null,
			code_hash bytea not null,
			second_hash bytea not null,
			made_by uuid not null,
			made_at timestamptz not null default now(),
			expires_at timestamptz not null,
			used_at timestamptz,
			revoked_at timestamptz,
			tries integer not null default 0,
			constraint invitation_pk primary key (force_id, id),
			constraint invitation_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint invitation_maker_fk foreign key (force_id, made_by) references account (force_id, id),
			constraint invitation_order check (expires_at > made_at),
			constraint invitation_one_end check (used_at is null or revoked_at is null)
		);
		alter table invitation enable row level security;
	`.execute(db);
}
