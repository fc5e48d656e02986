import type { Line } from '#lib/domain/support/line.ts';
import type { RequestState } from '#lib/domain/support/request.ts';
import type { Translate } from '#lib/i18n/create.ts';
import { day, time } from '#lib/i18n/dates.ts';
import type { Language } from '#lib/i18n/languages.ts';

/** Who reads what is written, as pages know it. */
export type Reader = {
	readonly desk: string;
	readonly controller: string;
	readonly audience: 'force' | 'service';
};

/** Gives the sentence that stands above every box: who reads it, and whether the police do. */
export function readBy(t: Translate, reader: Reader): string {
	const { desk, controller } = reader;
	return t(`support:readBy.${reader.audience}`, { desk, controller });
}

/** Gives the name of a reader, to stand in a sentence. */
export function readerName(t: Translate, reader: Reader): string {
	const { desk, controller } = reader;
	return t(`support:who.${reader.audience}`, { desk, controller });
}

/** Gives a day and the time on it: "Monday 30 November, 08:00". */
export function dayTime(language: Language, at: Date): string {
	return `${day(language, at)}, ${time(language, at)}`;
}

/** Says honestly whether anybody reads it now, and if not, from when. */
export function staffedText(
	t: Translate,
	language: Language,
	desk: { readonly openUntil: Date | null; readonly opensAt: Date | null }
): string {
	if (desk.openUntil) return t('support:staffed.open', { until: time(language, desk.openUntil) });
	if (desk.opensAt) return t('support:staffed.closed', { when: dayTime(language, desk.opensAt) });
	return t('support:staffed.unknown');
}

const tones = {
	new: 'waiting',
	acknowledged: 'open',
	in_progress: 'open',
	waiting_for_victim: 'attention',
	referred: 'agreed',
	done: 'plain',
	withdrawn: 'plain'
} as const;

/** Gives the tag of a request's state. */
export function stateTag(
	t: Translate,
	state: RequestState
): { text: string; tone: (typeof tones)[RequestState] } {
	return { text: t(`support:state.${state}`), tone: tones[state] };
}

/** Gives in plain words what a move was: who did what. */
export function movedText(t: Translate, line: Line): string {
	const by = line.by ?? t('support:someone');
	// What somebody did who acts for the person is told as theirs.
	if (line.side === 'victim' && !line.mine) {
		const who = t(`people:by.${line.as ?? 'self'}`);
		return t(`people:moved.${line.state ?? 'new'}`, { who });
	}
	if (line.state === 'acknowledged' && line.words !== '')
		return t('support:moved.reopened', { by });
	if (line.state === 'in_progress' && line.side === 'victim') return t('support:moved.answered');
	return t(`support:moved.${line.state ?? 'new'}`, { by });
}

/** A message as the list of them shows it. */
export type MessageItem = {
	type: 'sent' | 'received' | 'internal';
	sender: string;
	text: string;
	date: string;
	time: string;
	dateValue: string;
	timeValue: string;
};

/** Whose eyes: their side, what they call the victim, and how they read a move or an attempt. */
export type MessageReader = {
	readonly side: 'victim' | 'staff';
	/** What the reader calls the victim's side: themselves, who acts for them, or the person. */
	readonly victim: (line: Line) => string;
	readonly moved?: (line: Line) => string;
	readonly tried?: (line: Line) => string;
};

/**
 * Gives what was said, and the moves that carry words, as messages: one's own on one side. A move
 * without words is not a message.
 */
export function messageItems(
	t: Translate,
	language: Language,
	lines: readonly Line[],
	reader: MessageReader
): MessageItem[] {
	return lines
		.filter((line) => line.kind !== 'state' || line.words !== '')
		.map((line) => ({
			type: line.kind === 'internal' ? 'internal' : isOwn(line, reader) ? 'sent' : 'received',
			sender: line.side === 'victim' ? reader.victim(line) : (line.by ?? t('support:someone')),
			text: [leading(t, line, reader), line.words].filter((part) => part !== '').join('\n'),
			date: day(language, line.at),
			time: time(language, line.at),
			dateValue: line.at.toISOString().slice(0, 10),
			timeValue: line.at.toISOString()
		}));
}

/** Says who of the victim's side wrote a line, to somebody of that side: `you` for the reader. */
export function ofOurs(t: Translate, you: string): (line: Line) => string {
	return (line) => (line.mine ? you : t(`people:by.${line.as ?? 'self'}`));
}

/** Says who of the victim's side wrote a line, to staff. */
export function ofTheirs(t: Translate): (line: Line) => string {
	return (line) =>
		line.as === null ? t('staff-requests:victim') : t(`staff-acting:by.${line.as}`);
}

// Staff see what their side wrote as sent; a victim what she herself wrote.
function isOwn(line: Line, reader: MessageReader): boolean {
	return reader.side === 'staff' ? line.side === 'staff' : line.mine;
}

function leading(t: Translate, line: Line, reader: MessageReader): string {
	if (line.kind !== 'state') return reader.tried?.(line) ?? '';
	const outcome = line.outcome === null ? '' : t(`support:outcome.${line.outcome}`);
	const moved = reader.moved?.(line) ?? movedText(t, line);
	return [`${moved}:`, outcome].filter((part) => part !== '').join(' ');
}
