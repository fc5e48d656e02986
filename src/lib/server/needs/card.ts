import { differs } from '#lib/domain/need/answer.ts';
import { isAskedOnPage, optionsFor } from '#lib/domain/need/catalogue.ts';
import type { Need, NeedId, ParticipationRole, Sensitivity } from '#lib/domain/need/catalogue.ts';
import { inFocus, lastAnswer, needStanding, outstanding } from '#lib/domain/need/standing.ts';
import type { ReviewAnswer, SaidKind, Standing } from '#lib/domain/need/standing.ts';
import { wordsLimit } from '#lib/domain/need/answer.ts';
import { asAnswer, entryAnswer } from '#lib/server/needs/opened.ts';
import type { OpenEntry, OpenStatement } from '#lib/server/needs/opened.ts';

/** What a page may show of a statement. `text` is null while it is hidden. */
export type Told = {
	readonly kind: SaidKind;
	readonly at: Date;
	readonly mine: boolean;
	readonly as: string;
	/** Whether it was said in the reader's own voice, and not in that of somebody apart. */
	readonly own: boolean;
	readonly language: string;
	readonly text: Words | null;
};
export type Words = { readonly choices: readonly string[]; readonly words: string };

/** What a page may show of an entry. */
export type Recorded = {
	readonly id: string;
	readonly at: Date;
	readonly by: string;
	readonly source: OpenEntry['source'];
	readonly text: Words | null;
	readonly outcome: OutcomeView | null;
};
export type OutcomeView =
	| { kind: 'action'; words: string; owner: string; by: string }
	| { kind: 'none'; words: string }
	| { kind: 'missing' };

/** What a page may show of an officer's answer. */
export type Reply = {
	readonly answer: ReviewAnswer;
	readonly words: string | null;
	readonly by: string;
	readonly at: Date;
	readonly seen: boolean;
};

/** One need with both voices, as a page shows it. */
export type NeedCard = {
	readonly id: NeedId;
	readonly sensitivity: Sensitivity;
	readonly asked: 'page' | 'later' | 'info';
	readonly form: 'choice' | 'several' | 'text' | 'none';
	readonly options: readonly string[];
	readonly alone: readonly string[];
	readonly wordsLimit: number;
	readonly consumers: readonly string[];
	readonly hidden: boolean;
	readonly standing: Standing;
	readonly dueAt: Date | null;
	/** Whether the limit has passed without an answer. */
	readonly late: boolean;
	readonly told: Told | null;
	/** A later word about the entry, with its own words. */
	readonly response: Told | null;
	readonly recorded: Recorded | null;
	readonly differs: boolean;
	readonly reply: Reply | null;
	readonly version: number;
	readonly entryVersion: number;
	readonly lines: number;
};

/** Everything said and recorded about one need, in order. */
export type NeedLines = {
	readonly said: readonly OpenStatement[];
	readonly entries: readonly OpenEntry[];
};

/** Whose eyes, and when: whose words are "mine", which questions fit, whether class C is shown. */
export type Reader = {
	readonly accountId: string | null;
	readonly role: ParticipationRole;
	/** The voice with which the reader speaks here; null for who does not. */
	readonly speaks: { readonly voice: string | null } | null;
	readonly showsC: boolean;
	readonly now: Date;
};

/** Builds the card of one need. What is hidden is left out here, so that no page ever gets it. */
export function cardOf(need: Need, lines: NeedLines, reader: Reader): NeedCard {
	const { entries } = lines;
	const said = inFocus(lines.said, reader.speaks);
	const hidden = need.sensitivity === 'C' && !reader.showsC;
	const answer = lastAnswer(said);
	const last = said.at(-1);
	const entry = entries.at(-1) ?? null;
	const dueAt = outstanding(said)?.dueAt ?? null;
	const replied = said.findLast((one) => one.reply !== null);
	return {
		...askOf(need, reader.role),
		hidden,
		standing: needStanding(said, entry?.id ?? null),
		dueAt,
		late: dueAt !== null && dueAt < reader.now,
		told: answer && toldOf(answer, reader, hidden),
		response: last && last !== answer ? toldOf(last, reader, hidden) : null,
		recorded: entry && recordedOf(entry, hidden),
		differs: answer !== null && entry !== null && differs(asAnswer(answer), entryAnswer(entry)),
		reply: replied?.reply ? replyOf(replied.reply, hidden) : null,
		version: lines.said.length,
		entryVersion: entry?.sequence ?? 0,
		lines: lines.said.length + entries.length
	};
}

/** Gives what a page may show of a statement. */
export function toldOf(one: OpenStatement, reader: Reader, hidden: boolean): Told {
	return {
		kind: one.kind,
		at: one.saidAt,
		mine: one.saidBy === reader.accountId,
		as: one.saidAs,
		own: reader.speaks?.voice === one.voice,
		language: one.language,
		text: hidden ? null : { choices: one.said.choices, words: one.said.words }
	};
}

/** Gives what a page may show of an entry. */
export function recordedOf(entry: OpenEntry, hidden: boolean): Recorded {
	return {
		id: entry.id,
		at: entry.at,
		by: entry.label,
		source: entry.source,
		text: hidden ? null : { choices: entry.recorded.choices, words: entry.recorded.words },
		outcome: hidden ? null : outcomeOf(entry)
	};
}

/** Gives what a page may show of an officer's answer. */
export function replyOf(reply: NonNullable<OpenStatement['reply']>, hidden: boolean): Reply {
	return { ...reply, words: hidden ? null : reply.words };
}

function outcomeOf(entry: OpenEntry): OutcomeView {
	if (entry.outcome === 'action' && entry.owner !== null && entry.by !== null) {
		return { kind: 'action', words: entry.outcomeWords, owner: entry.owner, by: entry.by };
	}
	return entry.outcome === 'none'
		? { kind: 'none', words: entry.outcomeWords }
		: { kind: 'missing' };
}

type Ask = Pick<
	NeedCard,
	'id' | 'sensitivity' | 'asked' | 'form' | 'options' | 'alone' | 'wordsLimit' | 'consumers'
>;

function askOf(need: Need, role: ParticipationRole): Ask {
	const { answer } = need;
	const form = answer.kind === 'later' || answer.kind === 'info' ? 'none' : answer.kind;
	return {
		id: need.id,
		sensitivity: need.sensitivity,
		asked: isAskedOnPage(need) ? 'page' : answer.kind === 'info' ? 'info' : 'later',
		form,
		options: optionsFor(need, role),
		alone: answer.kind === 'several' ? (answer.alone ?? []) : [],
		wordsLimit: wordsLimit(need),
		consumers: need.consumers
	};
}
