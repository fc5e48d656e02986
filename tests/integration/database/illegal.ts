import { randomUUID } from 'node:crypto';
import { sealed, sixDigits, type Row } from './rows.ts';

// The world's now is 10:00 on 23 November 2026.
const yesterday = '2026-11-22T10:00:00Z';
const today = '2026-11-23T10:00:00Z';
const tomorrow = '2026-11-24T10:00:00Z';
const nextWeek = '2026-11-30T10:00:00Z';

const another = { id: randomUUID() };
const bytes = (filled: number) => Buffer.alloc(32, filled);
const second = { ...another, sequence: 2 };
const request = (number: number): Row => ({
	...{ ...another, number, reference: `SR-${sixDigits()}` }
});

const call: Row = { ...another, channel: 'call' };
const settled = { settled_by: randomUUID(), settled_at: today };
const confirmed = { state: 'confirmed', route: 'in_person', words_sealed: sealed };

/** Changes to a typical row, by the constraint that must refuse them and what would be wrong. */
type Changes = Readonly<Record<string, Row>>;

/** States of which none can be stored, by table. */
export const illegal: Readonly<Record<string, Changes>> = {
	support_request: {
		'support_request_work_has_someone: work that nobody took': { ...request(2), state: 'referred' },
		'support_request_closed: closed at no time': { ...request(2), state: 'withdrawn' },
		'support_request_closed: open and closed': { ...request(2), closed_at: today },
		'support_request_due_after_asked: due before it was asked': {
			...request(2),
			due_at: yesterday
		},
		'support_request_taken: taken by nobody': { ...request(2), taken_at: today },
		'support_request_state: an unknown state': { ...request(2), state: 'lost' },
		'support_request_urgency: an unknown urgency': { ...request(2), urgency: 'whenever' },
		'support_request_number_unique: two with one number': request(1),
		'support_request_words_sealed: words in clear': { ...request(2), words_sealed: 'help' },
		'support_request_reach_sealed: a number in clear': { ...request(2), reach_sealed: '07700' }
	},
	support_transition: {
		'support_transition_legal: from new to done at once': move('new', 'done'),
		'support_transition_legal: from new back to nothing': move('new', 'none'),
		'support_transition_follows: from where it is not': move('in_progress', 'done'),
		'support_transition_follows: with a step left out': { ...move('new', 'withdrawn'), sequence: 3 }
	},
	statement: {
		'statement_sealed: words in clear': { ...second, answer_sealed: 'he knows my street' },
		'statement_once: two in one place of the order': another,
		'statement_not_right_names_entry: not right about nothing': { ...second, about_entry_id: null },
		'statement_need_fk: of a need that there is not': { ...second, need_id: 'XXX9' },
		'statement_due_after_said: due before it was said': { ...second, answer_due_at: yesterday }
	},
	assessment: {
		'assessment_confirmed: confirmed by nobody': { ...another, state: 'confirmed' },
		'assessment_one_each: two of one participation': another
	},
	entry: {
		'entry_outcome_whole: an action of nobody, at no time': {
			...{ ...second, outcome: 'action', outcome_sealed: sealed }
		},
		'entry_outcome_whole: no action and no reason': { ...second, outcome: 'none' },
		'entry_source: from nowhere': { ...second, source: 'guessed' },
		'entry_sealed: words in clear': { ...second, recorded_sealed: 'wants calls at work' }
	},
	review: {
		'review_one_each: two of one statement': another,
		'review_sealed: without words': { ...another, words_sealed: '' }
	},
	case_event: {
		'case_event_next_whole: a next day of no precision': { ...another, next_on: '2026-12-01' },
		'case_event_detail_is_someones: details of nobody': {
			...{ ...another, participation_id: null, detail_sealed: sealed }
		}
	},
	message: {
		'message_internal_is_staffs: a note among staff by a victim': { ...second, internal: true },
		'message_sealed: words in clear': { ...second, words_sealed: 'call me' }
	},
	thread: { 'thread_one_per_request: two of one request': { ...another, number: 2 } },
	notice: {
		'notice_settled: sent and never settled': { ...another, state: 'sent' },
		'notice_withheld_says_why: withheld for no reason': {
			...{ ...another, state: 'withheld', settled_at: today }
		}
	},
	contact_detail: {
		'contact_detail_confirmed: confirmed at no time': {
			...{ ...another, channel: 'text', confirmed_at: null }
		},
		'contact_detail_one_current: two current ones': another,
		'contact_detail_sealed: a number in clear': {
			...{ ...another, channel: 'text', value_sealed: '07700900001' }
		}
	},
	contact_change: {
		'contact_change_sealed: a number in clear': { ...call, asked_sealed: '07700900001' },
		'contact_change_words_sealed: words in clear': {
			...{ ...call, ...settled, state: 'refused', words_sealed: 'she said no' }
		},
		'contact_change_one_held: two held for one way': another,
		'contact_change_due_after_asked: due before it was asked': { ...call, due_at: yesterday },
		'contact_change_settled: confirmed by nobody': {
			...{ ...call, ...settled, ...confirmed, settled_by: null }
		},
		'contact_change_settled: held and settled': { ...call, settled_at: today },
		'contact_change_answered: confirmed by no route': {
			...{ ...call, ...settled, ...confirmed, route: null }
		},
		'contact_change_answered: confirmed without words': {
			...{ ...call, ...settled, ...confirmed, words_sealed: null }
		},
		'contact_change_answered: refused without words': { ...call, ...settled, state: 'refused' },
		'contact_change_route: checked through the portal': {
			...{ ...call, ...settled, ...confirmed, route: 'portal' }
		}
	},
	representative: {
		'representative_supporter_ends: a supporter for ever': { ...another, until_at: null },
		'representative_approved: approved by nobody': { ...another, approved_by: null },
		'representative_hit_stops: approved although linked to the suspect': {
			...another,
			link: 'hit'
		},
		'representative_cleared_with_words: checked without words': { ...another, link: 'cleared' },
		'representative_who_sealed: a name in clear': { ...another, who_sealed: 'Lena Carter' },
		'representative_ended_sealed: a reason in clear': { ...another, ended_sealed: 'he moved in' },
		'representative_conflict_sealed: a conflict in clear': {
			...{
				...another,
				conflict_at: today,
				conflict_label: 'PC 1',
				conflict_sealed: 'she fears him'
			}
		},
		'representative_conflict_whole: a conflict without words': { ...another, conflict_at: today },
		'representative_reviewed_sealed: a decision in clear': {
			...{ ...another, reviewed_at: today, reviewed_label: 'PC 1', reviewed_sealed: 'it goes on' }
		},
		'representative_reviewed_whole: reviewed without words': { ...another, reviewed_at: today }
	},
	opened_area: {
		'opened_area_once: opened twice at once': another,
		'opened_area_area: no area': { ...another, area: 'Safety!' },
		'opened_area_sealed: a reason in clear': {
			...{ ...another, area: 'health', reason_sealed: 'she asked me to' }
		},
		'opened_area_closed: closed by nobody': { ...another, area: 'health', closed_at: today },
		'opened_area_representative_fk: to nobody who acts for the person': {
			...{ ...another, representative_id: randomUUID() }
		}
	},
	invitation: {
		'invitation_order: expired before it was made': { ...another, expires_at: yesterday },
		'invitation_one_end: used and revoked': { ...another, used_at: today, revoked_at: today },
		'invitation_one_open: two open ones for a person': { ...another, code_hash: bytes(9) },
		'invitation_code_size: a code in clear': { ...another, code_hash: Buffer.from('123456789012') },
		'invitation_representative_fk: of nobody who acts for the person': {
			...{ ...another, code_hash: bytes(9), representative_id: randomUUID() }
		}
	},
	mailed_code: {
		'mailed_code_sealed: a code in clear': { code_sealed: '123456789012' },
		'mailed_code_settled: sent and kept': { state: 'sent', settled_at: today },
		'mailed_code_settled: sent at no time': { state: 'sent', code_sealed: null }
	},
	activation: {
		'activation_id_is_hash: a token as the browser holds it': { ...another, id: 'token' },
		'activation_chosen: a name and no secret': {
			id: 'ab'.repeat(32),
			sign_in_hash: bytes(7)
		}
	},
	safety_conversation: {
		'safety_conversation_sealed: a note in clear': { ...another, said_sealed: 'she said' }
	},
	consent: { 'consent_order: revoked before it was given': { ...another, revoked_at: yesterday } },
	linked_person: {
		'linked_person_says_something: nothing known': { ...another, surname_hash: null },
		'linked_person_whole_name: an initial and no surname': {
			...{ ...another, surname_hash: null, initial_hash: bytes(1) }
		},
		'linked_person_hashes: a number in clear': { ...another, number_hash: Buffer.from('07700') },
		'linked_person_role: a victim': { ...another, role: 'victim' },
		'linked_person_removed: taken off by nobody': { ...another, removed_at: today },
		'linked_person_removal_sealed: a reason in clear': { ...another, removal_sealed: 'he moved' }
	},
	linked_check: {
		'linked_check_one_open: two open ones about one thing': another,
		'linked_check_resolved: ended by nobody': { ...another, outcome: 'known' },
		'linked_check_outcome: an unknown end': { ...another, outcome: 'ignored' },
		'linked_check_note_sealed: a note in clear': { ...another, note_sealed: 'her son' },
		'linked_check_order: due before it was opened': { ...another, due_at: yesterday },
		'linked_check_subject_size: an address in clear': {
			...{ ...another, subject_hash: Buffer.from('12 High Street') }
		}
	},
	access_change: {
		'access_change_sealed: a reason in clear': { sequence: 2, reason_sealed: 'his wife' },
		'access_change_about_someone: nobody was named': { sequence: 2, account_id: null },
		'access_change_about_someone: somebody was lifted': { sequence: 2, act: 'lifted' },
		'access_change_act: an unknown act': { sequence: 2, act: 'hidden' }
	},
	roster: { 'roster_order: ends before it begins': { until_at: yesterday } },
	desk_hours: { 'desk_hours_order: closes before it opens': { opens: '21:00' } },
	session: {
		'session_id_is_hash: a token in clear': { id: 'a-token-from-a-cookie' },
		'session_replaced_is_hash: a token in clear before': {
			...{ id: 'a'.repeat(64), replaced_id: 'a-token-from-a-cookie' }
		},
		'session_bounded: of a week': { id: 'a'.repeat(64), expires_at: nextWeek }
	},
	authenticator: {
		'authenticator_sealed: a key in clear': { secret_sealed: 'DEMOWORLDKEYNOTASECRETATALL22222' },
		'authenticator_pk: a second one': {},
		'authenticator_step: before time began': { last_step: -1 }
	},
	recovery_code: {
		'recovery_code_size: a code in clear': { code_hash: Buffer.from('abcdefghjk') }
	},
	passkey: {
		'passkey_credential: one that somebody has': another,
		'passkey_credential_form: a short one': { ...another, credential_id: 'short' },
		'passkey_count: below nought': { ...another, credential_id: 'b'.repeat(22), sign_count: -1 }
	},
	passkey_challenge: {
		'passkey_challenge_id_is_hash: in clear': { id: 'a-challenge' },
		'passkey_challenge_purpose: an unknown one': {
			id: 'c'.repeat(64),
			purpose: 'guess',
			holder: 'e'
		},
		'passkey_challenge_holder: to sign in, of somebody': { id: 'd'.repeat(64), holder: 'e' }
	},
	half_sign_in: {
		'half_sign_in_id_is_hash: a token in clear': { id: 'a-token-from-a-cookie' },
		'half_sign_in_short: of a day': { id: 'b'.repeat(64), expires_at: tomorrow }
	},
	step_up: { 'step_up_short: of a day': { ...another, expires_at: tomorrow } },
	sealed_draft: {
		'sealed_draft_sealed: words in clear': { ...another, answers_sealed: '{"words":"help"}' }
	},
	submission: { 'submission_pk: one form twice': {} }
};

function move(from_state: string, to_state: string): Row {
	return { sequence: 2, from_state, to_state };
}
