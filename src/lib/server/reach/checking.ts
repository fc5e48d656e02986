import { randomUUID } from 'node:crypto';
import {
	knownSafe,
	type CheckRoute,
	type ContactChannel,
	type Known,
	type Safe
} from '#lib/domain/contact/held-change.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import { putDetail } from '#lib/server/contact/queries.ts';
import { within, type Ctx, type Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as rows from '#lib/server/needs/rows.ts';
import { tell } from '#lib/server/notice/tell.ts';
import { once } from '#lib/server/once.ts';
import {
	changeOf,
	keyOf,
	standingOf,
	type Asked,
	type Change,
	type Standing
} from '#lib/server/reach/opened.ts';
import * as queries from '#lib/server/reach/queries.ts';
import { askPlansAgain } from '#lib/server/safety/asking.ts';
import { openPlan } from '#lib/server/safety/opened.ts';
import { open, seal, type DataKey } from '#lib/server/sealing/seal.ts';

/** Where a person of one of the actor's cases stands, by the two references in a staff address. */
export type Place = { readonly reference: string; readonly person: string };

/** All that the police need to check a change with the person who asked for it. */
export type CheckPage = {
	readonly person: PersonView;
	/** The numbers and addresses in use. */
	readonly standing: readonly Standing[];
	/** The held change that is due first; null when none is held. */
	readonly held:
		(Change & { readonly routes: readonly CheckRoute[]; readonly instead: Standing | null }) | null;
	/** How many are held besides it. */
	readonly more: number;
	/** Those that were answered or taken back, the newest first. */
	readonly before: readonly Change[];
	/** The plan that has to be asked again, and by what the person may be asked; null while it holds. */
	readonly again: { readonly version: number; readonly routes: readonly CheckRoute[] } | null;
};

/** Gives the held change of a person and what is known to be safe; the read is written down. */
export async function read(ctx: Ctx, place: Place): Promise<CheckPage> {
	requireRole(ctx, 'officer', 'supervisor');
	const { actor } = ctx;
	const [reached, details, changes, who, found] = await within(ctx, (tx) =>
		Promise.all([
			queries.readReached(tx, actor, place),
			queries.standingDetails(tx, actor, place),
			queries.changesOf(tx, actor, place),
			rows.readParticipation(tx, actor, place),
			rows.readPerson(tx, actor, place),
			rows.recordView(ctx, tx, place)
		])
	);
	if (!reached || !who || !found) throw notFound();
	const key = await keyOf(ctx, reached);
	const [standing, opened, known, person] = await Promise.all([
		Promise.all(details.map((row) => standingOf(key, row))),
		Promise.all(changes.map((row) => changeOf(key, row))),
		knownOf(key, reached, details),
		personOf(ctx, who, found)
	]);
	const held = opened
		.filter((one) => one.state === 'held')
		.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
	const [first] = held;
	return {
		...{ person, standing, more: Math.max(held.length - 1, 0) },
		held: first
			? {
					...first,
					routes: knownSafe(known, first.askedAt),
					instead: standing.find((one) => one.channel === first.channel) ?? null
				}
			: null,
		before: opened.filter((one) => one.state !== 'held'),
		again: person.askAgain && {
			version: reached.plan_version ?? 0,
			routes: knownSafe(known, person.askAgain.since)
		}
	};
}

/** What an officer found when they checked a held change with the person. */
export type Checked = {
	readonly change: string;
	/** The record that the officer was shown as the one in use; empty for none. */
	readonly standing: string;
	readonly route: CheckRoute;
	readonly safe: Safe;
	readonly words: string;
};

/**
 * Puts a held change in use, because somebody checked it with the person by a route that was known
 * to be safe before they asked; the route is judged again here. Stale when it is not held any more,
 * or when what it replaces is not what the officer was shown. Nobody is told by it: they have just
 * been spoken to.
 */
export async function confirm(
	ctx: Ctx,
	place: Place,
	checked: Checked,
	formKey: string
): Promise<Result<void, 'stale' | 'route'>> {
	return settle(ctx, place, formKey, async (tx, { reached, key, details, held }) => {
		const row = held.find((one) => one.id === checked.change);
		if (!row || standingId(details, row.channel) !== checked.standing) return err('stale');
		const known = await knownOf(key, reached, details);
		if (!knownSafe(known, row.asked_at).includes(checked.route)) return err('route');
		const at = ctx.clock();
		const words = await seal(key, checked.words);
		const end = { state: 'confirmed', at, route: checked.route, words } as const;
		await queries.settleHeld(tx, ctx.actor, reached.id, { id: row.id }, end);
		const asked = await open<Asked>(key, row.asked_sealed);
		await putDetail(tx, ctx.actor, {
			...{ force_id: ctx.actor.forceId, id: randomUUID(), victim_id: reached.victim_id },
			...{ channel: row.channel, value_sealed: await seal(key, asked.value), safe: checked.safe },
			...{ state: 'confirmed', confirmed_by: requireAccount(ctx), confirmed_at: at }
		});
		await record(ctx, tx, 'contact.confirmed', { participationId: reached.id, subjectId: row.id });
		// A new address is a move: who sees the post and who is near may have changed with it.
		if (row.channel === 'post') {
			await askPlansAgain(ctx, tx, { caseId: reached.case_id, participationId: reached.id });
		}
		return ok(undefined);
	});
}

/**
 * Refuses a held change, with words that the person reads. They hear that something waits at the
 * address in use, if that is safe, and not when the one they asked for is not.
 */
export async function refuse(
	ctx: Ctx,
	place: Place,
	refused: { readonly change: string; readonly words: string },
	formKey: string
): Promise<Result<void, 'stale'>> {
	return settle<'stale'>(ctx, place, formKey, async (tx, { reached, key, held }) => {
		const row = held.find((one) => one.id === refused.change);
		if (!row) return err('stale');
		const words = await seal(key, refused.words);
		const end = { state: 'refused', at: ctx.clock(), words } as const;
		await queries.settleHeld(tx, ctx.actor, reached.id, { id: row.id }, end);
		await record(ctx, tx, 'contact.refused', { participationId: reached.id, subjectId: row.id });
		const { safe } = await open<Asked>(key, row.asked_sealed);
		const { account_id: accountId, id: participationId } = reached;
		if (accountId !== null && safe === 'safe') {
			await tell(ctx, tx, [{ accountId, participationId, kind: 'victim_news' }]);
		}
		return ok(undefined);
	});
}

type Found = {
	reached: queries.Reached;
	key: DataKey;
	details: readonly queries.DetailRow[];
	held: readonly queries.ChangeRow[];
};

// Everything about one person's details takes turns, so that of two answers one finds it settled.
async function settle<E>(
	ctx: Ctx,
	place: Place,
	formKey: string,
	work: (tx: Tx, found: Found) => Promise<Result<void, E>>
): Promise<Result<void, E>> {
	requireRole(ctx, 'officer', 'supervisor');
	const outcome = await once<void, E>(ctx, formKey, async (tx, takeTurns) => {
		const reached = await queries.readReached(tx, ctx.actor, place);
		if (!reached) throw notFound();
		await takeTurns(reached.victim_id);
		const [details, changes] = await Promise.all([
			queries.standingDetails(tx, ctx.actor, place),
			queries.changesOf(tx, ctx.actor, place)
		]);
		const held = changes.filter((row) => row.state === 'held');
		return work(tx, { reached, key: await keyOf(ctx, reached), details, held });
	});
	return outcome.ok ? ok(undefined) : outcome;
}

function standingId(details: readonly queries.DetailRow[], channel: ContactChannel): string {
	return details.find((row) => row.channel === channel)?.id ?? '';
}

/** Gives what is known of how a person is reached, to judge by which routes they may be asked. */
export async function knownOf(
	key: DataKey,
	reached: queries.Reached,
	details: readonly queries.DetailRow[]
): Promise<Known> {
	const plan = await openPlan(key, reached);
	return {
		details: details.map(({ channel, safe, confirmed_at }) => ({
			...{ channel, safe, since: confirmed_at ?? new Date(0) }
		})),
		plan: plan && { rules: plan.rules, since: plan.confirmedAt }
	};
}
