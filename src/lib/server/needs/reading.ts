import { allNeeds } from '#lib/domain/need/catalogue.ts';
import type { AreaId, NeedId, ParticipationRole } from '#lib/domain/need/catalogue.ts';
import { voiceOf, type Said } from '#lib/domain/need/standing.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import type { NeedLines, Reader } from '#lib/server/needs/card.ts';
import { openEntry, openStatement } from '#lib/server/needs/opened.ts';
import * as rows from '#lib/server/needs/rows.ts';
import type { EntryRow, ParticipationRow, Place, StatementRow } from '#lib/server/needs/rows.ts';
import { unwrapDataKey, type DataKey } from '#lib/server/sealing/seal.ts';

/** Everything one participation said and had recorded about some needs, still sealed. */
export type Loaded = {
	readonly who: ParticipationRow;
	readonly statements: readonly StatementRow[];
	readonly entries: readonly EntryRow[];
};

/** Loads a participation with some of its needs in one batch; throws not found when it is not seen. */
export async function load(
	tx: Tx,
	actor: Actor,
	place: Place,
	needIds: readonly NeedId[] | null = null
): Promise<Loaded> {
	const [who, statements, entries] = await Promise.all([
		rows.readParticipation(tx, actor, place),
		rows.readStatements(tx, actor, place, needIds),
		rows.readEntries(tx, actor, place, needIds)
	]);
	if (!who) throw notFound();
	return { who, statements, entries };
}

/** Gives the participation; throws not found when the actor does not see it. */
export async function participation(tx: Tx, actor: Actor, place: Place): Promise<ParticipationRow> {
	const who = await rows.readParticipation(tx, actor, place);
	if (!who) throw notFound();
	return who;
}

/** Opens the victim's key that came with the participation; throws not found once it is destroyed. */
export async function keyOf(ctx: Ctx, who: ParticipationRow): Promise<DataKey> {
	if (who.wrapped === null) throw notFound();
	return unwrapDataKey(ctx.keys, who.wrapped);
}

/** Opens everything loaded and sorts it by need. */
export async function openLines(
	key: DataKey,
	loaded: Loaded
): Promise<(needId: NeedId) => NeedLines> {
	const [said, entries] = await Promise.all([
		Promise.all(loaded.statements.map((row) => openStatement(key, row))),
		Promise.all(loaded.entries.map((row) => openEntry(key, row)))
	]);
	return (needId) => ({
		said: said.filter((one) => one.needId === needId),
		entries: entries.filter((one) => one.needId === needId)
	});
}

/** Gives the statements about one need as far as standing goes, without opening any. */
export function saidOf(loaded: Loaded, needId: NeedId): Said[] {
	return loaded.statements
		.filter((row) => row.need_id === needId)
		.map((row) => ({
			sequence: row.sequence,
			kind: row.kind,
			dueAt: row.answer_due_at,
			aboutEntryId: row.about_entry_id,
			review: row.answer,
			voice: voiceOf(row.acted_as, row.said_by)
		}));
}

/** Gives the latest entry about one need, sealed, or null. */
export function lastEntry(loaded: Loaded, needId: NeedId): EntryRow | null {
	return loaded.entries.findLast((row) => row.need_id === needId) ?? null;
}

/** In which part the person speaks, which questions fit them, and what they may do. */
export type Capacity = {
	readonly as: ParticipationRole;
	readonly role: ParticipationRole;
	readonly maySay: boolean;
	/** Whose voice is theirs: that of a parent is apart from the child's. */
	readonly voice: string | null;
};

/** Takes a participation; gives in which part the actor stands in it. A supporter only reads. */
export function capacityOf(ctx: Ctx, who: ParticipationRow): Capacity {
	const own = who.account_id === ctx.actor.accountId;
	const as = own ? who.role : (who.stands_in_as ?? 'supporter_readonly');
	const maySay = as !== 'supporter_readonly';
	const voice = voiceOf(as, ctx.actor.accountId);
	return { as, role: maySay ? as : who.role, maySay, voice };
}

/** Gives the reader of a victim's page. */
export function victimReader(ctx: Ctx, capacity: Capacity, show: boolean): Reader {
	const showsC = show && capacity.maySay && isFresh(ctx);
	const { role, voice } = capacity;
	return { accountId: ctx.actor.accountId, role, speaks: { voice }, showsC, now: ctx.clock() };
}

/** Gives the ids of all needs of an area, whoever is asked them. */
export function needIdsOf(area: AreaId): readonly NeedId[] {
	return allNeeds()
		.filter((need) => need.area === area)
		.map((need) => need.id);
}
