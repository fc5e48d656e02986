import { sql } from 'kysely';
import { wordCode } from '#lib/domain/invitation/secret.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as passwords from '#lib/server/auth/password.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { signInHash } from '#lib/server/auth/sign-in.ts';
import { drawWords } from '#lib/server/auth/word-code.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { readAccount } from '#lib/server/me/queries.ts';
import { cameByProvider } from '#lib/server/provider/service.ts';
import { openForForce, sealForForce } from '#lib/server/sealing/seal.ts';
import { firstUse } from '#lib/server/submission.ts';

/** A password on a device of one's own; words on one that others use, as at activation. */
export type SecretKind = 'password' | 'words';

/** Words that were drawn, to be shown once, and the seal they are known by when typed back. */
export type DrawnWords = { readonly words: string; readonly sealed: string };

type Offer = { readonly secretHash: string; readonly accountId: string; readonly until: number };

/** The session a form came from, and the key that lets the form act once. */
export type Sent = { readonly token: string; readonly key: string };

const quarterOfAnHour = 15 * 60_000;

/** Whether the person who asks has a secret here: not who comes by the force's own accounts. */
export async function hasOne(ctx: Ctx, token: string): Promise<boolean> {
	return !(await cameByProvider(ctx.db, ctx.actor.forceId, token));
}

/** Which kind of secret the person who asks may choose now. */
export async function kindFor(ctx: Ctx, token: string): Promise<SecretKind> {
	requireAccount(ctx);
	if (!(await hasOne(ctx, token))) throw notFound();
	if (ctx.actor.role !== 'victim') return 'password';
	const account = await within(ctx, (tx) => readAccount(tx, ctx.actor));
	if (!account) throw notFound();
	return account.private_device ? 'password' : 'words';
}

/**
 * Changes one's own password. Gives the token that this session goes on under; all others end.
 * `now`: it is the one in use; `same`: it is the sign-in name; `gone`: it cannot be done from here
 * any more, and the page says why when it is asked for again.
 */
export async function setPassword(
	ctx: Ctx,
	sent: Sent,
	password: string
): Promise<Result<{ token: string }, 'now' | 'same' | 'gone'>> {
	if (!isFresh(ctx) || (await kindFor(ctx, sent.token)) !== 'password') return err('gone');
	if (await passwords.verify(await current(ctx, sent.token), password)) return err('now');
	const secretHash = await passwords.hash(password);
	return change(ctx, sent, { secretHash, asName: signInHash(ctx.keys, password) });
}

/** Draws words for somebody whose device others use; nothing changes before they are typed back. */
export async function drawOwnWords(ctx: Ctx, token: string): Promise<Result<DrawnWords, 'gone'>> {
	const accountId = requireAccount(ctx);
	if (!isFresh(ctx) || (await kindFor(ctx, token)) !== 'words') return err('gone');
	const words = drawWords();
	const until = ctx.clock().getTime() + quarterOfAnHour;
	const offer: Offer = { secretHash: await passwords.hash(words), accountId, until };
	return ok({ words, sealed: await sealForForce(ctx.keys, offer) });
}

/** Takes the words typed back; when they are those drawn, they are the secret from now on. */
export async function confirmOwnWords(
	ctx: Ctx,
	sent: Sent,
	given: { typed: string; sealed: string }
): Promise<Result<{ token: string }, 'wrong' | 'gone'>> {
	if (!isFresh(ctx) || (await kindFor(ctx, sent.token)) !== 'words') return err('gone');
	const offer = await opened(ctx, given.sealed);
	if (!offer) return err('gone');
	if (!(await passwords.verify(offer.secretHash, wordCode(given.typed)))) return err('wrong');
	const changed = await change(ctx, sent, { secretHash: offer.secretHash, asName: null });
	return changed.ok ? changed : err('gone');
}

function change(
	ctx: Ctx,
	{ token, key }: Sent,
	secret: { secretHash: string; asName: Buffer | null }
): Promise<Result<{ token: string }, 'same' | 'gone'>> {
	const subjectId = requireAccount(ctx);
	return within(ctx, async (tx) => {
		if (!(await firstUse(ctx, tx, key))) return err('gone');
		const changed = await sessions.setSecret(tx, ctx.actor.forceId, { token, ...secret });
		if (changed.ok) await record(ctx, tx, 'account.secret_changed', { subjectId });
		return changed;
	});
}

async function current(ctx: Ctx, token: string): Promise<string | null> {
	const { rows } = await sql<{ password_hash: string | null }>`
		select password_hash from account_for_step_up(${ctx.actor.forceId},
			${sessions.hashOf(token)})`.execute(ctx.db);
	return rows[0]?.password_hash ?? null;
}

async function opened(ctx: Ctx, sealed: string): Promise<Offer | null> {
	try {
		const offer = await openForForce<Offer>(ctx.keys, sealed);
		const isMine = offer.accountId === ctx.actor.accountId;
		return isMine && offer.until > ctx.clock().getTime() ? offer : null;
	} catch {
		// Not of our making, or of a key that was retired since.
		return null;
	}
}
