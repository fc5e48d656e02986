import { sql, type Insertable } from 'kysely';
import type { Category } from '#lib/domain/case/category.ts';
import type { Ground } from '#lib/domain/case/tier.ts';
import type { Actor, Ctx, Tx } from '#lib/server/context.ts';
import type { Database } from '#lib/server/db/schema.ts';
import { sealForForce } from '#lib/server/sealing/seal.ts';
import { placeOf, type Place } from '#lib/server/needs/rows.ts';

/** Gives what decides whether a person may be invited. */
export function readInvited(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('participation')
		.innerJoin('crime_case', (join) =>
			join
				.onRef('crime_case.force_id', '=', 'participation.force_id')
				.onRef('crime_case.id', '=', 'participation.case_id')
		)
		.select(['participation.id', 'participation.account_id', 'participation.ended_at'])
		.select(['participation.grounds', 'crime_case.restricted'])
		.select(sql<boolean>`check_open(participation.force_id, participation.id)`.as('check_open'))
		.select(
			sql<Date | null>`(select max(r.until_at) from representative r
				where r.force_id = participation.force_id and r.participation_id = participation.id
					and r.role = 'parent_guardian' and r.approved_at is not null
					and r.revoked_at is null)`.as('adult_at')
		)
		.select((eb) => eb.ref('crime_case.category').$castTo<Category>().as('category'))
		.select(
			sql<Date | null>`last_used(participation.force_id, participation.id, null)`.as('last_used_at')
		)
		.$narrowType<{ grounds: Ground[] }>()
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', placeOf(tx, actor, place))
		.executeTakeFirst();
}

/** Gives the last conversation about what is safe, sealed, if there was one. */
export function lastConversation(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('safety_conversation')
		.select(['id', 'held_label', 'held_at', 'site_safe', 'said_sealed'])
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', placeOf(tx, actor, place))
		.orderBy('recorded_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Gives the invitations of a person, the newest first. */
export function invitationsOf(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('invitation')
		.select(['id', 'purpose', 'made_label', 'made_at', 'expires_at', 'used_at', 'revoked_at'])
		.select('tries')
		.select((eb) =>
			eb
				.selectFrom('mailed_code')
				.select('mailed_code.state')
				.whereRef('mailed_code.force_id', '=', 'invitation.force_id')
				.whereRef('mailed_code.invitation_id', '=', 'invitation.id')
				.as('mailed')
		)
		.where('force_id', '=', actor.forceId)
		.where('participation_id', 'in', placeOf(tx, actor, place))
		.where('representative_id', 'is', null)
		.orderBy('made_at', 'desc')
		.orderBy('id')
		.limit(10)
		.execute();
}

/** Stores a conversation. */
export async function insertConversation(
	tx: Tx,
	row: Insertable<Database['safety_conversation']>
): Promise<void> {
	await tx.insertInto('safety_conversation').values(row).execute();
}

/** Stores an invitation; the database refuses one that needs a conversation first. */
export async function insertInvitation(
	tx: Tx,
	row: Insertable<Database['invitation']>
): Promise<void> {
	await tx.insertInto('invitation').values(row).execute();
}

/** Queues the mail that carries a code, sealed until it has gone, in the invitation's transaction. */
export async function queueMail(
	ctx: Ctx,
	tx: Tx,
	invitation: { readonly id: string; readonly participationId: string },
	mailed: { readonly code: string; readonly language: string; readonly at: Date }
): Promise<void> {
	const { forceId } = ctx.actor;
	await tx
		.insertInto('mailed_code')
		.values({
			...{ force_id: forceId, invitation_id: invitation.id, language: mailed.language },
			...{ participation_id: invitation.participationId, queued_at: mailed.at },
			...{ code_sealed: await sealForForce(ctx.keys, mailed.code), settled_at: null }
		})
		.execute();
	const payloads = JSON.stringify([{ force: forceId, invitation: invitation.id }]);
	await sql`select graphile_worker.waymark_add_jobs('send_code', ${payloads}::json)`.execute(tx);
}

/** Gives the confirmed mail of a person and their plan, sealed, to judge whether a code may go there. */
export function mailAndPlan(tx: Tx, actor: Actor, place: Place) {
	return tx
		.selectFrom('participation')
		.innerJoin('victim_key', (join) =>
			join
				.onRef('victim_key.force_id', '=', 'participation.force_id')
				.onRef('victim_key.victim_id', '=', 'participation.victim_id')
		)
		.innerJoin('contact_detail', (join) =>
			join
				.onRef('contact_detail.force_id', '=', 'participation.force_id')
				.onRef('contact_detail.victim_id', '=', 'participation.victim_id')
				.on('contact_detail.channel', '=', 'mail')
				.on('contact_detail.state', '=', 'confirmed')
		)
		.leftJoin('safety_plan', (join) =>
			join
				.onRef('safety_plan.force_id', '=', 'participation.force_id')
				.onRef('safety_plan.participation_id', '=', 'participation.id')
		)
		.select(['participation.id', 'participation.language', 'victim_key.wrapped'])
		.select(['contact_detail.safe', 'contact_detail.confirmed_at'])
		.select(['safety_plan.rules_sealed', 'safety_plan.ask_again_at'])
		.select('safety_plan.confirmed_at as plan_confirmed_at')
		.where('participation.force_id', '=', actor.forceId)
		.where('participation.id', 'in', placeOf(tx, actor, place))
		.executeTakeFirst();
}

/** Whose invitations are meant: the person's own, those of one who acts for them, or all. */
export type Whose = 'own' | 'all' | { readonly representativeId: string };

/** Ends every such invitation of a participation that nobody has used; gives how many there were. */
export async function revokeOpen(
	tx: Tx,
	actor: Actor,
	participationId: string,
	whose: Whose
): Promise<number> {
	const { numUpdatedRows } = await tx
		.updateTable('invitation')
		.set({ revoked_at: sql<Date>`now()` })
		.where('force_id', '=', actor.forceId)
		.where('participation_id', '=', participationId)
		.where('used_at', 'is', null)
		.where('revoked_at', 'is', null)
		.$if(whose === 'own', (query) => query.where('representative_id', 'is', null))
		.$if(typeof whose === 'object', (query) =>
			query.where(
				'representative_id',
				'=',
				(whose as { representativeId: string }).representativeId
			)
		)
		.executeTakeFirst();
	return Number(numUpdatedRows);
}

export type InvitationRow = Awaited<ReturnType<typeof invitationsOf>>[number];
export type ConversationRow = NonNullable<Awaited<ReturnType<typeof lastConversation>>>;
