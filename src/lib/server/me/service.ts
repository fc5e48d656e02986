import { err, ok, type Result } from '#lib/domain/result.ts';
import { isUuid } from '#lib/domain/uuid.ts';
import { requireAccount, requireParticipation, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as sessions from '#lib/server/auth/sessions.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { ownParticipations } from '#lib/server/home/queries.ts';
import * as queries from '#lib/server/me/queries.ts';

export type Me = {
	readonly language: string;
	readonly privateDevice: boolean;
	/** Whether the page about being reached safely is theirs to open. */
	readonly maySetSafety: boolean;
	/** Whether a case is chosen, about which there are people to show. */
	readonly maySeePeople: boolean;
	/** Whether the chosen case is kept to named people. */
	readonly restricted: boolean;
	readonly cases: readonly {
		readonly id: string;
		readonly crimeReference: string;
		readonly reportedAt: Date;
		readonly own: boolean;
		readonly chosen: boolean;
	}[];
};

/** Gives the settings of the person who asks, and the cases that they can choose from. */
export async function read(ctx: Ctx): Promise<Me> {
	requireRole(ctx, 'victim');
	const { actor } = ctx;
	const chosen = actor.participationId;
	const [account, cases, maySetSafety] = await within(ctx, (tx) =>
		Promise.all([
			queries.readAccount(tx, actor),
			ownParticipations(tx, actor),
			chosen === null ? false : queries.speaks(tx, actor, chosen)
		])
	);
	if (!account) throw notFound();
	return {
		language: account.language,
		privateDevice: account.private_device,
		maySetSafety,
		maySeePeople: chosen !== null,
		restricted: cases.some((row) => row.id === chosen && row.restricted),
		cases: cases.map((row) => ({
			id: row.id,
			crimeReference: row.crime_reference,
			reportedAt: row.reported_at,
			own: row.own,
			chosen: row.id === chosen
		}))
	};
}

/** The token that a session goes on under; null when another press moved it a moment before. */
export type Moved = { readonly token: string } | null;

/** Shows everything in this session only. */
export async function showMore(ctx: Ctx, token: string): Promise<Moved> {
	requireRole(ctx, 'victim');
	return sessions.showAll(ctx.db, ctx.actor.forceId, token);
}

/** Remembers that nobody else sees this person's phone, and shows everything from now on. */
export async function trustDevice(ctx: Ctx, token: string): Promise<Moved> {
	await setDevice(ctx, true);
	return showMore(ctx, token);
}

/** Takes that back: this session and those to come open in the plain view. */
export async function showLess(ctx: Ctx, token: string): Promise<void> {
	// The screen first: if the rest fails, what it shows has already gone.
	await sessions.showLess(ctx.db, ctx.actor.forceId, token);
	await setDevice(ctx, false);
}

/** Turns this session to another case of one's own, or one that one stands in for. */
export async function choose(
	ctx: Ctx,
	token: string,
	participationId: string
): Promise<Result<Moved, 'not_yours'>> {
	requireRole(ctx, 'victim');
	if (!isUuid(participationId)) return err('not_yours');
	const { db, actor } = ctx;
	const moved = await sessions.setParticipation(db, actor.forceId, token, participationId);
	if (moved) return ok(moved);
	return (await sessions.hasMoved(db, actor.forceId, token)) ? ok(null) : err('not_yours');
}

/** Ends every session of the person who asks, this one too. */
export async function signOutEverywhere(ctx: Ctx): Promise<void> {
	const accountId = requireAccount(ctx);
	await sessions.endAll(ctx.db, ctx.actor.forceId, accountId);
	await within(ctx, (tx) => record(ctx, tx, 'session.ended_everywhere', { subjectId: accountId }));
}

/** A day on which others looked at the record: who, as roles, how often, and when last. */
export type LookedDay = {
	readonly day: string;
	readonly by: readonly { readonly role: string; readonly times: number; readonly last: Date }[];
};

/** Gives who has looked at the chosen record in the last half year, the newest day first. */
export async function looked(ctx: Ctx): Promise<readonly LookedDay[]> {
	const participationId = requireParticipation(ctx);
	const rows = await within(ctx, (tx) =>
		queries.readLooks(tx, ctx.actor, participationId, ctx.clock())
	);
	const days = new Map<string, LookedDay['by'][number][]>();
	for (const { day, role, times, last } of rows) {
		days.set(day, [...(days.get(day) ?? []), { role, times, last }]);
	}
	return [...days].map(([day, by]) => ({ day, by }));
}

/** Gives when a new way in was made with a code from an officer, the newest first. */
export async function recoveries(ctx: Ctx): Promise<readonly Date[]> {
	const participationId = requireParticipation(ctx);
	const rows = await within(ctx, (tx) =>
		queries.readRecoveries(tx, ctx.actor, participationId, ctx.clock())
	);
	return rows.map(({ at }) => at);
}

async function setDevice(ctx: Ctx, isPrivate: boolean): Promise<void> {
	requireRole(ctx, 'victim');
	await within(ctx, async (tx) => {
		await queries.setPrivateDevice(tx, ctx.actor, isPrivate);
		await record(ctx, tx, 'account.changed', { subjectId: ctx.actor.accountId });
	});
}
