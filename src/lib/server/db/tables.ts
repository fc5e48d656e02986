import type { Generated } from 'kysely';
import type { Role } from '#lib/domain/access/role.ts';
import type { ActingRole } from '#lib/domain/acting/roles.ts';
import type { Link } from '#lib/domain/acting/standing.ts';
import type { ParticipationRole } from '#lib/domain/need/catalogue.ts';
import type { RequestState, Urgency } from '#lib/domain/support/request.ts';

export type AccountTable = {
	force_id: string;
	id: Generated<string>;
	role: Role;
	sign_in_hash: Buffer;
	password_hash: string | null;
	language: Generated<string>;
	private_device: Generated<boolean>;
	staff_label: string | null;
	contact_sealed: string | null;
	desk_id: string | null;
	team_id: string | null;
	controller_id: string | null;
	state: Generated<'active' | 'suspended' | 'ended'>;
	created_at: Generated<Date>;
	/** Who this is at the force's sign-in service; only functions reach it. */
	provider_hash: Buffer | null;
	last_used_at: Generated<Date>;
};

export type ParticipationTable = {
	force_id: string;
	id: string;
	case_id: string;
	victim_id: string;
	account_id: string | null;
	reference: string;
	role: ParticipationRole;
	tier: 'standard' | 'enhanced';
	grounds: Generated<string[]>;
	language: Generated<string>;
	began_at: Generated<Date>;
	ended_at: Date | null;
	account_since: Date | null;
};

export type RepresentativeTable = {
	force_id: string;
	id: Generated<string>;
	participation_id: string;
	account_id: string | null;
	role: ActingRole;
	asked_by: string | null;
	asked_label: string | null;
	asked_at: Generated<Date>;
	who_sealed: string | null;
	consent_at: Date | null;
	link: Generated<Link>;
	cleared_by: string | null;
	cleared_label: string | null;
	cleared_at: Date | null;
	cleared_sealed: string | null;
	approved_by: string | null;
	approved_label: string | null;
	approved_at: Date | null;
	until_at: Date | null;
	revoked_at: Date | null;
	ended_label: string | null;
	ended_sealed: string | null;
	conflict_at: Date | null;
	conflict_label: string | null;
	conflict_sealed: string | null;
	reviewed_at: Date | null;
	reviewed_label: string | null;
	reviewed_sealed: string | null;
};

/** In which part somebody wrote for a victim; PostgreSQL sets it, and null is the victim's own voice. */
export type ActedAs = Exclude<ActingRole, 'supporter_readonly'>;

export type StatementKind =
	| 'answered'
	| 'prefer_not_to_say'
	| 'ask_me_later'
	| 'talk_to_someone'
	| 'still_right'
	| 'not_right';

export type StatementTable = {
	force_id: string;
	id: string;
	participation_id: string;
	catalogue_version: string;
	need_id: string;
	sequence: number;
	kind: StatementKind;
	about_entry_id: string | null;
	answer_sealed: string;
	language: string;
	said_by: string;
	said_as: string;
	said_at: Date;
	answer_due_at: Date | null;
	acted_as: ActedAs | null;
};

export type AssessmentTable = {
	force_id: string;
	id: string;
	participation_id: string;
	state: 'open' | 'confirmed';
	started_at: Date;
	due_at: Date;
	first_confirmed_at: Date | null;
	confirmed_at: Date | null;
	confirmed_by: string | null;
	confirmed_label: string | null;
	version: Generated<number>;
};

export type EntryTable = {
	force_id: string;
	id: string;
	participation_id: string;
	assessment_id: string;
	catalogue_version: string;
	need_id: string;
	sequence: number;
	source: 'record_system' | 'waymark' | 'pasted';
	recorded_sealed: string;
	outcome: 'action' | 'none' | 'missing';
	outcome_sealed: string | null;
	outcome_owner: string | null;
	outcome_by: string | null;
	recorded_by: string;
	recorded_label: string;
	recorded_at: Date;
};

export type ReviewTable = {
	force_id: string;
	id: string;
	participation_id: string;
	statement_id: string;
	answer: 'agreed' | 'agreed_in_part' | 'not_agreed';
	words_sealed: string;
	answered_by: string;
	answered_label: string;
	answered_at: Date;
	seen_at: Date | null;
};

export type CaseEventTable = {
	force_id: string;
	id: string;
	case_id: string;
	participation_id: string | null;
	milestone: string;
	milestone_version: string;
	agency: string;
	happened_on: string;
	next_on: string | null;
	next_precision: 'day' | 'week_commencing' | 'warned_list' | null;
	heard_at: Date;
	source: string;
	supersedes: string | null;
	human_first: Generated<boolean>;
	told_at: Date | null;
	detail_sealed: string | null;
};

export type SupportRequestTable = {
	force_id: string;
	id: string;
	participation_id: string;
	number: number;
	reference: string;
	controller_id: string;
	desk_id: string;
	kind: string;
	urgency: Urgency;
	reach_sealed: string;
	words_sealed: string;
	state: RequestState;
	taken_by: string | null;
	taken_label: string | null;
	taken_at: Date | null;
	asked_at: Date;
	due_at: Date;
	closed_at: Date | null;
	version: Generated<number>;
	acted_as: ActedAs | null;
	asked_by: string | null;
};

export type MessageTable = {
	force_id: string;
	id: string;
	thread_id: string;
	participation_id: string;
	controller_id: string;
	sequence: number;
	side: 'victim' | 'staff';
	internal: Generated<boolean>;
	words_sealed: string;
	language: string;
	written_by: string;
	written_label: string | null;
	written_at: Date;
	read_at: Date | null;
	acted_as: ActedAs | null;
};

export type NoticeTable = {
	force_id: string;
	id: string;
	account_id: string;
	participation_id: string | null;
	kind: 'victim_news' | 'staff_work';
	state: Generated<'waiting' | 'sent' | 'withheld' | 'dead'>;
	reason: string | null;
	attempts: Generated<number>;
	queued_at: Date;
	settled_at: Date | null;
};
