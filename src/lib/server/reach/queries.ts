import { sql, type Insertable } from 'kysely';
import type { ContactChannel } from '#lib/domain/contact/held-change.ts';
import { visibleTo } from '#lib/server/access/visible.ts';
import type { Actor, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { placeOf, type Place } from '#lib/server/needs/rows.ts';

/** Gives whose details these are, with what opens them and the plan that may close a route. */
export function readReached(tx: Tx, actor: Actor, place: Place) {
	return (
		tx
			.selectFrom('participation')
			.innerJoin('victim_key', (join) =>
				join
					.onRef('victim_key.force_id', '=', 'participation.force_id')
					.onRef('victim_key.victim_id', '=', 'participation.victim_id')
			)
			.leftJoin('safety_plan', (join) =>
				join
					.onRef('safety_plan.force_id', '=', 'participation.force_id')
					.onRef('safety_plan.participation_id', '=', 'participation.id')
			)
			.select(['participation.id', 'participation.case_id', 'participation.victim_id'])
			.select(['participation.account_id', 'victim_key.wrapped', 'safety_plan.rules_sealed'])
			.select(['safety_plan.confirmed_at as plan_confirmed_at', 'safety_plan.ask_again_at'])
			.select(['safety_plan.version as plan_version', 'safety_plan.confirmed_label'])
			.where('participation.force_id', '=', actor.forceId)
			.where('participation.id', 'in', placeOf(tx, actor, place))
			// A supporter who only reads is not shown how to reach the person, and changes nothing; nor
			// is the parent of a child who has an account of their own.
			.where(
				sql<boolean>`(${actor.role} <> 'victim'
					or (speaks_in(participation.force_id, participation.id)
						and reach_is_open(participation.force_id, participation.id)))`
			)
			.executeTakeFirst()
	);
}

/** Gives the details that are in use, sealed. */
export function standingDetails(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('contact_detail')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'contact_detail.force_id')
				.onRef('participation.victim_id', '=', 'contact_detail.victim_id')
		)
		.select(['contact_detail.id', 'contact_detail.channel', 'contact_detail.value_sealed'])
		.select(['contact_detail.safe', 'contact_detail.confirmed_at'])
		.where('contact_detail.force_id', '=', actor.forceId)
		.where('contact_detail.state', '=', 'confirmed')
		.where('participation.id', 'in', placeOf(tx, actor, place))
		.execute();
}

/** Gives the changes that were asked for, the newest first. */
export function changesOf(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('contact_change')
		.select(['id', 'channel', 'asked_sealed', 'asked_at', 'due_at', 'state', 'route'])
		.select(['words_sealed', 'settled_label', 'settled_at'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', placeOf(tx, actor, place))
		.orderBy('asked_at', 'desc')
		.orderBy('id')
		.limit(40)
		.execute();
}

/** Stores a change that is asked for. */
export async function insertChange(
	tx: Tx,
	row: Insertable<Database['contact_change']>
): Promise<void> {
	await tx.insertInto('contact_change').values(row).execute();
}

/** How a held change ends. */
export type End = {
	readonly state: 'confirmed' | 'refused' | 'withdrawn' | 'replaced';
	readonly at: Date;
	readonly route?: Database['contact_change']['route'];
	readonly words?: string;
};

/** Ends a change if it is still held: one by its id, or that of a channel; gives whether it was. */
export async function settleHeld(
	tx: Tx,
	actor: Actor,
	participationId: string,
	which: { readonly id: string } | { readonly channel: ContactChannel },
	end: End
): Promise<boolean> {
	const ended = await tx
		.updateTable('contact_change')
		.set({
			...{ state: end.state, route: end.route ?? null, words_sealed: end.words ?? null },
			...{ settled_by: actor.accountId, settled_label: actor.label, settled_at: end.at }
		})
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('state', '=', 'held')
		.$if('id' in which, (query) => query.where('id', '=', 'id' in which ? which.id : ''))
		.$if('channel' in which, (query) =>
			query.where('channel', '=', 'channel' in which ? which.channel : 'mail')
		)
		.executeTakeFirst();
	return ended.numUpdatedRows > 0n;
}

/** Gives the held changes of the actor's cases, one line for each person, the first due first. */
export async function heldFor(
	tx: Tx,
	actor: Actor
): Promise<{ caseReference: string; person: string; dueAt: Date; limits: Date[] }[]> {
	const rows = await tx
		.selectFrom('contact_change')
		.innerJoin('participation', (join) =>
			join
				.onRef('participation.force_id', '=', 'contact_change.force_id')
				.onRef('participation.id', '=', 'contact_change.participation_id')
		)
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select(['crime_case.reference', 'participation.reference as person', 'contact_change.due_at'])
		.where('contact_change.force_id', '=', actor.forceId)
		.where('contact_change.state', '=', 'held')
		.where('participation.ended_at', 'is', null)
		.where(visibleTo(actor))
		.orderBy('contact_change.due_at')
		.execute();
	const people = new Map<string, { caseReference: string; person: string; limits: Date[] }>();
	for (const { reference, person, due_at } of rows) {
		const known = people.get(person);
		people.set(person, {
			...{ caseReference: reference, person },
			limits: [...(known?.limits ?? []), due_at]
		});
	}
	return [...people.values()].flatMap((one) => {
		const [dueAt] = one.limits;
		return dueAt ? [{ ...one, dueAt }] : [];
	});
}

export type Reached = NonNullable<Awaited<ReturnType<typeof readReached>>>;
export type DetailRow = Awaited<ReturnType<typeof standingDetails>>[number];
export type ChangeRow = Awaited<ReturnType<typeof changesOf>>[number];
