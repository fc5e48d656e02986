import { needsConversation, type SafeWay } from '#lib/domain/invitation/risk.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { ownAccountFrom } from '#lib/domain/acting/until.ts';
import { isDormant } from '#lib/domain/session/dormant.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import {
	endOpen,
	invitable,
	issue,
	type Issued,
	type InviteRefusal as Refusal
} from '#lib/server/invitations/issue.ts';
import { mailableIn } from '#lib/server/invitations/mailing.ts';
import * as queries from '#lib/server/invitations/queries.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as rows from '#lib/server/needs/rows.ts';
import { once } from '#lib/server/once.ts';
import { open, seal } from '#lib/server/sealing/seal.ts';
import { keyOfParticipation } from '#lib/server/sealing/victim-key.ts';

/** Where a person of one of the actor's cases stands, by the two references in a staff address. */
export type Place = { readonly reference: string; readonly person: string };

/** Whom somebody invites: a person of an officer's case, or of a request that a caseworker took. */
export type Invitee = Place | { readonly request: string };

/** What a person said of being reached and of this site, before they were invited. */
export type Said = { readonly safe: readonly SafeWay[]; readonly note: string };

export type Conversation = Said & {
	readonly heldBy: string;
	readonly heldAt: Date;
	readonly siteSafe: boolean;
};

export type InvitationView = {
	readonly id: string;
	readonly purpose: 'activation' | 'recovery';
	readonly state: 'open' | 'used' | 'revoked' | 'expired' | 'worn_out';
	readonly madeBy: string;
	readonly madeAt: Date;
	readonly expiresAt: Date;
	readonly usedAt: Date | null;
	/** What became of the mail with its code; null when it was not to be mailed. */
	readonly mailed: 'waiting' | 'sent' | 'withheld' | 'dead' | null;
};

/** All that the officer needs to invite a person, or to see why not. */
export type InvitePage = {
	/** Whether the officer showed lately that it is still them. */
	readonly fresh: boolean;
	readonly person: PersonView;
	readonly signsIn: boolean;
	/** Whether nobody used it for so long that only a new code opens it. */
	readonly dormant: boolean;
	readonly ended: boolean;
	/** From when a child may have a way in of their own; null when they may now. */
	readonly ownFrom: Date | null;
	/** Whether a person has to look first, because this one may be somebody linked to the case. */
	readonly checkOpen: boolean;
	/** Whether nobody may invite this person before a conversation about what is safe. */
	readonly asksFirst: boolean;
	/** Whether the code may be mailed to the person as well. */
	readonly mayMail: boolean;
	readonly conversation: Conversation | null;
	readonly invitations: readonly InvitationView[];
};

/** Why a person cannot be invited now. */
export type InviteRefusal = Refusal | 'repeated' | 'mail';

/** Gives the page on which a person of the officer's case is invited; the read is written down. */
export async function read(ctx: Ctx, place: Invitee): Promise<InvitePage> {
	requireInviter(ctx, place);
	const { actor } = ctx;
	const [invited, who, found, said, made, mailIn] = await within(ctx, (tx) =>
		Promise.all([
			queries.readInvited(tx, actor, place),
			rows.readParticipation(tx, actor, place),
			rows.readPerson(tx, actor, place),
			queries.lastConversation(tx, actor, place),
			queries.invitationsOf(tx, actor, place),
			mailableIn(ctx, tx, place),
			rows.recordView(ctx, tx, place)
		])
	);
	if (!invited || !who || !found) throw notFound();
	return {
		fresh: isFresh(ctx),
		person: await personOf(ctx, who, found),
		signsIn: invited.account_id !== null,
		dormant: isDormant(invited.last_used_at, ctx.clock()),
		ended: invited.ended_at !== null,
		ownFrom:
			invited.account_id === null && !mayHaveOwn(invited.adult_at, ctx.clock())
				? ownAccountFrom(invited.adult_at ?? ctx.clock())
				: null,
		checkOpen: invited.check_open,
		asksFirst: needsConversation(invited),
		mayMail: mailIn !== null,
		conversation: said ? await conversationOf(ctx, invited.id, said) : null,
		invitations: made.map((row) => viewOf(row, ctx.clock()))
	};
}

/** Records what a person said is safe: who asked, when, which ways, and a note, sealed. */
export async function recordConversation(
	ctx: Ctx,
	place: Invitee,
	said: Said,
	formKey: string
): Promise<Result<void, never>> {
	requireInviter(ctx, place);
	const accountId = requireAccount(ctx);
	await once<void, never>(ctx, formKey, async (tx, takeTurns) => {
		const invited = await queries.readInvited(tx, ctx.actor, place);
		if (!invited) throw notFound();
		await takeTurns(invited.id);
		const key = await keyOfParticipation(ctx, tx, invited.id);
		await queries.insertConversation(tx, {
			force_id: ctx.actor.forceId,
			participation_id: invited.id,
			held_by: accountId,
			held_label: ctx.actor.label ?? '',
			held_at: ctx.clock(),
			site_safe: said.safe.includes('site'),
			said_sealed: await seal(key, said)
		});
		// What was sent out before is no longer safe to use once the site is said not to be.
		if (!said.safe.includes('site')) await endOpen(ctx, tx, invited.id, 'all');
		await record(ctx, tx, 'safety.changed', { participationId: invited.id });
		return ok(undefined);
	});
	return ok(undefined);
}

/**
 * Makes an invitation, or for somebody who signs in already a way back in, and ends the one before
 * it. The two secrets are given here and nowhere else: only their keyed hashes are stored. The code
 * alone may be mailed besides, where mail is known to be safe (`mail` when it is not).
 * Repeated: this form has made one already, and its secrets cannot be shown again.
 */
export async function invite(
	ctx: Ctx,
	place: Invitee,
	formKey: string,
	byMail = false
): Promise<Result<Issued, InviteRefusal>> {
	requireInviter(ctx, place);
	const outcome = await once<Issued, InviteRefusal>(ctx, formKey, async (tx, takeTurns) => {
		const invited = await invitable(ctx, tx, place, takeTurns);
		if (!invited.ok) return invited;
		const { id, account_id, adult_at } = invited.value;
		if (account_id === null && !mayHaveOwn(adult_at, ctx.clock())) return err('too_young');
		const mailIn = byMail ? await mailableIn(ctx, tx, place) : null;
		if (byMail && mailIn === null) return err('mail');
		const about = { participationId: id, signsIn: account_id !== null };
		return ok(await issue(ctx, tx, { ...about, ...(mailIn === null ? {} : { mailIn }) }));
	});
	if (!outcome.ok) return outcome;
	return outcome.value === 'repeated' ? err('repeated') : ok(outcome.value);
}

/** Ends the invitation that is open, if there is one. */
export async function revoke(ctx: Ctx, place: Invitee, formKey: string): Promise<void> {
	requireInviter(ctx, place);
	await once<void, never>(ctx, formKey, async (tx) => {
		const invited = await queries.readInvited(tx, ctx.actor, place);
		if (!invited) throw notFound();
		await endOpen(ctx, tx, invited.id, 'own');
		return ok(undefined);
	});
}

// An officer comes by a case, a caseworker by a request they took, and neither by the other's way.
function requireInviter(ctx: Ctx, place: Invitee): void {
	requireRole(ctx, 'request' in place ? 'caseworker' : 'officer');
}

// A child's own way in, from the age that is data; the day is known from their parent's part.
function mayHaveOwn(adultAt: Date | null, now: Date): boolean {
	return adultAt === null || ownAccountFrom(adultAt) <= now;
}

async function conversationOf(
	ctx: Ctx,
	participationId: string,
	row: queries.ConversationRow
): Promise<Conversation> {
	const key = await within(ctx, (tx) => keyOfParticipation(ctx, tx, participationId));
	const said = await open<Said>(key, row.said_sealed);
	return { ...said, heldBy: row.held_label, heldAt: row.held_at, siteSafe: row.site_safe };
}

function viewOf(row: queries.InvitationRow, now: Date): InvitationView {
	const { id, purpose, made_at, expires_at, used_at, revoked_at, tries } = row;
	const over = expires_at <= now ? 'expired' : tries >= 10 ? 'worn_out' : 'open';
	const state = used_at ? 'used' : revoked_at ? 'revoked' : over;
	const madeBy = row.made_label ?? '';
	const times = { madeAt: made_at, expiresAt: expires_at, usedAt: used_at };
	return { id, purpose, state, madeBy, ...times, mailed: row.mailed };
}
