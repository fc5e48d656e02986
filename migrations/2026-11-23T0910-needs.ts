import { sql, type Kysely } from 'kysely';

/** Two voices: the victim's statements and the officer's assessment, neither overwriting the other. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table need_catalogue (
			version text not null,
			in_force_from date not null,
			constraint need_catalogue_pk primary key (version)
		);
		create table need_catalogue_need (
			version text not null references need_catalogue (version),
			need_id text not null,
			area text not null,
			sensitivity text not null
				constraint need_catalogue_need_sensitivity check (sensitivity in ('A', 'B', 'C')),
			constraint need_catalogue_need_pk primary key (version, need_id)
		);

		-- Append-only: the application may insert and read, never change or remove.
		create table statement (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			catalogue_version text not null,
			need_id text not null,
			sequence integer not null constraint statement_sequence_positive check (sequence > 0),
			kind text not null constraint statement_kind check (kind in ('answered', 'prefer_not_to_say',
				'ask_me_later', 'talk_to_someone', 'still_right', 'not_right')),
			about_entry_id uuid,
			answer_sealed text not null constraint statement_sealed check (answer_sealed like 'ey%'),
			language text not null,
			said_by uuid not null,
			said_as text not null,
			said_at timestamptz not null,
			answer_due_at timestamptz,
			constraint statement_pk primary key (force_id, id),
			constraint statement_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint statement_need_fk foreign key (catalogue_version, need_id)
				references need_catalogue_need (version, need_id),
			constraint statement_sayer_fk foreign key (force_id, said_by) references account (force_id, id),
			constraint statement_once unique (force_id, participation_id, need_id, sequence),
			constraint statement_not_right_names_entry check ((kind = 'not_right') <= (about_entry_id is not null)),
			constraint statement_due_after_said check (answer_due_at > said_at)
		);
		alter table statement enable row level security;

		create table assessment (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			state text not null constraint assessment_state check (state in ('open', 'confirmed')),
			started_at timestamptz not null,
			due_at timestamptz not null,
			-- The standard looks at the first confirmation, the page at the last.
			first_confirmed_at timestamptz,
			confirmed_at timestamptz,
			confirmed_by uuid,
			confirmed_label text,
			version integer not null default 1,
			constraint assessment_pk primary key (force_id, id),
			constraint assessment_one_each unique (force_id, participation_id),
			constraint assessment_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint assessment_confirmer_fk foreign key (force_id, confirmed_by) references account (force_id, id),
			constraint assessment_confirmed_in_order check ((first_confirmed_at is null) = (confirmed_at is null)
				and first_confirmed_at <= confirmed_at),
			constraint assessment_confirmed check ((state = 'confirmed') =
				(confirmed_at is not null and confirmed_by is not null and confirmed_label is not null))
		);
		alter table assessment enable row level security;

		-- The officer's line for one need. A later line replaces an earlier one; none is changed.
		create table entry (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			assessment_id uuid not null,
			catalogue_version text not null,
			need_id text not null,
			sequence integer not null constraint entry_sequence_positive check (sequence > 0),
			source text not null constraint entry_source check (source in ('record_system', 'waymark', 'pasted')),
			recorded_sealed text not null constraint entry_sealed check (recorded_sealed like 'ey%'),
			outcome text not null constraint entry_outcome check (outcome in ('action', 'none', 'missing')),
			outcome_sealed text,
			outcome_owner text,
			outcome_by date,
			recorded_by uuid not null,
			recorded_label text not null,
			recorded_at timestamptz not null,
			constraint entry_pk primary key (force_id, id),
			constraint entry_assessment_fk foreign key (force_id, assessment_id) references assessment (force_id, id),
			constraint entry_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint entry_need_fk foreign key (catalogue_version, need_id)
				references need_catalogue_need (version, need_id),
			constraint entry_recorder_fk foreign key (force_id, recorded_by) references account (force_id, id),
			constraint entry_once unique (force_id, participation_id, need_id, sequence),
			constraint entry_outcome_whole check (case outcome
				when 'action' then outcome_sealed is not null and outcome_owner is not null and outcome_by is not null
				when 'none' then outcome_sealed is not null and outcome_owner is null and outcome_by is null
				else outcome_sealed is null and outcome_owner is null and outcome_by is null end)
		);
		alter table entry enable row level security;
		alter table statement add constraint statement_entry_fk
			foreign key (force_id, about_entry_id) references entry (force_id, id);

		create table review (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			statement_id uuid not null,
			answer text not null constraint review_answer check (answer in ('agreed', 'agreed_in_part', 'not_agreed')),
			words_sealed text not null constraint review_sealed check (words_sealed like 'ey%'),
			answered_by uuid not null,
			answered_label text not null,
			answered_at timestamptz not null,
			seen_at timestamptz,
			constraint review_pk primary key (force_id, id),
			constraint review_one_each unique (force_id, statement_id),
			constraint review_statement_fk foreign key (force_id, statement_id) references statement (force_id, id),
			constraint review_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint review_answerer_fk foreign key (force_id, answered_by) references account (force_id, id)
		);
		alter table review enable row level security;
		create index review_participation on review (force_id, participation_id);
	`.execute(db);
}
