import type { Generated } from 'kysely';
import type {
	AccessChangeTable,
	ContactChangeTable,
	LinkedCheckTable,
	MailedCodeTable,
	OpenedAreaTable
} from '#lib/server/db/check-tables.ts';
import type {
	AccountTable,
	ActedAs,
	AssessmentTable,
	CaseEventTable,
	EntryTable,
	MessageTable,
	NoticeTable,
	ParticipationTable,
	RepresentativeTable,
	ReviewTable,
	StatementTable,
	SupportRequestTable
} from '#lib/server/db/tables.ts';

/** The tables as the code may use them; an integration test compares this with PostgreSQL. */
export interface Database {
	force: {
		id: string;
		slug: string;
		name: string;
		origin: string;
		created_at: Generated<Date>;
		victim_idle_seconds: Generated<number>;
		victim_absolute_seconds: Generated<number>;
		staff_idle_seconds: Generated<number>;
		staff_absolute_seconds: Generated<number>;
	};
	force_setting: { force_id: string; name: string; value: unknown; changed_at: Generated<Date> };
	controller: { force_id: string; id: string; kind: 'force' | 'service'; name: string };
	team: { force_id: string; id: string; name: string };
	desk: {
		force_id: string;
		id: string;
		controller_id: string;
		kind: 'police' | 'support' | 'agency' | 'professional_standards';
		name: string;
		next_desk_id: string | null;
	};
	desk_hours: {
		force_id: string;
		desk_id: string;
		weekday: number;
		opens: string;
		closes: string;
	};
	account: AccountTable;
	roster: {
		force_id: string;
		id: Generated<string>;
		desk_id: string;
		account_id: string;
		from_at: Date;
		until_at: Date;
	};
	victim: { force_id: string; id: string; name_sealed: string; created_at: Generated<Date> };
	victim_key: {
		force_id: string;
		victim_id: string;
		wrapped: string | null;
		made_at: Generated<Date>;
		destroyed_at: Date | null;
	};
	crime_case: {
		force_id: string;
		id: string;
		reference: string;
		crime_reference: string;
		urn: string | null;
		category: string;
		reported_at: Date;
		opened_at: Generated<Date>;
		team_id: string;
		restricted: Generated<boolean>;
		closed_at: Date | null;
	};
	case_assignment: {
		force_id: string;
		id: Generated<string>;
		case_id: string;
		account_id: string;
		kind: 'officer' | 'cover';
		began_at: Generated<Date>;
		ended_at: Date | null;
	};
	case_access: { force_id: string; case_id: string; account_id: string; kind: 'named' | 'barred' };
	access_change: AccessChangeTable;
	participation: ParticipationTable;
	representative: RepresentativeTable;
	contact_detail: {
		force_id: string;
		id: Generated<string>;
		victim_id: string;
		channel: 'mail' | 'text' | 'call' | 'post';
		value_sealed: string;
		safe: Generated<'safe' | 'unsafe' | 'unknown'>;
		state: Generated<'held' | 'confirmed' | 'replaced'>;
		confirmed_by: string | null;
		confirmed_at: Date | null;
		created_at: Generated<Date>;
	};
	contact_change: ContactChangeTable;
	opened_area: OpenedAreaTable;
	mailed_code: MailedCodeTable;
	safety_plan: {
		force_id: string;
		participation_id: string;
		rules_sealed: string;
		contact_ok_now: Generated<boolean>;
		contact_ok_next_change_at: Date | null;
		confirmed_at: Generated<Date>;
		version: Generated<number>;
		ask_again_at: Date | null;
		confirmed_label: string | null;
	};
	linked_check: LinkedCheckTable;
	consent: {
		force_id: string;
		id: Generated<string>;
		participation_id: string;
		controller_id: string;
		need_ids: string[];
		given_at: Generated<Date>;
		given_by: string;
		revoked_at: Date | null;
	};
	invitation: {
		force_id: string;
		id: Generated<string>;
		participation_id: string;
		code_hash: Buffer;
		second_hash: Buffer;
		made_by: string;
		made_at: Generated<Date>;
		expires_at: Date;
		used_at: Date | null;
		revoked_at: Date | null;
		tries: Generated<number>;
		purpose: Generated<'activation' | 'recovery'>;
		made_label: string | null;
		representative_id: string | null;
	};
	safety_conversation: {
		force_id: string;
		id: Generated<string>;
		participation_id: string;
		held_by: string;
		held_label: string;
		held_at: Date;
		recorded_at: Generated<Date>;
		site_safe: boolean;
		said_sealed: string;
	};
	need_catalogue: { version: string; in_force_from: string };
	need_catalogue_need: {
		version: string;
		need_id: string;
		area: string;
		sensitivity: 'A' | 'B' | 'C';
	};
	statement: StatementTable;
	assessment: AssessmentTable;
	entry: EntryTable;
	review: ReviewTable;
	case_event: CaseEventTable;
	support_request: SupportRequestTable;
	support_move: { from_state: string; to_state: string };
	support_transition: {
		force_id: string;
		request_id: string;
		sequence: number;
		from_state: string;
		to_state: string;
		moved_by: string;
		moved_label: string | null;
		moved_at: Date;
		words_sealed: string | null;
		acted_as: ActedAs | null;
	};
	thread: {
		force_id: string;
		id: string;
		participation_id: string;
		controller_id: string;
		request_id: string | null;
		number: number;
		subject: string;
		opened_at: Date;
		opened_by: string | null;
	};
	message: MessageTable;
	notice: NoticeTable;
	submission: { force_id: string; account_id: string; key: string; made_at: Generated<Date> };
	sealed_draft: {
		force_id: string;
		id: Generated<string>;
		account_id: string;
		place: string;
		answers_sealed: string;
		kept_until: Date;
	};
	audit: {
		force_id: string;
		id: Generated<string>;
		at: Generated<Date>;
		account_id: string | null;
		actor_role: string;
		action: string;
		participation_id: string | null;
		subject_id: string | null;
		request_id: string;
	};
}
