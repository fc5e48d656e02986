import { recordedOf, replyOf, toldOf } from '#lib/server/needs/card.ts';
import type { NeedLines, Reader, Recorded, Reply, Told } from '#lib/server/needs/card.ts';

/** One line of the history of a need: what was said, recorded or answered. */
export type HistoryLine =
	| { readonly voice: 'told'; readonly at: Date; readonly id: string; readonly told: Told }
	| { readonly voice: 'recorded'; readonly at: Date; readonly id: string; readonly entry: Recorded }
	| { readonly voice: 'reply'; readonly at: Date; readonly id: string; readonly reply: Reply };

/** Takes everything about one need; gives it as lines of both voices, newest first. */
export function historyOf(lines: NeedLines, reader: Reader, hidden: boolean): HistoryLine[] {
	const told = lines.said.map((one): HistoryLine => ({
		voice: 'told',
		at: one.saidAt,
		id: one.id,
		told: toldOf(one, reader, hidden)
	}));
	const recorded = lines.entries.map((entry): HistoryLine => ({
		voice: 'recorded',
		at: entry.at,
		id: entry.id,
		entry: recordedOf(entry, hidden)
	}));
	const replies = lines.said.flatMap((one): HistoryLine[] => {
		if (!one.reply) return [];
		const reply = replyOf(one.reply, hidden);
		return [{ voice: 'reply', at: one.reply.at, id: `${one.id}-reply`, reply }];
	});
	return [...told, ...recorded, ...replies].sort((a, b) => b.at.getTime() - a.at.getTime());
}
