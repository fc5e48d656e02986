import { sql } from 'kysely';
import { allNeeds, type NeedId } from '#lib/domain/need/catalogue.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import { placeOf } from '#lib/server/needs/rows.ts';

/** A need as someone who supports the victim may read it; `sealed` opens with the victim's key. */
export type SharedNeed = {
	readonly needId: NeedId;
	readonly saidAt: Date;
	readonly language: string;
	/** Opens to a `SealedAnswer`. */
	readonly sealed: string;
};

/**
 * Gives the victim's latest answers that the caseworker who took her request may read: for witness
 * care what the catalogue sends there, for an independent service what she consented to share.
 */
export function neededForSupport(
	tx: Tx,
	actor: Actor,
	participationId: string
): Promise<SharedNeed[]> {
	return tx
		.selectFrom('statement')
		.select([
			sql<NeedId>`statement.need_id`.as('needId'),
			'statement.said_at as saidAt',
			'statement.language',
			'statement.answer_sealed as sealed'
		])
		.where('statement.force_id', '=', actor.forceId)
		.where('statement.participation_id', 'in', placeOf(tx, actor, { participationId }))
		.where('statement.kind', '=', 'answered')
		.where(
			sql<boolean>`not exists (select 1 from statement later
			where later.force_id = statement.force_id
				and later.participation_id = statement.participation_id
				and later.need_id = statement.need_id and later.sequence > statement.sequence
				and later.kind not in ('still_right', 'not_right')
				-- What the person said themselves stands before what a parent said later.
				and (later.acted_as is distinct from 'parent_guardian'
					or statement.acted_as = 'parent_guardian'))`
		)
		.where(
			sql<boolean>`(statement.acted_as is distinct from 'parent_guardian' or not exists (
				select 1 from statement own where own.force_id = statement.force_id
					and own.participation_id = statement.participation_id
					and own.need_id = statement.need_id and own.kind = 'answered'
					and own.acted_as is distinct from 'parent_guardian'))`
		)
		.where((eb) =>
			eb.or([
				eb.and([ofKind('force', actor), eb('statement.need_id', 'in', readBy('witness_care'))]),
				eb.and([
					ofKind('service', actor),
					eb('statement.need_id', 'in', readBy('support_service')),
					consented(actor)
				])
			])
		)
		.orderBy('statement.need_id')
		.execute();
}

function readBy(consumer: 'witness_care' | 'support_service'): readonly NeedId[] {
	return allNeeds()
		.filter((need) => need.consumers.includes(consumer))
		.map((need) => need.id);
}

function ofKind(kind: 'force' | 'service', actor: Actor) {
	return sql<boolean>`exists (select 1 from controller c where c.force_id = statement.force_id
		and c.id = ${actor.controllerId} and c.kind = ${kind})`;
}

function consented(actor: Actor) {
	return sql<boolean>`exists (select 1 from consent n where n.force_id = statement.force_id
		and n.participation_id = statement.participation_id
		and n.controller_id = ${actor.controllerId} and n.revoked_at is null
		and statement.need_id = any (n.need_ids))`;
}
