import { randomUUID } from 'node:crypto';
import { actingRolesFor, actingRules, type ActingRole } from '#lib/domain/acting/roles.ts';
import { endOf, type UntilFault } from '#lib/domain/acting/until.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { isFresh } from '#lib/server/access/fresh.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { stateOf, whoOf, type Who } from '#lib/server/acting/page.ts';
import * as queries from '#lib/server/acting/queries.ts';
import { record, type AuditAction } from '#lib/server/audit/record.ts';
import { brokenConstraint } from '#lib/server/cases/references.ts';
import type { Ctx, Tx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import type { Place } from '#lib/server/invitations/service.ts';
import { meetsLinked } from '#lib/server/linked/service.ts';
import { keyOf } from '#lib/server/needs/reading.ts';
import { readParticipation, type ParticipationRow } from '#lib/server/needs/rows.ts';
import { once } from '#lib/server/once.ts';
import { seal, type DataKey } from '#lib/server/sealing/seal.ts';

/** Somebody an officer names: who, in which part, until when, and whether the victim wants it. */
export type Named = {
	readonly role: ActingRole;
	readonly who: Who;
	readonly until: string | null;
	readonly consent: boolean;
};

export type NameRefusal = UntilFault | 'role' | 'consent' | 'one_only';
export type RenewRefusal = UntilFault | 'consent' | 'not_now';

/**
 * Names somebody who is to act for a person, and compares them with those linked to the suspect.
 * They can do nothing before they are approved.
 */
export async function name(
	ctx: Ctx,
	place: Place,
	named: Named,
	formKey: string
): Promise<Result<void, NameRefusal>> {
	requireRole(ctx, 'officer');
	const accountId = requireAccount(ctx);
	const { role, who, until, consent } = named;
	try {
		const outcome = await once<void, NameRefusal>(ctx, formKey, async (tx, takeTurns) => {
			const about = await find(ctx, tx, place);
			await takeTurns(about.id);
			if (!actingRolesFor(about.role).includes(role)) return err('role');
			const needsConsent = actingRules[role].needsConsent;
			if (needsConsent && !consent) return err('consent');
			const end = endOf(role, { birth: who.birth, until }, ctx.clock());
			if (!end.ok) return end;
			const id = randomUUID();
			await queries.insertActing(tx, {
				...{ force_id: ctx.actor.forceId, id, participation_id: about.id, role },
				...{ asked_by: accountId, asked_label: ctx.actor.label, asked_at: ctx.clock() },
				consent_at: needsConsent ? ctx.clock() : null,
				who_sealed: await seal(await keyOf(ctx, about), who),
				link: (await meets(ctx, tx, about, who)) ? 'hit' : 'clear',
				until_at: end.value
			});
			await record(ctx, tx, 'acting.named', { participationId: about.id, subjectId: id });
			return ok(undefined);
		});
		return outcome.ok ? ok(undefined) : outcome;
	} catch (error) {
		if (brokenConstraint(error) === 'representative_one_spokesperson') return err('one_only');
		throw error;
	}
}

/** Records a human check of somebody whom the comparison stopped, with words on what was found. */
export function clear(ctx: Ctx, place: Place, at: At): Promise<Result<void, 'not_now'>> {
	return decide(ctx, place, at, 'acting.cleared', async ({ row, key }) => {
		if (stateOf(row, ctx.clock()) !== 'stopped') return err('not_now');
		return ok({
			...{ link: 'cleared' as const, cleared_by: ctx.actor.accountId },
			...{ cleared_label: ctx.actor.label, cleared_at: ctx.clock() },
			cleared_sealed: await seal(key, at.words)
		});
	});
}

/**
 * Approves somebody, who is compared once more: a person may have been linked to the suspect since
 * they were named. A hit stops it, and is written down instead.
 */
export async function approve(
	ctx: Ctx,
	place: Place,
	at: At
): Promise<Result<void, 'not_now' | 'not_fresh'>> {
	requireRole(ctx, 'officer');
	if (!isFresh(ctx)) return err('not_fresh');
	return decide(ctx, place, at, 'acting.approved', async ({ tx, row, key, about }) => {
		if (row.approved_at !== null && row.revoked_at === null) return ok(null);
		if (stateOf(row, ctx.clock()) !== 'waiting') return err('not_now');
		const cleared = row.link === 'cleared';
		if (!cleared && (await meets(ctx, tx, about, await whoOf(key, row)))) {
			return ok({ link: 'hit' as const });
		}
		return ok({
			...{ link: cleared ? ('cleared' as const) : ('clear' as const) },
			...{ approved_by: ctx.actor.accountId, approved_label: ctx.actor.label },
			approved_at: ctx.clock()
		});
	});
}

/** Sets a new end for somebody whose part ends on a day; the victim was asked again. */
export async function renew(
	ctx: Ctx,
	place: Place,
	at: At & { readonly until: string | null; readonly consent: boolean }
): Promise<Result<void, RenewRefusal>> {
	return decide<RenewRefusal>(ctx, place, at, 'acting.renewed', ({ row }) => {
		const state = stateOf(row, ctx.clock());
		// A child grows up once: there is nothing to renew.
		const renewable = actingRules[row.role].ends !== 'at_18' && row.approved_at !== null;
		if (!renewable || state === 'ended') return Promise.resolve(err('not_now'));
		const { needsConsent } = actingRules[row.role];
		if (needsConsent && !at.consent) return Promise.resolve(err('consent'));
		const end = endOf(row.role, { birth: null, until: at.until }, ctx.clock());
		if (!end.ok) return Promise.resolve(end);
		const consent = needsConsent ? { consent_at: ctx.clock() } : {};
		return Promise.resolve(ok({ until_at: end.value, ...consent }));
	});
}

/** Ends somebody's part at once, with a reason, and every session that they have. */
export function end(ctx: Ctx, place: Place, at: At): Promise<Result<void, 'not_now'>> {
	return decide(ctx, place, at, 'acting.ended', async ({ row, key }) => {
		if (row.revoked_at !== null) return ok(null);
		return ok({
			...{ revoked_at: ctx.clock(), ended_label: ctx.actor.label },
			ended_sealed: await seal(key, at.words)
		});
	});
}

/** Records that they and the child want different things; it is to be looked at again at once. */
export function noteConflict(ctx: Ctx, place: Place, at: At): Promise<Result<void, 'not_now'>> {
	return decide(ctx, place, at, 'acting.conflict', async ({ row, key }) => {
		if (!isParentNow(ctx, row)) return err('not_now');
		return ok({
			...{ conflict_at: ctx.clock(), conflict_label: ctx.actor.label ?? '' },
			conflict_sealed: await seal(key, at.words)
		});
	});
}

/** Records that an officer looked again at what a parent may do, and why it goes on. */
export function review(ctx: Ctx, place: Place, at: At): Promise<Result<void, 'not_now'>> {
	return decide(ctx, place, at, 'acting.reviewed', async ({ row, key }) => {
		if (!isParentNow(ctx, row)) return err('not_now');
		return ok({
			...{ reviewed_at: ctx.clock(), reviewed_label: ctx.actor.label ?? '' },
			reviewed_sealed: await seal(key, at.words)
		});
	});
}

function isParentNow(ctx: Ctx, row: queries.ActingRow): boolean {
	return row.role === 'parent_guardian' && stateOf(row, ctx.clock()) === 'active';
}

/** Which of them a decision is about, the words that go with it, and the key of the form. */
export type At = { readonly id: string; readonly words: string; readonly formKey: string };

type Before = {
	readonly tx: Tx;
	readonly row: queries.ActingRow;
	readonly about: ParticipationRow;
	readonly key: DataKey;
};
type Set = Parameters<typeof queries.changeActing>[3];

// Every decision takes its turn, so that of two at once the second sees what the first did; null is
// a decision that was taken already.
async function decide<E>(
	ctx: Ctx,
	place: Place,
	{ id, formKey }: At,
	action: AuditAction,
	work: (before: Before) => Promise<Result<Set | null, E>>
): Promise<Result<void, E>> {
	requireRole(ctx, 'officer');
	const outcome = await once<void, E>(ctx, formKey, async (tx, takeTurns) => {
		const about = await find(ctx, tx, place);
		await takeTurns(about.id);
		const row = await queries.oneActing(tx, ctx.actor, place, id);
		if (!row) throw notFound();
		const set = await work({ tx, row, about, key: await keyOf(ctx, about) });
		if (!set.ok) return set;
		if (set.value === null) return ok(undefined);
		if (!(await queries.changeActing(tx, ctx.actor, id, set.value))) throw notFound();
		const stopped = set.value.link === 'hit';
		await record(ctx, tx, stopped ? 'acting.stopped' : action, {
			participationId: about.id,
			subjectId: id
		});
		return ok(undefined);
	});
	return outcome.ok ? ok(undefined) : outcome;
}

async function meets(ctx: Ctx, tx: Tx, about: ParticipationRow, who: Who): Promise<boolean> {
	const [hit] = await meetsLinked(ctx, tx, about.case_id, [who]);
	return hit ?? false;
}

async function find(ctx: Ctx, tx: Tx, place: Place): Promise<ParticipationRow> {
	const about = await readParticipation(tx, ctx.actor, place);
	if (!about) throw notFound();
	return about;
}
