/**
 * The Victims' Code in force since 1 April 2021, as data: its twelve rights, and what must be
 * told, by whom and within how many working days. The limits come from pages that summarise the
 * Code, not from its own paragraphs: each row carries how sure it is, and is to be checked
 * against the Code before a clock that a victim sees runs on it. Not carried, because nothing
 * exact is known: the Victim Notification Scheme (a target, not part of the Code).
 */
export const codeVersion = 'code 2021';
export type CodeVersion = typeof codeVersion;

/** Seen in a source, seen at second hand, only in an old source, or not verified. */
export type Confidence = 'V' | 'V2' | 'OLD' | 'U';

export type RightNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;

export type Right = { number: RightNumber; about: string; source: string };

/** Addresses and titles behind the rows. */
export const codeSources = {
	code: 'GOV.UK, Code of Practice for Victims of Crime in England and Wales',
	track: 'Track a case (Ministry of Justice), rights pages, July 2026',
	bedfordshire: 'bedfordshire.pcc.police.uk, the twelve rights one by one',
	nottinghamshire: 'nottinghamshire.police.uk, questions about charge and bail (before 2021)',
	cps: 'cps.gov.uk, the Code of Practice for Victims of Crime (before 2021)',
	cpsBereaved: 'cps.gov.uk, Bereaved Family Scheme',
	westMidlands: 'West Midlands PCC, Victims’ Right to Review',
	bail: 'GOV.UK, pre-charge bail statutory guidance; PCSC Act 2022, Sch. 4',
	lords: 'Lords Hansard, 30 April 2024',
	commissioner: 'victimscommissioner.org.uk, how to complain'
} as const;
export type CodeSource = keyof typeof codeSources;

/** The twelve rights, in our words. */
export const rights: readonly Right[] = [
	right(1, 'understand what is happening and be understood'),
	right(2, 'the crime recorded without unjustified delay'),
	right(3, 'information when reporting'),
	right(4, 'needs assessed and referral to support'),
	right(5, 'told about compensation'),
	right(6, 'told about the investigation and prosecution, with reasons and review'),
	right(7, 'make a victim personal statement'),
	right(8, 'told about the trial and the part of a witness'),
	right(9, 'told the outcome, an explanation of the sentence, and appeals'),
	right(10, 'expenses paid and property returned'),
	right(11, 'Victim Contact Scheme after conviction'),
	right(12, 'complain')
];

export type DutyAgency = 'any' | 'police' | 'cps' | 'witness_care' | 'probation';

/** When a limit that is not a number of days runs out. */
export type Timing = 'before_decision' | 'day_of_trial' | 'at_stage' | 'with_response';

export type Duty = {
	id: string;
	right: RightNumber;
	agency: DutyAgency;
	/** Working days; null where no number is known. */
	limits: { standard: number | null; enhanced: number | null };
	clockStart: string;
	/** Working days the court has first to pass the news on; the limit runs from receipt. */
	courtFirst: number | null;
	enhancedOnly: boolean;
	timing: Timing | null;
	/** The weakest of what the row rests on. */
	flag: Confidence;
	source: CodeSource;
};

type Marks = { enhancedOnly?: true; timing?: Timing };
type Limits = readonly [standard: number | null, enhanced: number | null];

const open: Limits = [null, null];
const fiveOrOne: Limits = [5, 1];
const oneDay: Limits = [1, 1];
const tenDays: Limits = [10, 10];
const enhancedOnly: Marks = { enhancedOnly: true };
const fromCourt = 'received_from_court';

const duties: readonly Duty[] = [
	duty('R1-INT', 1, 'any', open, 'need_identified', 'V', 'bedfordshire'),
	duty('R2-REC', 2, 'police', open, 'report', 'V', 'bedfordshire'),
	duty('R2-INTV', 2, 'police', open, 'interview_planned', 'V', 'bedfordshire'),
	duty('R3-ACK', 3, 'police', [5, 5], 'report', 'V2', 'track'),
	duty('R3-INFO', 3, 'police', open, 'report', 'V', 'bedfordshire'),
	duty('R3-RJ', 3, 'police', open, 'report', 'V', 'bedfordshire'),
	duty('R4-VNA', 4, 'police', open, 'report', 'V', 'bedfordshire'),
	duty('R4-REV', 4, 'any', open, 'needs_changed', 'V', 'bedfordshire'),
	// The limit is seen; that its clock starts with the report is not verified.
	duty('R4-REF', 4, 'police', [2, 2], 'report', 'U', 'bedfordshire'),
	duty('R4-SPEC', 4, 'police', open, 'assessed', 'V', 'code', enhancedOnly),
	duty('R4-WCU', 4, 'witness_care', open, 'required_to_attend', 'V', 'bedfordshire'),
	duty('R5-COMP', 5, 'police', open, 'report', 'V', 'code'),
	duty('R6-NOINV', 6, 'police', fiveOrOne, 'decision', 'V', 'bedfordshire'),
	duty('R6-FREQ', 6, 'police', open, 'investigation_opened', 'V', 'bedfordshire'),
	duty('R6-ARR', 6, 'police', fiveOrOne, 'event', 'V', 'bedfordshire'),
	duty('R6-IUC', 6, 'police', fiveOrOne, 'event', 'V', 'bedfordshire'),
	duty('R6-REL', 6, 'police', fiveOrOne, 'event', 'V', 'bedfordshire'),
	duty('R6-BAIL', 6, 'police', fiveOrOne, 'event', 'V', 'bedfordshire'),
	duty('R6-BAILVAR', 6, 'police', fiveOrOne, 'event', 'V', 'bedfordshire'),
	duty('R6-BAILVIEW', 6, 'police', open, 'decision_pending', 'V', 'bail', {
		timing: 'before_decision'
	}),
	duty('R6-OOCD', 6, 'police', fiveOrOne, 'disposal_given', 'OLD', 'nottinghamshire'),
	duty('R6-CHG', 6, 'police', fiveOrOne, 'charge', 'OLD', 'nottinghamshire'),
	// Five working days are seen now; the one day of enhanced rights only in an old source.
	duty('R6-NFA', 6, 'police', fiveOrOne, 'decision', 'OLD', 'westMidlands'),
	duty('R6-CPSNFA', 6, 'cps', fiveOrOne, 'decision', 'OLD', 'cps'),
	duty('R6-CPSSTOP', 6, 'cps', fiveOrOne, 'decision', 'OLD', 'cps'),
	duty('R6-1ST', 6, 'police', fiveOrOne, 'charge', 'OLD', 'nottinghamshire'),
	duty('R6-BER', 6, 'cps', open, 'decision', 'V', 'cpsBereaved', enhancedOnly),
	duty('R7-VPSINFO', 7, 'police', open, 'report', 'V', 'bedfordshire'),
	duty('R8-HEAR', 8, 'witness_care', oneDay, fromCourt, 'V', 'bedfordshire'),
	duty('R8-BAIL', 8, 'witness_care', fiveOrOne, fromCourt, 'V', 'bedfordshire'),
	duty('R8-WARR', 8, 'witness_care', fiveOrOne, fromCourt, 'V', 'bedfordshire'),
	duty('R8-REARR', 8, 'witness_care', fiveOrOne, fromCourt, 'V', 'bedfordshire'),
	duty('R8-WIT', 8, 'witness_care', oneDay, 'received_from_cps', 'V', 'bedfordshire'),
	duty('R8-VISIT', 8, 'witness_care', open, 'required_to_attend', 'V', 'bedfordshire'),
	duty('R8-SM', 8, 'witness_care', open, 'court_ruling', 'V', 'bedfordshire'),
	duty('R8-MEM', 8, 'cps', open, 'attendance', 'V', 'bedfordshire', { timing: 'day_of_trial' }),
	duty('R9-OUT', 9, 'witness_care', oneDay, fromCourt, 'V', 'bedfordshire'),
	duty('R9-SENT', 9, 'witness_care', oneDay, fromCourt, 'V', 'bedfordshire'),
	duty('R9-ULS', 9, 'witness_care', oneDay, fromCourt, 'V', 'lords'),
	duty('R9-BER', 9, 'cps', open, 'conviction_or_sentence', 'V', 'bedfordshire'),
	duty('R9-APP', 9, 'witness_care', oneDay, fromCourt, 'U', 'code'),
	duty('R10-EXP', 10, 'cps', tenDays, 'complete_claim_received', 'OLD', 'cps'),
	duty('R10-PROP', 10, 'police', open, 'no_longer_needed', 'V', 'track'),
	duty('R11-REF', 11, 'witness_care', tenDays, 'sentence', 'V', 'bedfordshire'),
	duty('R11-VLO', 11, 'probation', [20, 20], 'referral', 'V', 'bedfordshire'),
	duty('R11-STAGE', 11, 'probation', open, 'stage', 'V', 'bedfordshire', { timing: 'at_stage' }),
	duty('R12-CMP', 12, 'any', tenDays, 'complaint_received', 'V', 'commissioner'),
	duty('R12-PHSO', 12, 'any', open, 'final_response', 'V', 'commissioner', {
		timing: 'with_response'
	})
];

/** Every duty of the Code that is carried, in the order of the rights. */
export function allDuties(): readonly Duty[] {
	return duties;
}

/** The duty with this id, or null. */
export function dutyById(id: string): Duty | null {
	return duties.find((each) => each.id === id) ?? null;
}

function right(number: RightNumber, about: string): Right {
	return { number, about, source: codeSources.code };
}

function duty(
	id: string,
	number: RightNumber,
	agency: DutyAgency,
	[standard, enhanced]: Limits,
	clockStart: string,
	flag: Confidence,
	source: CodeSource,
	marks: Marks = {}
): Duty {
	return {
		id,
		right: number,
		agency,
		limits: { standard, enhanced },
		clockStart,
		// Seen for every row of witness care that waits for the court.
		courtFirst: clockStart === fromCourt ? 5 : null,
		enhancedOnly: marks.enhancedOnly ?? false,
		timing: marks.timing ?? null,
		flag,
		source
	};
}
