import type { Ctx, Tx } from '#lib/server/context.ts';

/** What is written down: one word for the act, never what was read or said. */
export type AuditAction =
	| 'case.opened'
	| 'case.viewed'
	| 'case.reassigned'
	| 'case.restricted'
	| 'case.access_viewed'
	| 'case.access_changed'
	| 'case.lift_asked'
	| 'case.lift_answered'
	| 'linked.viewed'
	| 'linked.added'
	| 'linked.removed'
	| 'linked.check_opened'
	| 'linked.check_resolved'
	| 'participation.added'
	| 'participation.viewed'
	| 'statement.made'
	| 'statement.reviewed'
	| 'statement.revealed'
	| 'entry.recorded'
	| 'assessment.confirmed'
	| 'support.asked'
	| 'support.moved'
	| 'support.viewed'
	| 'message.written'
	| 'event.taken'
	| 'event.told'
	| 'safety.changed'
	| 'safety.confirmed'
	| 'contact.asked'
	| 'contact.confirmed'
	| 'contact.refused'
	| 'contact.revealed'
	| 'contact.withdrawn'
	| 'account.made'
	| 'account.changed'
	| 'account.ended'
	| 'account.recovered'
	| 'account.secret_changed'
	| 'passkey.changed'
	| 'second_step.changed'
	| 'second_step.recovered'
	| 'invitation.made'
	| 'invitation.revoked'
	| 'acting.named'
	| 'acting.stopped'
	| 'acting.cleared'
	| 'acting.approved'
	| 'acting.renewed'
	| 'acting.ended'
	| 'acting.conflict'
	| 'acting.reviewed'
	| 'acting.area_opened'
	| 'acting.area_closed'
	| 'session.began'
	| 'session.ended_everywhere'
	| 'notice.sent';

/** Appends one audit row in the same transaction as the act itself. */
export async function record(
	ctx: Ctx,
	tx: Tx,
	action: AuditAction,
	about: { participationId?: string | null; subjectId?: string | null } = {}
): Promise<void> {
	await tx
		.insertInto('audit')
		.values({
			force_id: ctx.actor.forceId,
			at: ctx.clock(),
			account_id: ctx.actor.accountId,
			actor_role: ctx.actor.role,
			action,
			participation_id: about.participationId ?? null,
			subject_id: about.subjectId ?? null,
			request_id: ctx.requestId
		})
		.execute();
}
