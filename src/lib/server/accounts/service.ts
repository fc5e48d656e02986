import type { Kysely } from 'kysely';
import type { Language } from '#lib/i18n/languages.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { requireAccount } from '#lib/server/access/require.ts';
import { within, type Actor, type Ctx } from '#lib/server/context.ts';
import { record } from '#lib/server/audit/record.ts';
import type { Database } from '#lib/server/db/schema.ts';
import type { KeyRing } from '#lib/server/sealing/keyring.ts';
import { firstParticipation, setLanguage } from '#lib/server/accounts/queries.ts';

/** Sets the language in which Waymark speaks to the person who asks. */
export async function changeLanguage(ctx: Ctx, language: Language): Promise<void> {
	const accountId = requireAccount(ctx);
	await within(ctx, async (tx) => {
		await setLanguage(tx, ctx.actor.forceId, accountId, language);
		await record(ctx, tx, 'account.changed', { subjectId: accountId });
	});
}

type NewSession = {
	db: Kysely<Database>;
	keys: KeyRing;
	clock: () => Date;
	forceId: string;
	accountId: string;
	token: string;
	requestId: string;
};

/**
 * After a victim signs in: opens the case they joined last, and records that a session began. Gives
 * the token that the session goes on under, if that is another.
 */
export async function chooseFirst(made: NewSession): Promise<{ token: string } | null> {
	const { db, keys, clock, forceId, accountId, token, requestId } = made;
	const ctx: Ctx = { db, keys, clock, requestId, actor: justSignedIn(forceId, accountId) };
	const first = await within(ctx, async (tx) => {
		const found = await firstParticipation(tx, forceId, accountId);
		await record(ctx, tx, 'session.began', { subjectId: accountId });
		return found;
	});
	return first === null ? null : sessions.setParticipation(db, forceId, token, first);
}

function justSignedIn(forceId: string, accountId: string): Actor {
	return {
		forceId,
		accountId,
		role: 'victim',
		deskId: null,
		teamId: null,
		controllerId: null,
		sessionId: null,
		participationId: null,
		view: 'plain',
		label: null,
		language: 'en',
		steppedUpUntil: null
	};
}
