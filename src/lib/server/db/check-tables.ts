import type { Generated } from 'kysely';
import type { OpenableArea } from '#lib/domain/acting/opened.ts';
import type { CheckRoute, ContactChannel } from '#lib/domain/contact/held-change.ts';
import type { CheckOutcome } from '#lib/domain/linked/markers.ts';
import type { AccessAct } from '#lib/domain/restricted/insider.ts';

export type AccessChangeTable = {
	force_id: string;
	case_id: string;
	sequence: number;
	act: AccessAct;
	account_id: string | null;
	reason_sealed: string;
	made_by: string;
	made_label: string;
	made_at: Date;
};

export type ContactChangeTable = {
	force_id: string;
	id: Generated<string>;
	participation_id: string;
	channel: ContactChannel;
	asked_sealed: string;
	asked_by: string;
	asked_at: Date;
	due_at: Date;
	state: Generated<'held' | 'confirmed' | 'refused' | 'withdrawn' | 'replaced'>;
	route: CheckRoute | null;
	words_sealed: string | null;
	settled_by: string | null;
	settled_label: string | null;
	settled_at: Date | null;
};

export type LinkedCheckTable = {
	force_id: string;
	id: Generated<string>;
	case_id: string;
	participation_id: string | null;
	about: 'new_person' | 'contact' | 'representative' | 'linked_person';
	subject_hash: Buffer;
	owner_id: string;
	opened_by: string;
	opened_label: string;
	opened_at: Date;
	due_at: Date;
	outcome: CheckOutcome | null;
	note_sealed: string | null;
	resolved_by: string | null;
	resolved_label: string | null;
	resolved_at: Date | null;
};

export type OpenedAreaTable = {
	force_id: string;
	id: Generated<string>;
	participation_id: string;
	representative_id: string;
	area: OpenableArea;
	reason_sealed: string;
	opened_by: string;
	opened_label: string;
	opened_at: Date;
	closed_by: string | null;
	closed_label: string | null;
	closed_at: Date | null;
};

export type MailedCodeTable = {
	force_id: string;
	invitation_id: string;
	participation_id: string;
	language: string;
	code_sealed: string | null;
	state: Generated<'waiting' | 'sent' | 'withheld' | 'dead'>;
	queued_at: Date;
	settled_at: Date | null;
};
