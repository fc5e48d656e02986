import { randomUUID } from 'node:crypto';
import { requireAccount } from '#lib/server/access/require.ts';
import { hashOf } from '#lib/server/auth/sessions.ts';
import { within, type Actor, type Ctx, type Tx } from '#lib/server/context.ts';
import * as queries from '#lib/server/drafts/queries.ts';
import { openForForce, sealForForce } from '#lib/server/sealing/seal.ts';

/** What was posted, and where to: the fields that a form makes anew are not among them. */
export type Draft = {
	readonly path: string;
	readonly fields: readonly (readonly [name: string, value: string])[];
	readonly participationId: string | null;
};

export type Kept = Pick<Draft, 'path' | 'fields'> & {
	readonly id: string;
	readonly keptUntil: Date;
};

const hour = 3_600_000;
const longest = 100_000;
// Made anew with every form.
const anew = new Set(['place', 'key']);
// A form that holds one of these is not kept at all.
const secrets = ['password', 'six-words'];

/**
 * Keeps what was posted on a session that had run out, sealed, for an hour, against that session's
 * account. `placeOf` gives the seal its form must carry. Gives whether it was kept: nothing is for a
 * session that was signed out or never was.
 */
export async function keep(
	base: Pick<Ctx, 'db' | 'keys' | 'clock' | 'requestId'> & { forceId: string },
	posted: { token: string; path: string; data: FormData; placeOf: (ctx: Ctx) => string }
): Promise<boolean> {
	const owner = await queries.ownerOf(base.db, base.forceId, hashOf(posted.token));
	if (!owner) return false;
	const fields = [...posted.data.entries()].flatMap(([name, value]) =>
		typeof value === 'string' && !anew.has(name) ? [[name, value] as const] : []
	);
	const size = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
	const isSecret = secrets.some((name) => posted.data.has(name));
	if (isSecret || fields.length === 0 || size > longest) return false;
	const draft: Draft = { path: posted.path, fields, participationId: owner.participation_id };
	const ctx: Ctx = { ...base, actor: actorOf(base.forceId, owner) };
	// A form that was rendered for another case, or for somebody else, is nobody's.
	if (posted.data.get('place') !== posted.placeOf(ctx)) return false;
	const now = base.clock();
	await within(ctx, async (tx) =>
		queries.store(tx, now, {
			force_id: base.forceId,
			id: randomUUID(),
			account_id: owner.account_id,
			place: 'form',
			answers_sealed: await sealForForce(base.keys, draft),
			kept_until: new Date(now.getTime() + hour)
		})
	);
	return true;
}

/** Gives what is kept for the person who asks, and for the case that is open now. */
export function kept(ctx: Ctx): Promise<Kept[]> {
	return within(ctx, (tx) => keptIn(ctx, tx));
}

/** The same inside another service's batch; its query starts at once. */
export async function keptIn(ctx: Ctx, tx: Tx): Promise<Kept[]> {
	requireAccount(ctx);
	const rows = await queries.own(tx, ctx.actor, ctx.clock());
	const drafts = await Promise.all(
		rows.map(async (row) => ({
			row,
			draft: await openForForce<Draft>(ctx.keys, row.answers_sealed)
		}))
	);
	return drafts
		.filter(({ draft }) => draft.participationId === ctx.actor.participationId)
		.map(({ row, draft }) => ({
			id: row.id,
			path: draft.path,
			fields: draft.fields,
			keptUntil: row.kept_until
		}));
}

/**
 * Takes a draft out of keeping, to be sent on or thrown away. Gives where it belongs; null when it
 * is not there, not the actor's, or about a case that is not open now.
 */
export async function take(ctx: Ctx, id: string): Promise<string | null> {
	const found = (await kept(ctx)).find((draft) => draft.id === id);
	if (!found) return null;
	await within(ctx, (tx) => queries.remove(tx, ctx.actor, id));
	return found.path;
}

function actorOf(forceId: string, owner: queries.Owner): Actor {
	return {
		forceId,
		accountId: owner.account_id,
		role: owner.role,
		...{ deskId: null, teamId: null, controllerId: null, sessionId: null },
		participationId: owner.participation_id,
		...{ view: 'plain', label: null, language: 'en', steppedUpUntil: null }
	};
}
