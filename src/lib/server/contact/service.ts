import { randomUUID } from 'node:crypto';
import type { MailAddress } from '#lib/domain/notice/address.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { requireAccount, requireRole } from '#lib/server/access/require.ts';
import { record } from '#lib/server/audit/record.ts';
import * as queries from '#lib/server/contact/queries.ts';
import { within, type Ctx } from '#lib/server/context.ts';
import { notFound } from '#lib/server/errors.ts';
import * as linked from '#lib/server/linked/service.ts';
import { personOf, type PersonView } from '#lib/server/needs/person.ts';
import * as rows from '#lib/server/needs/rows.ts';
import { once } from '#lib/server/once.ts';
import { open, seal, unwrapDataKey } from '#lib/server/sealing/seal.ts';

/** What an officer sees of a person's mail: the address, and whether the person said it is safe. */
export type Mail = {
	readonly address: string | null;
	readonly safe: 'safe' | 'unsafe' | 'unknown';
	readonly confirmedAt: Date | null;
	/** Which record this is; empty when there is none. */
	readonly version: string;
};

/** Where a person of one of the actor's cases stands, by the two references in a staff address. */
type Place = { readonly reference: string; readonly person: string };

/** Gives a person of one of the actor's cases with their mail address; the read is written down. */
export async function mail(ctx: Ctx, place: Place): Promise<{ person: PersonView; mail: Mail }> {
	requireRole(ctx, 'officer');
	const { actor } = ctx;
	const [row, who, found] = await within(ctx, (tx) =>
		Promise.all([
			queries.personMail(tx, actor, place.person),
			rows.readParticipation(tx, actor, place),
			rows.readPerson(tx, actor, place),
			rows.recordView(ctx, tx, place)
		])
	);
	if (!row || !who || !found) throw notFound();
	return { person: await personOf(ctx, who, found), mail: await mailOf(ctx, row) };
}

/**
 * Records, after a person was asked by a route known to be safe, their mail address and whether
 * mail to it is safe. The address before it is kept as replaced, and never used again. Stale when
 * `version` is no longer the record that stands; `check` when a person has to look first.
 */
export async function confirmMail(
	ctx: Ctx,
	person: string,
	told: { address: MailAddress; safe: boolean; version: string },
	formKey: string
): Promise<Result<void, 'stale' | 'check'>> {
	requireRole(ctx, 'officer');
	const accountId = requireAccount(ctx);
	const recording = once<void, 'stale' | linked.Stop>(ctx, formKey, async (tx, takeTurns) => {
		const place = await queries.personMail(tx, ctx.actor, person);
		if (!place) throw notFound();
		// A person has one address in all their cases.
		await takeTurns(place.victim_id);
		const found = await queries.personMail(tx, ctx.actor, person);
		if (!found?.wrapped) throw notFound();
		if ((found.detail_id ?? '') !== told.version) return err('stale');
		const { id: participationId, case_id: caseId } = found;
		const details = [{ channel: 'mail', value: told.address }] as const;
		const meeting = { caseId, participationId, about: 'contact', details } as const;
		const may = await linked.mayMeet(ctx, tx, meeting);
		if (!may.ok) return may;
		const key = await unwrapDataKey(ctx.keys, found.wrapped);
		await queries.putDetail(tx, ctx.actor, {
			force_id: ctx.actor.forceId,
			id: randomUUID(),
			victim_id: found.victim_id,
			channel: 'mail',
			value_sealed: await seal(key, told.address),
			safe: told.safe ? 'safe' : 'unsafe',
			state: 'confirmed',
			confirmed_by: accountId,
			confirmed_at: ctx.clock()
		});
		await record(ctx, tx, 'safety.changed', { participationId: found.id });
		return ok(undefined);
	});
	const outcome = await linked.orStop(ctx, recording);
	return outcome.ok ? ok(undefined) : outcome;
}

async function mailOf(ctx: Ctx, row: queries.MailRow): Promise<Mail> {
	if (row.value_sealed === null || row.wrapped === null) {
		return { address: null, safe: 'unknown', confirmedAt: null, version: '' };
	}
	const key = await unwrapDataKey(ctx.keys, row.wrapped);
	return {
		address: await open<string>(key, row.value_sealed),
		safe: row.safe ?? 'unknown',
		confirmedAt: row.confirmed_at,
		version: row.detail_id ?? ''
	};
}
