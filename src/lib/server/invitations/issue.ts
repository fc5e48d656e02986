import { randomInt, randomUUID } from 'node:crypto';
import { codeHours, drawCodes, type Codes } from '#lib/domain/invitation/code.ts';
import { needsConversation } from '#lib/domain/invitation/risk.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount } from '#lib/server/access/require.ts';
import { hashOfCode, hashOfSecond } from '#lib/server/accounts/activation.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import * as queries from '#lib/server/invitations/queries.ts';
import type { Place } from '#lib/server/needs/rows.ts';

/** The two secrets of an invitation, as they are shown once, and until when they work. */
export type Issued = Codes & { readonly expiresAt: Date };

/** Why nobody can be invited for a participation now. */
export type InviteRefusal =
	'not_fresh' | 'ended' | 'check' | 'conversation' | 'unsafe' | 'too_young';

type Invited = NonNullable<Awaited<ReturnType<typeof queries.readInvited>>>;

/** Takes its turn at a participation; gives it when somebody may be invited for it now. */
export async function invitable(
	ctx: Ctx,
	tx: Tx,
	place: Place,
	takeTurns: (participationId: string) => Promise<void>
): Promise<Result<Invited, InviteRefusal>> {
	const first = await queries.readInvited(tx, ctx.actor, place);
	if (!first) throw notFound();
	if (!isFresh(ctx)) return err('not_fresh');
	await takeTurns(first.id);
	const [invited, said] = await Promise.all([
		queries.readInvited(tx, ctx.actor, place),
		queries.lastConversation(tx, ctx.actor, place)
	]);
	if (!invited) throw notFound();
	if (invited.ended_at !== null) return err('ended');
	if (invited.check_open) return err('check');
	if (said && !said.site_safe) return err('unsafe');
	if (!said && needsConversation(invited)) return err('conversation');
	return ok(invited);
}

/** For whom an invitation is made, and whether its code is mailed to the person besides. */
export type NewInvitation = {
	readonly participationId: string;
	readonly signsIn: boolean;
	readonly representativeId?: string;
	readonly mailIn?: string;
};

/**
 * Makes an invitation and ends the one before it. The two secrets are given here and nowhere else:
 * only their keyed hashes are stored.
 */
export async function issue(ctx: Ctx, tx: Tx, about: NewInvitation): Promise<Issued> {
	const { participationId, signsIn, representativeId } = about;
	await endOpen(ctx, tx, participationId, representativeId ? { representativeId } : 'own');
	const codes = drawCodes(ctx.draw ?? randomInt);
	const madeAt = ctx.clock();
	const expiresAt = new Date(madeAt.getTime() + codeHours * 3_600_000);
	const id = randomUUID();
	await queries.insertInvitation(tx, {
		...{ force_id: ctx.actor.forceId, id, participation_id: participationId },
		...{ code_hash: hashOfCode(ctx.keys, codes.code) },
		...{ second_hash: hashOfSecond(ctx.keys, codes) },
		...{ purpose: signsIn ? 'recovery' : 'activation' },
		representative_id: representativeId ?? null,
		...{ made_by: requireAccount(ctx), made_label: ctx.actor.label, made_at: madeAt },
		...{ expires_at: expiresAt, used_at: null, revoked_at: null }
	});
	await record(ctx, tx, 'invitation.made', {
		participationId,
		...(representativeId ? { subjectId: representativeId } : {})
	});
	if (about.mailIn !== undefined) {
		const mailed = { code: codes.code, language: about.mailIn, at: madeAt };
		await queries.queueMail(ctx, tx, { id, participationId }, mailed);
	}
	return { ...codes, expiresAt };
}

/** Ends the invitations that are open, and records it when there was one. */
export async function endOpen(
	ctx: Ctx,
	tx: Tx,
	participationId: string,
	whose: queries.Whose
): Promise<void> {
	const ended = await queries.revokeOpen(tx, ctx.actor, participationId, whose);
	if (ended > 0) await record(ctx, tx, 'invitation.revoked', { participationId });
}
