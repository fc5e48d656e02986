import { sql, type Kysely } from 'kysely';

/** What happened to the case, what was asked for, what was written, what went out, and who looked. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		-- Append-only: a later event corrects an earlier one by naming it.
		create table case_event (
			force_id uuid not null,
			id uuid not null,
			case_id uuid not null,
			participation_id uuid,
			milestone text not null,
			milestone_version text not null,
			agency text not null,
			happened_on date not null,
			next_on date,
			next_precision text constraint case_event_precision check
				(next_precision in ('day', 'week_commencing', 'warned_list')),
			heard_at timestamptz not null,
			source text not null,
			supersedes uuid,
			human_first boolean not null default false,
			told_at timestamptz,
			detail_sealed text,
			constraint case_event_pk primary key (force_id, id),
			constraint case_event_case_fk foreign key (force_id, case_id) references crime_case (force_id, id),
			constraint case_event_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint case_event_supersedes_fk foreign key (force_id, supersedes) references case_event (force_id, id),
			constraint case_event_next_whole check ((next_on is null) = (next_precision is null)),
			constraint case_event_detail_is_someones check (detail_sealed is null or participation_id is not null)
		);
		create index case_event_case on case_event (force_id, case_id, happened_on);
		alter table case_event enable row level security;

		create table support_request (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			number integer not null constraint support_request_number_positive check (number > 0),
			reference text not null constraint support_request_reference_form check (reference ~ '^SR-[0-9]{6}$'),
			controller_id uuid not null,
			desk_id uuid not null,
			kind text not null,
			urgency text not null constraint support_request_urgency check
				(urgency in ('today', 'one_day', 'two_days', 'five_days')),
			reach_sealed text not null constraint support_request_reach_sealed check (reach_sealed like 'ey%'),
			words_sealed text not null constraint support_request_words_sealed check (words_sealed like 'ey%'),
			state text not null constraint support_request_state check (state in ('new', 'acknowledged',
				'in_progress', 'waiting_for_victim', 'referred', 'done', 'withdrawn')),
			taken_by uuid,
			taken_label text,
			taken_at timestamptz,
			asked_at timestamptz not null,
			due_at timestamptz not null,
			closed_at timestamptz,
			version integer not null default 1,
			constraint support_request_pk primary key (force_id, id),
			constraint support_request_reference_unique unique (force_id, reference),
			constraint support_request_number_unique unique (force_id, participation_id, number),
			constraint support_request_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint support_request_controller_fk foreign key (force_id, controller_id)
				references controller (force_id, id),
			-- One audience: the desk's controller is the request's, its thread's and its messages'.
			constraint support_request_audience unique (force_id, id, participation_id, controller_id),
			constraint support_request_desk_fk foreign key (force_id, desk_id, controller_id)
				references desk (force_id, id, controller_id),
			constraint support_request_taker_fk foreign key (force_id, taken_by) references account (force_id, id),
			constraint support_request_due_after_asked check (due_at > asked_at),
			constraint support_request_closed check ((state in ('done', 'withdrawn')) = (closed_at is not null)),
			constraint support_request_taken check ((taken_by is null) = (taken_at is null)),
			constraint support_request_work_has_someone check
				(state in ('new', 'withdrawn') or taken_by is not null)
		);
		create index support_request_queue on support_request (force_id, desk_id, due_at) where closed_at is null;
		create index support_request_taker on support_request (force_id, taken_by);
		alter table support_request enable row level security;

		-- The one table of legal moves: a move that is not listed cannot be stored.
		create table support_move (
			from_state text not null,
			to_state text not null,
			constraint support_move_pk primary key (from_state, to_state)
		);
		insert into support_move (from_state, to_state) values
			('none', 'new'),
			('new', 'acknowledged'), ('new', 'withdrawn'),
			('acknowledged', 'in_progress'), ('acknowledged', 'waiting_for_victim'),
			('acknowledged', 'referred'), ('acknowledged', 'done'), ('acknowledged', 'withdrawn'),
			('in_progress', 'waiting_for_victim'), ('in_progress', 'referred'), ('in_progress', 'done'),
			('in_progress', 'withdrawn'),
			('waiting_for_victim', 'in_progress'), ('waiting_for_victim', 'done'),
			('waiting_for_victim', 'withdrawn'),
			('referred', 'in_progress'), ('referred', 'done'), ('referred', 'withdrawn'),
			('done', 'acknowledged');

		create table support_transition (
			force_id uuid not null,
			request_id uuid not null,
			sequence integer not null constraint support_transition_sequence_positive check (sequence > 0),
			from_state text not null,
			to_state text not null,
			moved_by uuid not null,
			moved_label text,
			moved_at timestamptz not null,
			words_sealed text,
			constraint support_transition_pk primary key (force_id, request_id, sequence),
			constraint support_transition_request_fk foreign key (force_id, request_id)
				references support_request (force_id, id),
			constraint support_transition_legal foreign key (from_state, to_state)
				references support_move (from_state, to_state),
			constraint support_transition_mover_fk foreign key (force_id, moved_by) references account (force_id, id)
		);
		alter table support_transition enable row level security;

		-- A request changes state along a listed move only, and its story has no gap and no jump.
		create function support_request_moves() returns trigger language plpgsql
			security definer set search_path = pg_catalog, public as $$
			begin
				if not exists (select 1 from support_move m
						where m.from_state = old.state and m.to_state = new.state) then
					raise exception 'a request cannot go from % to %', old.state, new.state
						using errcode = 'check_violation', constraint = 'support_request_moves';
				end if;
				return new;
			end $$;
		create trigger support_request_moves before update of state on support_request
			for each row when (old.state is distinct from new.state)
			execute function support_request_moves();
		create function support_transition_follows() returns trigger language plpgsql
			security definer set search_path = pg_catalog, public as $$
			declare
				last record;
			begin
				select t.sequence, t.to_state into last from support_transition t
					where t.force_id = new.force_id and t.request_id = new.request_id
					order by t.sequence desc limit 1;
				if new.sequence <> coalesce(last.sequence, 0) + 1
						or new.from_state <> coalesce(last.to_state, 'none') then
					raise exception 'a transition follows the one before it'
						using errcode = 'check_violation', constraint = 'support_transition_follows';
				end if;
				return new;
			end $$;
		create trigger support_transition_follows before insert on support_transition
			for each row execute function support_transition_follows();

		create table thread (
			force_id uuid not null,
			id uuid not null,
			participation_id uuid not null,
			controller_id uuid not null,
			request_id uuid,
			number integer not null constraint thread_number_positive check (number > 0),
			subject text not null,
			opened_at timestamptz not null,
			constraint thread_pk primary key (force_id, id),
			constraint thread_number_unique unique (force_id, participation_id, number),
			constraint thread_one_per_request unique (force_id, request_id),
			constraint thread_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint thread_controller_fk foreign key (force_id, controller_id) references controller (force_id, id),
			constraint thread_audience unique (force_id, id, participation_id, controller_id),
			constraint thread_request_fk foreign key (force_id, request_id, participation_id, controller_id)
				references support_request (force_id, id, participation_id, controller_id)
		);
		alter table thread enable row level security;

		create table message (
			force_id uuid not null,
			id uuid not null,
			thread_id uuid not null,
			participation_id uuid not null,
			controller_id uuid not null,
			sequence integer not null constraint message_sequence_positive check (sequence > 0),
			side text not null constraint message_side check (side in ('victim', 'staff')),
			internal boolean not null default false,
			words_sealed text not null constraint message_sealed check (words_sealed like 'ey%'),
			language text not null,
			written_by uuid not null,
			written_label text,
			written_at timestamptz not null,
			read_at timestamptz,
			constraint message_pk primary key (force_id, id),
			constraint message_once unique (force_id, thread_id, sequence),
			constraint message_thread_fk foreign key (force_id, thread_id, participation_id, controller_id)
				references thread (force_id, id, participation_id, controller_id),
			constraint message_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint message_controller_fk foreign key (force_id, controller_id) references controller (force_id, id),
			constraint message_writer_fk foreign key (force_id, written_by) references account (force_id, id),
			constraint message_internal_is_staffs check (not internal or side = 'staff')
		);
		alter table message enable row level security;

		create table notice (
			force_id uuid not null,
			id uuid not null,
			account_id uuid not null,
			participation_id uuid,
			kind text not null constraint notice_kind check (kind in ('victim_news', 'staff_work')),
			state text not null default 'waiting'
				constraint notice_state check (state in ('waiting', 'sent', 'withheld', 'dead')),
			reason text,
			attempts integer not null default 0,
			queued_at timestamptz not null,
			settled_at timestamptz,
			constraint notice_pk primary key (force_id, id),
			constraint notice_account_fk foreign key (force_id, account_id) references account (force_id, id),
			constraint notice_participation_fk foreign key (force_id, participation_id)
				references participation (force_id, id),
			constraint notice_settled check ((state = 'waiting') = (settled_at is null)),
			constraint notice_withheld_says_why check (state <> 'withheld' or reason is not null)
		);
		alter table notice enable row level security;

		create table submission (
			force_id uuid not null,
			account_id uuid not null,
			key uuid not null,
			made_at timestamptz not null default now(),
			constraint submission_pk primary key (force_id, account_id, key),
			constraint submission_account_fk foreign key (force_id, account_id) references account (force_id, id)
		);
		alter table submission enable row level security;

		create table sealed_draft (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			account_id uuid not null,
			place text not null,
			answers_sealed text not null constraint sealed_draft_sealed check (answers_sealed like 'ey%'),
			kept_until timestamptz not null,
			constraint sealed_draft_pk primary key (force_id, id),
			constraint sealed_draft_account_fk foreign key (force_id, account_id) references account (force_id, id)
		);
		alter table sealed_draft enable row level security;

		-- Appended without a chain value; the sealer adds that behind the open snapshot.
		create table audit (
			force_id uuid not null,
			id uuid not null default gen_random_uuid(),
			at timestamptz not null default now(),
			account_id uuid,
			actor_role text not null,
			action text not null,
			participation_id uuid,
			subject_id uuid,
			request_id text not null,
			constraint audit_pk primary key (force_id, id),
			constraint audit_account_fk foreign key (force_id, account_id) references account (force_id, id)
		);
		create index audit_participation on audit (force_id, participation_id, at);
		alter table audit enable row level security;
	`.execute(db);
}
